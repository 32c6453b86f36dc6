/// How a file of rows names what Hone needs. Dotted names reach into objects and lists.
public struct FieldNames: Sendable, Hashable, Codable {
  public var input: String
  public var expected: String
  public var cluster: String
  public var role: String
  /// What wrote a row, where no user did.
  public var generator: String
  /// What rows are called; nil where they have no name.
  public var id: String?

  public init(
    input: String = "input", expected: String = "expected", cluster: String = "cluster",
    role: String = "role", generator: String = "generator", id: String? = nil
  ) {
    self.input = input
    self.expected = expected
    self.cluster = cluster
    self.role = role
    self.generator = generator
    self.id = id
  }

  static let known = ["input", "expected", "cluster", "role", "generator", "id"]

  /// What to do where rows have nothing under the name for a field.
  static func advice(_ field: String) -> String {
    let one = field == "expected" ? ", or say it once for all: expect: …" : ""
    return " Say what the file calls it: fields: { \(field): … } in the behavior"
      + " (hone init, hone test: --\(field))" + one
  }
}
