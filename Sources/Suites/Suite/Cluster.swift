/// A cluster's key: 16 hexadecimal digits, the same in memory and in `hone.lock`.
public struct ClusterID: Sendable, Hashable, CustomStringConvertible {
  public var hex: String

  public init(_ hex: String) {
    self.hex = hex
  }

  public var description: String { hex }
}

extension ClusterID: Comparable {
  public static func < (left: Self, right: Self) -> Bool { left.hex < right.hex }
}

extension ClusterID: Codable {
  public init(from decoder: any Decoder) throws {
    hex = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}

/// Examples that share a source, across behaviors: one independent unit with one role.
///
/// Named by the suite (`cluster`), found by the text alone (equal once normalised, or nearly), or
/// both. An input that resembles no other is a cluster of its own.
public struct Cluster: Sendable, Hashable, Codable {
  /// The key of the smallest name, or else the smallest of `inputs`.
  public var id: ClusterID
  /// The keys of the different inputs, sorted; never empty.
  public var inputs: [String]
  /// The keys of the names that the suite gave to its members, sorted.
  public var names: [String]
  /// How many of its inputs the largest chain of similar texts links; 1 where none are alike.
  public var alike: Int
  /// Where its inputs stand, sorted.
  public var locations: [SourceLocation]

  public init(
    id: ClusterID, inputs: [String], names: [String], alike: Int, locations: [SourceLocation]
  ) {
    self.id = id
    self.inputs = inputs
    self.names = names
    self.alike = alike
    self.locations = locations
  }

  /// The keys under which `hone.lock` records its role.
  public var keys: [String] { names + inputs }
}
