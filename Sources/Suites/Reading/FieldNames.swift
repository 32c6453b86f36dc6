/// How a file of rows names what Hone needs. Dotted names reach into objects and lists.
public struct FieldNames: Sendable, Hashable, Codable {
  public var input: String
  public var expected: String
  public var cluster: String
  public var role: String
  /// What rows are called; nil where they have no name.
  public var id: String?

  public init(
    input: String = "input", expected: String = "expected", cluster: String = "cluster",
    role: String = "role", id: String? = nil
  ) {
    self.input = input
    self.expected = expected
    self.cluster = cluster
    self.role = role
    self.id = id
  }

  static let known = ["input", "expected", "cluster", "role", "id"]

  /// The key under which a behavior would rename `key`; itself where it is a default.
  static func role(of key: String) -> String {
    known.contains(key) ? key : "input"
  }
}
