import Foundation

/// Reads one file of `behaviors/`: what must hold, and the rows that show it.
struct BehaviorReader: Sendable {
  /// A behavior with its rows, before rows of all behaviors are compared.
  struct Draft: Sendable {
    var name: String
    var requires = ""
    var target: Double
    var hope: Double
    var isGuard = false
    var onBadRow: BadRowPolicy
    var location: SourceLocation
    /// What it expects of all examples that say nothing else.
    var expect: Expectation?
    /// Where the label that it rules out stands.
    var negated: SourceLocation?
    var borrows: [Borrowing] = []
    var rows: [Row] = []
    var unusable: [(location: SourceLocation, problem: RowProblem)] = []
    var blankLines = 0
  }

  private let file: FileTree.File
  private let settings: SettingsReader.Settings
  private(set) var draft: Draft
  private(set) var errors: [SuiteError] = []
  private(set) var notes: [SuiteNote] = []

  /// Reads everything that the file says and refers to; problems end up in `errors`.
  init(_ file: FileTree.File, settings: SettingsReader.Settings) {
    self.file = file
    self.settings = settings
    draft = Draft(
      name: Self.defaultName(file.name), target: settings.claims.target,
      hope: settings.claims.hope ?? Claims.defaultHope(target: settings.claims.target),
      onBadRow: settings.onBadRow, location: SourceLocation(file: file.name))
    guard file.url.deletingPathExtension().lastPathComponent.lowercased() != "qna" else {
      refuse(
        .notYet(
          what: "reading an InstructLab leaf (qna.yaml)",
          instead: "Copy its questions into a behavior with examples"))
      return
    }
    do {
      let text = try FileText.text(of: file.url, file: file.name, limit: FileText.largestYAML)
      read(try YAMLReader.read(text, file: file.name))
    } catch {
      errors += error.errors
    }
  }

  static let keys = [
    "behavior", "requires", "target", "hope", "grader", "expect", "examples", "fields", "guard",
    "on_bad_row", "hone", "generator",
  ]

  /// `behaviors/linguistics/synonyms.yaml` is `linguistics/synonyms`.
  private static func defaultName(_ path: String) -> String {
    var name = Substring(path)
    if name.hasPrefix("behaviors/") { name = name.dropFirst("behaviors/".count) }
    if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = name[..<dot] }
    return String(name).composed
  }

  private mutating func refuse(_ problem: SuiteError.Problem, at place: Place = .wholeFile) {
    errors.append(SuiteError(problem, at: SourceLocation(file.name, place)))
  }

  // MARK: - The file

  private mutating func read(_ root: SourceValue?) {
    var table = TableReader(root, file: file.name, known: Self.keys)
    table.version(required: false)
    if let root, root.entries == nil {
      errors += table.errors
      return
    }
    if let name = table.text("behavior", expected: "a name") { draft.name = name }
    if let requires = table.text("requires", expected: "a sentence") { draft.requires = requires }
    if !table.has("requires") {
      table.refuse(
        .missingKey("requires", example: "requires: A refill request is routed to `refill`."),
        at: .wholeFile)
    }
    draft.location = SourceLocation(
      file.name, table.entry("behavior")?.place ?? Place(line: 1, column: 1))
    draft.isGuard = table.flag("guard") ?? false
    if let policy = table.choice("on_bad_row", BadRowPolicy.self) { draft.onBadRow = policy }
    readRates(&table)
    readGrader(&table)
    let expect = ExpectationReader(table)
    (draft.expect, draft.negated) = (expect.expectation, expect.negated)
    let generator = table.text("generator", expected: "a name") ?? settings.generator
    let fields = readFields(&table)
    errors += table.errors + expect.errors
    // An expectation that cannot be read is reported once, and not again for every row.
    let reader = RowInterpreter(
      fields: fields, expect: expect.expectation ?? (table.has("expect") ? "unknown" : nil),
      generator: generator)
    guard let entry = table.entry("examples"), !entry.value.isNothing else {
      if let entry = table.entry("examples") {
        refuse(.emptyValue(key: "examples"), at: entry.place)
      } else {
        refuse(.missingKey("examples", example: "examples: \(lastPart(draft.name)).jsonl"))
      }
      return
    }
    guard !errors.contains(where: { $0.isAboutFields }) else { return }
    readExamples(entry.value, reader)
    if let fields = table.value("fields") { refuseUnusedFields(fields) }
  }

  /// Refuses names that no row has: a slip there would drop clusters or roles in silence.
  private mutating func refuseUnusedFields(_ fields: SourceValue) {
    guard !draft.rows.isEmpty, errors.isEmpty else { return }
    let isUsed: [String: (Row) -> Bool] = [
      "expected": { $0.saysExpected }, "cluster": { $0.cluster != nil }, "role": { $0.role != nil },
      "generator": { $0.generator != nil }, "id": { $0.sourceID != nil },
    ]
    for entry in fields.entries ?? [] {
      guard let isUsed = isUsed[entry.key], let path = entry.value.scalar,
        !draft.rows.contains(where: isUsed)
      else { continue }
      refuse(.fieldNeverFound(entry.key, path: path), at: entry.value.place)
    }
  }

  private func lastPart(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  private mutating func readRates(_ table: inout TableReader) {
    if let target = table.rate("target") {
      draft.target = target
      if settings.claims.hope == nil { draft.hope = Claims.defaultHope(target: target) }
    }
    if let hope = table.rate("hope") { draft.hope = hope }
    if draft.hope <= draft.target {
      let place = table.entry("hope")?.value.place ?? table.entry("target")?.value.place
      table.refuse(
        .hopeNotAboveTarget(hope: draft.hope, target: draft.target), at: place ?? .wholeFile)
    }
  }

  static let laterGraders = [
    "exact", "includes", "regex", "number", "json", "similarity", "judge", "command",
  ]

  private mutating func readGrader(_ table: inout TableReader) {
    guard let entry = table.entry("grader") else { return }
    // A grader with settings is written as a mapping of its name.
    let name = entry.value.scalar?.trimmed ?? entry.value.entries?.first?.key
    guard let name, !name.isEmpty else {
      table.refuse(.emptyValue(key: "grader"), at: entry.place)
      return
    }
    if Self.laterGraders.contains(name) {
      table.refuse(
        .notYet(what: "the grader '\(name)'", instead: "Use grader: label"), at: entry.value.place)
    } else if name != Grader.label.rawValue || entry.value.scalar == nil {
      let known = Self.laterGraders + Grader.allCases.map(\.rawValue)
      table.refuse(
        .unknownValue(key: "grader", found: name, known: known), at: entry.value.place)
    }
  }

  private mutating func readFields(_ table: inout TableReader) -> FieldNames {
    var names = FieldNames()
    guard let value = table.value("fields") else { return names }
    var fields = TableReader(value, file: file.name, name: "fields", known: FieldNames.known)
    if let input = fields.text("input") { names.input = input }
    if let expected = fields.text("expected") { names.expected = expected }
    if let cluster = fields.text("cluster") { names.cluster = cluster }
    if let role = fields.text("role") { names.role = role }
    if let generator = fields.text("generator") { names.generator = generator }
    names.id = fields.text("id")
    table.refuse(fields.errors)
    return names
  }
}

