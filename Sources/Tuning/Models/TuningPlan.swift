public import Suites

/// What the next candidate shall be: one rung, how strongly regularised, and where to look harder.
public struct TuningPlan: Sendable, Hashable, Codable {
  /// Counted from 1.
  public var round: Int
  public var rung: Rung
  /// L2 strength on the weights; nil lets the trainer choose it by cross-validation in `train`.
  public var l2: Double?
  /// Multipliers on the loss of a behavior's examples; a behavior not named has 1.
  public var focus: [String: Double]
  /// What `focus` makes of the examples; nil where nobody worked it out.
  public var mixture: Mixture?
  /// Why this candidate, for people.
  public var reason: String

  public init(
    round: Int, rung: Rung, l2: Double?, focus: [String: Double], mixture: Mixture? = nil,
    reason: String
  ) {
    self.round = round
    self.rung = rung
    self.l2 = l2
    self.focus = focus
    self.mixture = mixture
    self.reason = reason
  }
}
