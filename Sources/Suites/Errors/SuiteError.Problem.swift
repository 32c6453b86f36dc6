extension SuiteError {
  /// What is wrong. Cases carry data; `text(others:)` says what to do.
  public enum Problem: Sendable, Hashable {
    // MARK: Files

    /// No `hone.yaml` in the folder.
    case noSuite(folder: String)
    case noBehaviors
    case notReadable(reason: String)
    case tooLarge(bytes: Int, limit: Int)
    case invalidUTF8(offset: Int)
    /// A file that begins as UTF-16 or UTF-32 does.
    case otherEncoding(String)
    case syntax(format: String, problem: String)
    case nested(limit: Int)
    case tooManyNodes(limit: Int)
    case mergeConflict

    // MARK: Keys and values

    case unknownKey(String, parent: String?, known: [String])
    case duplicateKey(String)
    case wrongType(key: String, expected: String, found: String)
    case missingKey(String, example: String)
    case emptyValue(key: String)
    case unknownValue(key: String, found: String, known: [String])
    case outOfRange(key: String, found: String, expected: String)
    case hopeNotAboveTarget(hope: Double, target: Double)
    case shares(sum: Double)
    case version(found: String)
    /// Part of the contract, and not in this version.
    case notYet(what: String, instead: String)
    case onlyLaterRungs([String])
    /// A cheap rung after a dearer one.
    case outOfOrder(rung: String, after: String)

    // MARK: Behaviors and examples

    case duplicateBehavior(String)
    case noExamples(behavior: String)
    case fileMissing(String)
    case nothingMatches(String)
    case unknownFormat(String)
    case notAPath(String)
    case missingColumn(String, field: String, has: [String], delimiter: String?)
    case duplicateColumn(String)
    /// A name in `fields` that no row has.
    case fieldNeverFound(String, path: String)
    case noHeader
    case unclosedQuote
    case notRows(found: String)
    case row(RowProblem)
    /// A first line that names no columns, without which no row can be told.
    case header(RowProblem)
    /// The same input with different expectations.
    case contradiction(expected: [Expectation])

    // MARK: What is ruled out, and borrowing

    /// `expect: { not: … }` names a label that nothing expects.
    case negatedUnknown(String, known: [String])
    case borrowsWithoutNot(behavior: String)
    case guardBorrows
    /// A behavior to borrow from that rules a label out itself.
    case lenderNegates(String, isItself: Bool)
    /// A behavior to borrow from whose every example expects the label that is ruled out.
    case lenderExpects(String, behavior: String)
    case nothingToBorrow(label: String)

    // MARK: hone.lock and new suites

    case lockValue(key: String, found: String, expected: String)
    /// `hone.lock` does not end as it was written.
    case lockCut(lastKey: String)
    /// A conflict that git left, and the parts of the file that it touches.
    case lockConflict(parts: [SuiteLock.Part])
    case exists
    case notWritten(reason: String)
    case noRows
    case keyCollision(String)

    // MARK: Fresh rows

    /// A label that no behavior of the suite expects.
    case unknownLabel(String, known: [String])
    /// A label that several behaviors expect: nobody can say which of them its rows are about.
    case sharedLabel(String, behaviors: [String])
  }
}

extension SuiteError.Problem {
  /// Whether `on_bad_row: skip` would set rows aside instead.
  var concernsRow: Bool {
    switch self {
    case .row, .contradiction, .unknownLabel, .sharedLabel: true
    default: false
    }
  }

