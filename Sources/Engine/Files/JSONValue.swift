/// A value of a JSON text.
///
/// An object keeps its members as they stand in the file: keys of a vocabulary are told apart by
/// their characters, where a dictionary of strings would take `é` and `e` with an accent for one.
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable, Equatable {
    var key: String
    var value: JSONValue
  }

  var isNull: Bool { self == .null }

  var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// Nil for numbers that are not whole, or too large to be exact.
  var integer: Int? {
    guard let number, number.magnitude < 0x1p53 else { return nil }
    return Int(exactly: number)
  }

  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The value of a key of an object, of the last one where it stands twice; nil where it is left
  /// out.
  subscript(key: String) -> JSONValue? {
    members?.last { $0.key == key }?.value
  }

  /// The value as an error names it.
  var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): integer.map { "\($0)" } ?? "\(value)"
    case .string(let value): value
    case .array: "a list"
    case .object: "an object"
    }
  }
}
