#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Interval {
  /// The score interval for a pass rate, two-sided: the error bar to show.
  ///
  /// Not to certify with: at rates near 1 its coverage falls below the nominal one. No trials
  /// give 0...1. Never of zero width.
  ///
  /// - Parameters:
  ///   - successes: Of independent trials.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: 0 ≤ successes ≤ trials.
  ///
  /// Source: Wilson (1927).
  public static func wilson(successes: Int, trials: Int, alpha: Double) -> Interval {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard trials > 0, let z = twoSidedNormalQuantile(alpha) else { return anyRate }
    let n = Double(trials)
    let rate = Double(successes) / n
    let shrink = 1 + z * z / n
    let center = (rate + z * z / (2 * n)) / shrink
    let half = z / shrink * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      lower: successes == 0 ? 0 : max(0, center - half),
      upper: successes == trials ? 1 : min(1, center + half))
  }
}
