/// How much higher one model scores than another on the same units.
///
/// Pairing removes what the units have in common: the variance of the difference is that of both
/// means less twice their covariance.
public struct PairedDifference: Sendable, Hashable, Codable {
  /// The mean of the differences with its standard error. Of zero standard error where every unit
  /// differs alike, which is no evidence that the next one does.
  public let estimate: MeanEstimate
  /// The standard error that the same scores would have without the pairing.
  public let unpairedStandardError: Double
  /// Of the two models' scores. Nil where a model scores every unit alike.
  public let correlation: Double?

  /// Pairs of independent units.
  ///
  /// - Parameters:
  ///   - scores: Of the model in question. Shape [n], n ≥ 2.
  ///   - baseline: Of the other one on the same units, in the same order. Shape [n].
  /// - Throws: `StatisticsError` for arrays of different lengths, fewer than two units, NaN or an
  ///   infinity.
  ///
  /// Source: Miller (2024), equations 7 and 8 without clusters.
  public init(_ scores: [Double], baseline: [Double]) throws(StatisticsError) {
    try self.init(
      scores, baseline: baseline, estimate: MeanEstimate(Self.differences(scores, baseline)))
  }

  /// Pairs of units that depend on each other within clusters.
  ///
  /// - Parameters:
  ///   - clusters: The cluster of each unit. Shape [n], two different ones at least.
  /// - Throws: As without clusters, and for fewer than two clusters.
  ///
  /// Source: Miller (2024), equation 8; Cameron and Miller (2015) for CR1.
  public init<Cluster: Hashable>(
    _ scores: [Double], baseline: [Double], clusters: [Cluster],
    correction: ClusterCorrection = .cr1
  ) throws(StatisticsError) {
    try self.init(
      scores, baseline: baseline,
      estimate: MeanEstimate(
        Self.differences(scores, baseline), clusters: clusters, correction: correction))
  }

  private init(
    _ scores: [Double], baseline: [Double], estimate: MeanEstimate
  ) throws(StatisticsError) {
    self.estimate = estimate
    let (own, other) = (SampleMoments(scores), SampleMoments(baseline))
    let n = Double(scores.count)
    unpairedStandardError = ((own.sampleVariance + other.sampleVariance) / n).squareRoot()
    if own.isConstant || other.isConstant {
      correlation = nil
    } else {
      let products = zip(scores, baseline).reduce(0.0) {
        $0 + ($1.0 - own.mean) * ($1.1 - other.mean)
      }
      let scale = own.squaredDeviations.squareRoot() * other.squaredDeviations.squareRoot()
      correlation = min(1, max(-1, products / scale))
    }
  }

  private static func differences(
    _ scores: [Double], _ baseline: [Double]
  ) throws(StatisticsError) -> [Double] {
    try requireSameCount(scores.count, "scores", baseline.count, "baseline")
    try requireFinite(scores, "scores")
    try requireFinite(baseline, "baseline")
    return zip(scores, baseline).map { $0 - $1 }
  }

  /// The mean of the differences.
  public var difference: Double { estimate.mean }
  /// Of that mean.
  public var standardError: Double { estimate.standardError }

  /// The two-sided t interval of the difference.
  ///
  /// - Parameter alpha: As in `MeanEstimate.interval(alpha:)`.
  public func interval(alpha: Double) -> Interval { estimate.interval(alpha: alpha) }

  /// The standard error of a paired difference from two published standard errors and the
  /// correlation of the scores.
  ///
  /// - Precondition: Standard errors are not negative and the correlation lies in −1...1.
  ///
  /// Source: Miller (2024), equation 7.
  public static func standardError(
    first: Double, second: Double, correlation: Double
  ) -> Double {
    precondition(
      first >= 0 && second >= 0 && (-1...1).contains(correlation),
      "standard errors are not negative and a correlation lies in -1...1")
    return max(0, first * first + second * second - 2 * correlation * first * second)
      .squareRoot()
  }
}
