#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bounds on the mean of scores in [0, 1] that hold for every distribution and every n, and are
/// narrower than Hoeffding's where scores spread little and there are many.
///
/// Source: Maurer and Pontil (2009), theorem 4.
public enum EmpiricalBernstein {
  /// mean − √(2v·ln(2/alpha)/n) − 7·ln(2/alpha)/(3(n−1)), v the variance with n − 1; at least 0.
  /// 0 for fewer than two scores.
  ///
  /// - Parameters:
  ///   - scores: One an independent unit. Shape [n].
  ///   - alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 0.
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  public static func lower(_ scores: [Double], alpha: Double) throws(StatisticsError) -> Double {
    try requireFinite(scores, "scores", in: 0...1)
    guard scores.count > 1, alpha > 0 else { return 0 }
    let n = Double(scores.count)
    let moments = SampleMoments(scores)
    let surprise = log(2 / min(alpha, 1))
    let radius =
      (2 * moments.sampleVariance * surprise / n).squareRoot() + 7 * surprise / (3 * (n - 1))
    return max(0, moments.mean - radius)
  }

  /// The mirror image of `lower`, at most 1. 1 for fewer than two scores.
  ///
  /// - Parameters: As for `lower`, with 1 in place of 0.
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  public static func upper(_ scores: [Double], alpha: Double) throws(StatisticsError) -> Double {
    try requireFinite(scores, "scores", in: 0...1)
    return try 1 - lower(scores.map { 1 - $0 }, alpha: alpha)
  }

  /// Both bounds at alpha/2 each. 0...1 for fewer than two scores.
  ///
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  public static func interval(
    _ scores: [Double], alpha: Double
  ) throws(StatisticsError) -> Interval {
    try Interval(lower: lower(scores, alpha: alpha / 2), upper: upper(scores, alpha: alpha / 2))
  }
}
