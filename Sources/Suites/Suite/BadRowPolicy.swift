/// What becomes of a row that cannot be used.
public enum BadRowPolicy: String, Sendable, Hashable, Codable, CaseIterable {
  /// The suite is refused, with every such row named.
  case refuse
  /// The row is set aside, and every output counts it.
  case skip
}
