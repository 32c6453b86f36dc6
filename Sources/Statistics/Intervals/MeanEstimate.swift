#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A mean with its standard error, from independent units.
public struct MeanEstimate: Sendable, Hashable, Codable {
  /// Every score with the same weight.
  public let mean: Double
  /// 0 where all units are alike, which is no evidence that the next one is.
  public let standardError: Double
  /// The independent units: examples, or clusters of them.
  public let units: Int

  /// An estimate that was made elsewhere.
  ///
  /// - Precondition: The standard error is not negative and there are at least two units.
  public init(mean: Double, standardError: Double, units: Int) {
    precondition(standardError >= 0 && units >= 2, "a standard error comes from two units or more")
    self.mean = mean
    self.standardError = standardError
    self.units = units
  }

  /// Units less one.
  public var degreesOfFreedom: Double { Double(units - 1) }

  /// The two-sided t interval. May reach beyond the range of scores.
  ///
  /// With few units (under 40 clusters, say) it leans on the normality of their means. Of zero
  /// width where the standard error is 0; `Interval.meanScore` is the error bar to show.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −∞...∞.
  ///
  /// Source: Student (1908); for clusters Cameron and Miller (2015).
  public func interval(alpha: Double) -> Interval {
    guard alpha > 0 else { return Interval(lower: -.infinity, upper: .infinity) }
    let t = -studentTQuantile(min(alpha, 1) / 2, degreesOfFreedom: degreesOfFreedom)
    return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
  }

  /// The two-sided interval by the normal distribution, for many units.
  ///
  /// - Parameter alpha: As in `interval(alpha:)`.
  public func normalInterval(alpha: Double) -> Interval {
    .normal(estimate: mean, standardError: standardError, alpha: alpha)
  }
}

extension MeanEstimate {
  /// The mean of independent scores and its standard error, with n − 1.
  ///
  /// - Parameter scores: One a unit; average the replies to one example first. Shape [n], n ≥ 2.
  /// - Throws: `StatisticsError` for fewer than two scores, NaN or an infinity.
  ///
  /// Source: Miller (2024), equation 1.
  public init(_ scores: [Double]) throws(StatisticsError) {
    try requireCount(scores.count, "scores", atLeast: 2)
    try requireFinite(scores, "scores")
    let moments = SampleMoments(scores)
    let variance = moments.isConstant ? 0 : moments.sampleVariance
    self.init(
      mean: moments.mean, standardError: (variance / Double(scores.count)).squareRoot(),
      units: scores.count)
  }
}

/// √(p(1−p)/n): the standard error of a pass rate, from the rate alone.
///
/// 0 at rates 0 and 1, where it is no error bar. Infinite without trials.
///
/// - Precondition: The rate lies in 0...1 and trials ≥ 0.
///
/// Source: Miller (2024), equation 2.
public func bernoulliStandardError(rate: Double, trials: Int) -> Double {
  precondition((0...1).contains(rate) && trials >= 0, "a rate lies in 0...1, of some trials")
  return trials == 0 ? .infinity : (rate * (1 - rate) / Double(trials)).squareRoot()
}
