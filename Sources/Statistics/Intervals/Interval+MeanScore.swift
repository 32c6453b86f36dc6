#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Interval {
  /// The error bar of a mean of scores in [0, 1]: the t interval, within 0...1.
  ///
  /// No scores give 0...1. Scores that are all alike, v, or a single one, give no standard error;
  /// then the bar reaches as far as the units that were not seen could pull: with confidence
  /// 1 − alpha/2 at most a share ε = 1 − (alpha/2)^(1/n) of all units is unlike them, which leaves
  /// v(1−ε)...v + (1−v)ε. So it is never of zero width.
  ///
  /// - Parameters:
  ///   - scores: One an independent unit. Shape [n].
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Throws: `StatisticsError` for NaN or a score outside [0, 1].
  ///
  /// Source: Student (1908); the bound on unlike units is Clopper and Pearson's (1934).
  public static func meanScore(
    _ scores: [Double], alpha: Double
  ) throws(StatisticsError) -> Interval {
    try meanScore(scores, clusters: Array(scores.indices), alpha: alpha)
  }

  /// The error bar of a mean of scores in [0, 1] that depend on each other within clusters: CR1
  /// with t, within 0...1.
  ///
  /// As `meanScore(_:alpha:)`, with clusters in place of units.
  ///
  /// - Throws: `StatisticsError` for arrays of different lengths, NaN or a score outside [0, 1].
  ///
  /// Source: Cameron and Miller (2015).
  public static func meanScore<Cluster: Hashable>(
    _ scores: [Double], clusters: [Cluster], alpha: Double
  ) throws(StatisticsError) -> Interval {
    try requireSameCount(scores.count, "scores", clusters.count, "clusters")
    try requireFinite(scores, "scores", in: 0...1)
    guard !scores.isEmpty, alpha > 0 else { return anyRate }
    let units = Set(clusters).count
    if units > 1 {
      let estimate = try MeanEstimate(scores, clusters: clusters)
      if estimate.standardError > 0 {
        return estimate.interval(alpha: alpha).clamped(to: 0...1)
      }
    }
    let mean = min(1, max(0, SampleMoments(scores).mean))
    let unlike = -expm1(log(min(alpha, 1) / 2) / Double(units))
    return Interval(lower: mean * (1 - unlike), upper: mean + (1 - mean) * unlike)
  }
}
