extension ConfidenceSequence {
  /// Bounds on a mean from a normal mixture, for what is σ-sub-Gaussian: tightest near
  /// `optimalCount` values.
  ///
  /// - Parameters:
  ///   - sum: Of the values, finite.
  ///   - count: None gives infinite bounds.
  ///   - standardDeviation: σ, a bound that is known beforehand and no estimate; ½ for values in
  ///     [0, 1]. Positive and finite.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −∞...∞.
  ///   - optimalCount: Positive; fixed before anything is seen.
  ///   - optimalAlpha: The level at which it is tightest there, inside (0, 1).
  ///
  /// Source: Robbins (1970); Howard, Ramdas, McAuliffe and Sekhon (2021).
  public static func normalMixture(
    sum: Double, count: Int, standardDeviation: Double = 0.5, alpha: Double, optimalCount: Double,
    optimalAlpha: Double = 0.05
  ) -> Interval {
    precondition(sum.isFinite && count >= 0, "a sum is finite, a count not negative")
    precondition(
      standardDeviation > 0 && standardDeviation.isFinite, "a standard deviation is positive")
    guard count > 0, let level = claimedLevel(alpha) else {
      return Interval(lower: -.infinity, upper: .infinity)
    }
    let variance = standardDeviation * standardDeviation
    let bound = NormalMixture(
      optimalVariance: variance * optimalCount, optimalAlpha: optimalAlpha, isOneSided: false
    ).bound(variance: variance * Double(count), alpha: level)
    return Interval(lower: (sum - bound) / Double(count), upper: (sum + bound) / Double(count))
  }
}
