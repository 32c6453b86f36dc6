/// What a model that may decline gets wrong among the replies that it does give.
public enum SelectiveRisk {
  /// The exact one-sided upper bound of the error rate among accepted units; 1 without any.
  ///
  /// Assumes that the threshold of acceptance was fixed before these units were seen. Of several
  /// thresholds tried on the same units each needs its share of alpha.
  ///
  /// - Parameter alpha: The probability that the bound is wrong, in (0, 1). 0, less, or NaN: 1.
  /// - Precondition: 0 ≤ errors ≤ accepted.
  ///
  /// Source: Clopper and Pearson (1934); Geifman and El-Yaniv (2017).
  public static func upperBound(errors: Int, accepted: Int, alpha: Double) -> Double {
    ClopperPearson.upper(successes: errors, trials: accepted, alpha: alpha)
  }

  /// One threshold on the confidence: accept where it is reached.
  public struct Point: Sendable, Hashable, Codable {
    public let threshold: Double
    /// Units with a confidence of at least the threshold.
    public let accepted: Int
    /// Those of them that are wrong.
    public let errors: Int
    /// The share of all units that is accepted.
    public let coverage: Double
    /// The share of right ones among the accepted.
    public var accuracy: Double { 1 - Double(errors) / Double(accepted) }
  }

  /// Accuracy against coverage for every threshold that makes a difference, from the surest unit
  /// alone to all of them. Units of one confidence come in together.
  ///
  /// - Parameters:
  ///   - confidences: How sure the model is of each unit; larger is surer. Shape [n].
  ///   - correct: Whether it is right. Shape [n].
  /// - Returns: Points of growing coverage, the last at 1; none without units.
  /// - Throws: `StatisticsError` where lengths differ or a confidence is NaN or infinite.
  ///
  /// Source: El-Yaniv and Wiener (2010).
  public static func curve(
    confidences: [Double], correct: [Bool]
  ) throws(StatisticsError) -> [Point] {
    try requireSameCount(confidences.count, "confidences", correct.count, "correct")
    try requireFinite(confidences, "confidences")
    let order = confidences.indices.sorted { confidences[$0] > confidences[$1] }
    var points: [Point] = []
    var errors = 0
    for (position, unit) in order.enumerated() {
      if !correct[unit] { errors += 1 }
      let accepted = position + 1
      let isLast = accepted == order.count
      guard isLast || confidences[order[accepted]] < confidences[unit] else { continue }
      points.append(
        Point(
          threshold: confidences[unit], accepted: accepted, errors: errors,
          coverage: Double(accepted) / Double(order.count)))
    }
    return points
  }
}
