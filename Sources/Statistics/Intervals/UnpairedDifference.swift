/// How much higher one model scores than another on different, independent units.
///
/// Where both saw the same units, `PairedDifference` is the sharper tool.
public struct UnpairedDifference: Sendable, Hashable, Codable {
  /// Of the means.
  public let difference: Double
  /// Of the difference: the root of the sum of both squares.
  public let standardError: Double
  /// Welch's and Satterthwaite's, not a whole number. Of the smaller sample where neither spreads.
  public let degreesOfFreedom: Double

  /// From two means of independent units or clusters.
  ///
  /// Source: Welch (1947); Satterthwaite (1946).
  public init(_ estimate: MeanEstimate, minus baseline: MeanEstimate) {
    difference = estimate.mean - baseline.mean
    let own = estimate.standardError * estimate.standardError
    let other = baseline.standardError * baseline.standardError
    standardError = (own + other).squareRoot()
    let least = min(estimate.degreesOfFreedom, baseline.degreesOfFreedom)
    // As shares of the sum, which cannot underflow.
    let share = own + other > 0 ? own / (own + other) : 0
    degreesOfFreedom =
      own + other > 0
      ? 1
        / (share * share / estimate.degreesOfFreedom
          + (1 - share) * (1 - share) / baseline.degreesOfFreedom)
      : least
  }

  /// From the scores of both.
  ///
  /// - Parameters:
  ///   - scores: Of the model in question. Shape [n], n ≥ 2.
  ///   - baseline: Of the other one. Shape [m], m ≥ 2.
  /// - Throws: `StatisticsError` for fewer than two scores, NaN or an infinity.
  public init(_ scores: [Double], baseline: [Double]) throws(StatisticsError) {
    try requireCount(baseline.count, "baseline", atLeast: 2)
    try requireFinite(baseline, "baseline")
    try self.init(MeanEstimate(scores), minus: MeanEstimate(baseline))
  }

  /// The two-sided t interval.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −∞...∞.
  public func interval(alpha: Double) -> Interval {
    guard alpha > 0 else { return Interval(lower: -.infinity, upper: .infinity) }
    let t = -studentTQuantile(min(alpha, 1) / 2, degreesOfFreedom: degreesOfFreedom)
    return Interval(
      lower: difference - t * standardError, upper: difference + t * standardError)
  }
}
