/// Why a row cannot be used.
public enum RowProblem: Sendable, Hashable, Codable {
  /// `{"input": "a", }`: what the reader ran into.
  case syntax(String)
  /// A line of Markdown fence (```` ``` ````) between the rows.
  case fence
  /// Words between the rows.
  case prose
  /// `<<<<<<<` and its kind, left by a merge.
  case mergeConflict
  /// A JSON value that is not an object.
  case notAnObject(found: String)
  /// A byte that is not UTF-8; `offset` counts from the start of the file, from 0.
  case invalidUTF8(offset: Int)
  case nulByte(offset: Int)
  /// A row longer than a row may be.
  case tooLong(bytes: Int, limit: Int)
  /// A CSV row with more or fewer fields than the header; `lastLine` where it ends, if in another line.
  case fieldCount(expected: Int, found: Int, lastLine: Int?)
  /// There is no such key, which stands for `field`; `has` are the keys that there are.
  case missing(key: String, field: String, has: [String])
  case empty(key: String)
  case wrongType(key: String, found: String)
  /// A plain text where the behavior has no `expect`.
  case noExpectation
  case unknownRole(String)
  case unknownKey(String, known: [String])
  /// The row expects the label that its behavior rules out.
  case ruledOut(String)
  /// The same input is expected to give something else elsewhere.
  case contradiction(expected: [Expectation], places: [SourceLocation])
}

extension RowProblem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .syntax(let text): "this row cannot be read: \(text)"
    case .fence: "a Markdown fence, not a row"
    case .prose: "text that is no JSON object; each line holds one row"
    case .mergeConflict:
      "a conflict that git left here; choose one side and remove the marker lines"
    case .notAnObject(let found): "\(found) where a row must be a JSON object"
    case .invalidUTF8(let offset): "not valid UTF-8 at byte \(offset) of the file"
    case .nulByte(let offset): "a NUL byte at byte \(offset) of the file"
    case .tooLong(let bytes, let limit):
      "a row of \(bytes) bytes; a row may have \(limit)"
    case .fieldCount(let expected, let found, let lastLine):
      "this row has \(counted(found, "field")) where the header has \(expected)"
        + (lastLine.map { " (it runs on to line \($0))" } ?? "")
    case .missing(let key, let field, let has):
      "there is no '\(shown(key))'; the row has \(list(has, none: "nothing"))."
        + FieldNames.advice(field)
    case .empty(let key): "'\(shown(key))' is empty"
    case .wrongType(let key, let found): "'\(shown(key))' is \(found) where a text is needed"
    case .noExpectation:
      "a plain text, and the behavior has no 'expect'; write { input: …, expected: … }"
    case .unknownRole(let role):
      "there is no role '\(role)'." + suggestion(role, among: Role.allCases.map(\.rawValue))
    case .unknownKey(let key, let known):
      "there is no key '\(key)' in an example." + suggestion(key, among: known)
    case .ruledOut(let label):
      "this row expects '\(shown(label))', which the behavior rules out (expect: { not: … })."
        + " Move it to another behavior"
    case .contradiction(let expected, let places):
      "the same input is expected to give \(list(expected.map(\.quoted), none: ""))"
        + "; see \(list(places.map(\.description), none: "")). Keep one of them"
    }
  }
}