// MARK: - Examples

extension BehaviorReader {
  private mutating func readExamples(_ value: SourceValue, _ reader: RowInterpreter) {
    var files = ExampleFiles(folderOf: file)
    switch value.content {
    case .scalar(let path):
      files.add(path, role: nil, at: value.place)
    case .table: readItem(value, reader, &files)
    case .list(let items):
      if items.isEmpty { refuse(.noExamples(behavior: draft.name), at: value.place) }
      for item in items { readItem(item, reader, &files) }
    case .nothing: break
    }
    errors += files.errors
    notes += files.notes
    for file in files.found { readFile(file, reader) }
  }

  private mutating func readItem(
    _ item: SourceValue, _ reader: RowInterpreter, _ files: inout ExampleFiles
  ) {
    let location = SourceLocation(file.name, item.place)
    switch item.content {
    case .scalar(let text):
      if files.isPath(text) {
        files.add(text, role: nil, at: item.place)
      } else if reader.expect == nil {
        refuse(.notAPath(text), at: item.place)
      } else {
        draft.add(item, at: location, role: nil, reader)
      }
    case .table(let entries)
    where entries.contains(where: { $0.key == "path" })
      && item[reader.fields.input] == nil:
      var table = TableReader(item, file: file.name, name: "examples", known: ["path", "role"])
      let path = table.text("path", expected: "a path")
      let role = table.choice("role", Role.self)
      errors += table.errors
      if let path { files.add(path, role: role, at: table.entry("path")!.value.place) }
    case .table where Borrowing.isMeant(by: item, reader.fields):
      let (borrowing, problems) = Borrowing.read(item, file: file.name)
      errors += problems
      if let borrowing { draft.borrows.append(borrowing) }
    case .table: draft.add(item, at: location, role: nil, reader)
    case .list, .nothing:
      draft.unusable.append((location, .notAnObject(found: item.kind)))
    }
  }

  private mutating func readFile(_ file: ExampleFiles.Found, _ reader: RowInterpreter) {
    do {
      try ExampleFile.read(file, fields: reader.fields, needsExpected: reader.expect == nil) {
        source in
        draft.add(source, from: file, reader)
      }
    } catch {
      errors += error.errors
    }
  }
}

extension SuiteError {
  /// Whether it concerns `fields`, without which no row makes sense.
  fileprivate var isAboutFields: Bool {
    switch problem {
    case .unknownKey(_, parent: "fields", _), .wrongType(key: "fields", _, _): true
    default: false
    }
  }
}
