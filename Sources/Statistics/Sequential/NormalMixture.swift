#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The mixture for sub-Gaussian sums: λ normal with mean 0 and variance 1/ρ, one half of it for the
/// one-sided kind.
///
/// Source: Howard, Ramdas, McAuliffe and Sekhon (2021), propositions 5 and 6; Robbins (1970).
public struct NormalMixture: MixtureSupermartingale, Hashable, Codable {
  /// ρ, the intrinsic time whose weight the mixture has.
  public let priorVariance: Double
  /// Whether only sums above 0 are evidence.
  public let isOneSided: Bool

  /// The mixture whose bound of level `optimalAlpha` is about the lowest at `optimalVariance`.
  ///
  /// - Parameters:
  ///   - optimalVariance: Positive and finite; fixed before anything is seen.
  ///   - optimalAlpha: Inside (0, 1), for the one-sided kind inside (0, ½).
  public init(optimalVariance: Double, optimalAlpha: Double = 0.05, isOneSided: Bool) {
    priorVariance = Self.bestVariance(
      optimalVariance: optimalVariance, optimalAlpha: optimalAlpha, isOneSided: isOneSided)
    self.isOneSided = isOneSided
  }

  /// As `MixtureSupermartingale`.
  public func logValue(sum: Double, variance: Double) -> Double {
    precondition(!sum.isNaN && variance >= 0, "a sum is a number, an intrinsic time not negative")
    let total = variance + priorVariance
    let twoSided = 0.5 * log(priorVariance / total) + sum * sum / (2 * total)
    guard isOneSided else { return twoSided }
    return twoSided + log(2.0) + normalLogCDF(sum / total.squareRoot())
  }

  /// The bound on the sum; for the two-sided kind on its absolute value, in closed form.
  ///
  /// As `MixtureSupermartingale.bound`.
  public func bound(variance: Double, alpha: Double) -> Double {
    precondition(variance >= 0 && variance.isFinite, "an intrinsic time is not negative")
    guard let level = claimedLevel(alpha) else { return .infinity }
    let total = variance + priorVariance
    let twoSided =
      (total * (log1p(variance / priorVariance) - 2 * log(level))).squareRoot()
    guard isOneSided else { return twoSided }
    // Half the prior counts double at most: the bound lies under the two-sided one.
    let threshold = -log(level)
    return bisect(0, twoSided * (1 + 1e-12)) {
      logValue(sum: $0, variance: variance) < threshold
    }.above
  }

  /// ρ = V/(2·ln(1/α) + ln(1 + 2·ln(1/α))), with 2α for α where one side is enough.
  static func bestVariance(
    optimalVariance: Double, optimalAlpha: Double, isOneSided: Bool
  ) -> Double {
    precondition(optimalVariance > 0 && optimalVariance.isFinite, "an intrinsic time is positive")
    let level = isOneSided ? 2 * optimalAlpha : optimalAlpha
    precondition(level > 0 && level < 1, "a level lies inside (0, 1), one-sided inside (0, ½)")
    return optimalVariance / (-2 * log(level) + log1p(-2 * log(level)))
  }
}
