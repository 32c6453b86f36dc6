#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A mixture over λ of the bets exp(λS − ψ(λ)V) on the sum S of what has mean 0 at most: an e-value
/// at every time.
///
/// V is the intrinsic time, a sum of variances: for increments that are σ-sub-Gaussian σ²·n, for
/// those in [−g, h] g·h·n. The conforming types differ in ψ, that is, in what the increments are
/// known to be.
///
/// Source: Howard, Ramdas, McAuliffe and Sekhon (2021), "Time-uniform, nonparametric, nonasymptotic
/// confidence sequences", section 3 and appendix A.
public protocol MixtureSupermartingale: Sendable {
  /// ln of the e-value at this sum and intrinsic time; 0 at both 0.
  func logValue(sum: Double, variance: Double) -> Double

  /// The largest sum that is possible at an intrinsic time; infinite where nothing limits it.
  func largestSum(variance: Double) -> Double
}

extension MixtureSupermartingale {
  /// Infinite: nothing limits the sum.
  public func largestSum(variance: Double) -> Double { .infinity }

  /// The sum at which the e-value reaches 1/alpha: with probability at least 1 − alpha no sum ever
  /// gets there.
  ///
  /// - Parameters:
  ///   - variance: The intrinsic time, at least 0 and finite.
  ///   - alpha: In (0, 1). 0, less, or NaN: the bound is infinite.
  /// - Returns: `largestSum` where even that would not be enough: no sum is evidence there, so ask
  ///   `logValue` before you call one so.
  public func bound(variance: Double, alpha: Double) -> Double {
    precondition(variance >= 0 && variance.isFinite, "an intrinsic time is not negative")
    guard let level = claimedLevel(alpha) else { return .infinity }
    let threshold = -log(level)
    func isBelow(_ sum: Double) -> Bool { logValue(sum: sum, variance: variance) < threshold }
    var high = largestSum(variance: variance)
    if high.isFinite {
      if isBelow(high) { return high }
    } else {
      high = max(variance, 1)
      while isBelow(high) && high < 1e300 { high *= 2 }
    }
    return bisect(0, high, isBelow: isBelow).above
  }
}
