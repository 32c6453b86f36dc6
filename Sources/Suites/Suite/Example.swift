/// One input with what is expected of it. Rows that say the same are one example.
public struct Example: Sendable, Hashable, Codable, Identifiable {
  /// 16 hexadecimal digits of the SHA-256 of the normalised input and the expectation.
  public var id: String
  /// 16 hexadecimal digits of the SHA-256 of the normalised input.
  public var inputKey: String
  /// As written; of several ways of writing it, the first in order of UTF-8.
  public var input: String
  /// Its label is as written, without white space around it.
  public var expected: Expectation
  public var cluster: ClusterID
  /// Every place where it stands, sorted.
  public var locations: [SourceLocation]
  /// The roles that its files and rows name, sorted; usually none or one.
  public var declaredRoles: [Role]
  /// What the rows call it, where `fields` names an `id`.
  public var sourceID: String?
  /// Marks that its rows carry, sorted: `hard`.
  public var tags: [String]
  /// What wrote it, where no user did: a model, a template. Nil where its rows do not all name
  /// one and the same.
  public var generator: String?

  public init(
    id: String, inputKey: String, input: String, expected: Expectation, cluster: ClusterID,
    locations: [SourceLocation] = [], declaredRoles: [Role] = [], sourceID: String? = nil,
    tags: [String] = [], generator: String? = nil
  ) {
    self.id = id
    self.inputKey = inputKey
    self.input = input
    self.expected = expected
    self.cluster = cluster
    self.locations = locations
    self.declaredRoles = declaredRoles
    self.sourceID = sourceID
    self.tags = tags
    self.generator = generator
  }

  /// The role that its files and rows name: the lowest of them.
  public var declaredRole: Role? { declaredRoles.min() }

  /// An example of a cluster of its own, as reading one row would make it.
  public init(
    input: String, expected: Expectation, declaredRoles: [Role] = [], tags: [String] = []
  ) {
    let normalized = NormalizedText(input)
    let key = Fingerprint.input(normalized)
    self.init(
      id: Fingerprint.example(normalized, expected: expected), inputKey: key, input: input,
      expected: expected, cluster: ClusterID(key), declaredRoles: declaredRoles, tags: tags)
  }

  /// The same, held to a label.
  public init(
    input: String, expected label: String, declaredRoles: [Role] = [], tags: [String] = []
  ) {
    self.init(
      input: input, expected: .label(label), declaredRoles: declaredRoles, tags: tags)
  }
}
