#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bounds on the mean of scores in [0, 1] that hold for every distribution and every n.
///
/// Source: Hoeffding (1963).
public enum Hoeffding {
  /// mean − √(ln(1/alpha)/(2n)), at least 0. 0 without scores.
  ///
  /// - Parameters:
  ///   - scores: One an independent unit. Shape [n].
  ///   - alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 0.
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  public static func lower(_ scores: [Double], alpha: Double) throws(StatisticsError) -> Double {
    try requireFinite(scores, "scores", in: 0...1)
    guard !scores.isEmpty, alpha > 0 else { return 0 }
    let radius = (-log(min(alpha, 1)) / (2 * Double(scores.count))).squareRoot()
    return max(0, SampleMoments(scores).mean - radius)
  }

  /// mean + √(ln(1/alpha)/(2n)), at most 1. 1 without scores.
  ///
  /// - Parameters: As for `lower`, with 1 in place of 0.
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  public static func upper(_ scores: [Double], alpha: Double) throws(StatisticsError) -> Double {
    try requireFinite(scores, "scores", in: 0...1)
    return try 1 - lower(scores.map { 1 - $0 }, alpha: alpha)
  }

  /// Both bounds at alpha/2 each. 0...1 without scores.
  ///
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  public static func interval(
    _ scores: [Double], alpha: Double
  ) throws(StatisticsError) -> Interval {
    try Interval(lower: lower(scores, alpha: alpha / 2), upper: upper(scores, alpha: alpha / 2))
  }
}