  func text(others: [SourceLocation]) -> String {
    let places = list(others.map(\.description), none: "")
    switch self {
    case .noSuite(let folder):
      return "there is no hone.yaml in \(folder). Start a suite with: hone init"
    case .noBehaviors:
      return "the suite has no behavior. Add a file such as behaviors/greeting.yaml, or: hone init"
    case .notReadable(let reason): return "cannot be read: \(reason)"
    case .tooLarge(let bytes, let limit):
      return "has \(bytes) bytes; at most \(limit) can be read. Split it, or move examples to JSONL"
    case .invalidUTF8(let offset):
      return "not valid UTF-8 at byte \(offset). Save the file as UTF-8"
    case .otherEncoding(let name): return "is written in \(name). Save the file as UTF-8"
    case .syntax(let format, let problem): return "this is not \(format): \(problem)"
    case .nested(let limit): return "nested more than \(limit) levels deep. Flatten it"
    case .tooManyNodes(let limit):
      return "comes to more than \(limit) values once its aliases are followed. Write them out"
    case .mergeConflict:
      return "a conflict that git left here. Choose one side and remove the marker lines"
    case .unknownKey(let key, let parent, let known):
      let place = parent.map { " in '\($0)'" } ?? ""
      return "there is no key '\(shown(key))'\(place)." + suggestion(key, among: known)
    case .duplicateKey(let key):
      return "the key '\(shown(key))' stands here more than once"
        + (others.isEmpty ? "" : " (see \(places))") + ". Keep one of them"
    case .wrongType(let key, let expected, let found):
      return "'\(key)' must be \(expected); found \(found)"
    case .missingKey(let key, let example):
      return "'\(key)' is missing. Write, for example: \(example)"
    case .emptyValue(let key): return "'\(key)' is empty. Fill it in, or remove the key"
    case .unknownValue(let key, let found, let known):
      return "there is no \(key) '\(shown(found))'." + suggestion(found, among: known)
    case .outOfRange(let key, let found, let expected):
      return "'\(key)' must be \(expected); found '\(shown(found))'"
    case .hopeNotAboveTarget(let hope, let target):
      return "'hope' (\(hope)) must be above the target (\(target))."
        + " Raise it, or leave it out for \(hopeText(target))"
    case .shares(let sum): return "the shares of 'roles' sum to \(sum). Make them sum to 1"
    case .version(let found):
      return "this file says 'hone: \(shown(found))'; this Hone reads version 1."
        + " Write 'hone: 1', or use the Hone that the file was written for"
    case .notYet(let what, let instead): return "\(what) is not in this version of Hone. \(instead)"
    case .onlyLaterRungs(let rungs):
      return "this version of Hone climbs 'head', 'lora' and 'full', and the ladder has"
        + " \(list(rungs, none: "")). Write: ladder: [head, lora, full]"
    case .outOfOrder(let rung, let after):
      return "the ladder goes from cheap to dear, and '\(rung)' stands after '\(after)'."
        + " The order is \(list(Rung.allCases.map(\.rawValue), none: ""))"
    case .duplicateBehavior(let name):
      return "the behavior '\(shown(name))' is defined more than once (see \(places))."
        + " Give each its own name"
    case .noExamples(let behavior):
      return "the behavior '\(shown(behavior))' has no example that can be used. Add some"
    case .fileMissing(let path): return "there is no file \(shown(path, limit: 300))"
    case .nothingMatches(let glob): return "no file matches '\(shown(glob, limit: 300))'"
    case .unknownFormat(let path):
      return "\(shown(path, limit: 300)) is of no format that holds examples."
        + " Known: \(list(RowFormat.extensions.map { ".\($0)" }, none: ""))."
    case .notAPath(let text):
      return "'\(shown(text))' is no path to examples, and the behavior has no 'expect' for a plain"
        + " text. Paths end in \(list(RowFormat.extensions.map { ".\($0)" }, none: ""))"
    case .missingColumn(let column, let field, let has, let delimiter):
      let hint =
        delimiter.map {
          " The columns seem to be separated by '\($0)': save it with commas, or with tabs as .tsv."
        } ?? ""
      let meant = NearestName.of(column, among: has).map { " Did you mean '\($0)'?" } ?? ""
      return "there is no column '\(column)'; the header has \(list(has, none: "none"))." + meant
        + hint + FieldNames.advice(field)
    case .duplicateColumn(let name): return "two columns are named '\(shown(name))'. Rename one"
    case .fieldNeverFound(let field, let path):
      return "no row has a value for '\(shown(path))', which 'fields' gives for '\(field)'."
        + " Mend the name, or remove it from 'fields'"
    case .noHeader: return "is empty; the first line must name the columns"
    case .unclosedQuote:
      return "the quote that opens here is never closed, so nothing after it can be told apart."
        + " Close it, or write \"\" for a quote within the text"
    case .notRows(let found):
      return "found \(found) where a list of objects must be: [{\"input\": …, \"expected\": …}, …]"
    case .row(let problem), .header(let problem): return "\(problem)"
    case .contradiction(let expected):
      return "the same input is expected to give"
        + " \(list(expected.map(\.quoted), none: ""))"
        + " (see \(places)). Keep one of them"
    case .negatedUnknown(let label, let known):
      return "no behavior expects the label '\(shown(label))', so there is nothing to rule out."
        + suggestion(label, among: known)
    case .borrowsWithoutNot(let behavior):
      return "'\(shown(behavior))' borrows examples of other behaviors, which only a behavior that"
        + " rules a label out can. Write, for example: expect: { not: emergency }"
    case .guardBorrows:
      return "a guard keeps its examples from tuning, and these are tuned on where they come from."
        + " Leave out 'guard: true', or give the guard examples of its own"
    case .lenderNegates(let behavior, let isItself):
      return isItself
        ? "'\(shown(behavior))' cannot borrow from itself. Name other behaviors, or write: of: others"
        : "'\(shown(behavior))' rules a label out itself, so it lends no example."
          + " Name the behaviors that expect labels, or write: of: others"
    case .lenderExpects(let label, let behavior):
      return "every example of '\(shown(behavior))' expects '\(shown(label))', which is ruled out"
        + " here. Leave it out"
    case .nothingToBorrow(let label):
      return "there is no example that expects anything but '\(shown(label))', so none to borrow."
        + " Add a behavior that expects another label"
    case .lockValue(let key, let found, let expected):
      return "'\(shown(key))' must be \(expected); found '\(shown(found))'."
        + " Restore the file from git: Hone writes it, nobody edits it"
    case .lockCut(let key):
      return "was cut: its last line, '\(key): true', is missing."
        + " Restore the file from git: Hone writes it, nobody edits it"
    case .lockConflict(let parts):
      return "a conflict that git left here. \(SuiteLock.advice(on: parts))"
    case .exists: return "exists already, and nothing is ever overwritten. Choose another folder"
    case .notWritten(let reason): return "cannot be written: \(reason)"
    case .noRows: return "holds no row that can be used"
    case .keyCollision(let key):
      return "two different texts have the key \(key). Change a word in one of them"
    case .unknownLabel(let label, let known):
      return "no behavior of the suite expects '\(shown(label))'" + alsoAt(others) + "."
        + suggestion(label, among: known)
    case .sharedLabel(let label, let behaviors):
      return "several behaviors expect '\(shown(label))'" + alsoAt(others)
        + ", and nobody can say which of them its rows are about:"
        + " \(list(behaviors, none: ""))"
    }
  }

  /// ` (11 rows; also at new.csv:7, new.csv:9 …)`, for a problem of many rows.
  private func alsoAt(_ others: [SourceLocation]) -> String {
    guard !others.isEmpty else { return "" }
    let places = others.prefix(3).map(\.description).joined(separator: ", ")
    return " (\(others.count + 1) rows; also at \(places)\(others.count > 3 ? " …" : ""))"
  }

  private func hopeText(_ target: Double) -> String {
    String((Claims.defaultHope(target: target) * 10_000).rounded() / 10_000)
  }
}
