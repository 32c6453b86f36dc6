/// A row that cannot be used, set aside because the suite said `on_bad_row: skip`.
public struct SetAsideRow: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  public var location: SourceLocation
  /// The behavior whose examples it would have joined.
  public var behavior: String
  public var reason: RowProblem

  public init(location: SourceLocation, behavior: String, reason: RowProblem) {
    self.location = location
    self.behavior = behavior
    self.reason = reason
  }

  public var description: String { "\(location): \(reason)" }

  public static func < (left: Self, right: Self) -> Bool {
    (left.location, left.behavior, left.reason.description)
      < (right.location, right.behavior, right.reason.description)
  }
}
