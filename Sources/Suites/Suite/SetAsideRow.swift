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
    if left.location != right.location { return left.location < right.location }
    if left.behavior != right.behavior { return left.behavior < right.behavior }
    return left.reason.description < right.reason.description
  }
}
