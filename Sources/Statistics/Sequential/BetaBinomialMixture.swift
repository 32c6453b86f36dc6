/// The mixture for sums of increments in [−g, h] with mean 0 at most, such as grades less their
/// rate: sharper than the normal one where the rate is near 0 or 1.
///
/// The bet of λ makes an increment of h more likely; its chance has a beta prior with mean
/// g/(g+h), for the one-sided kind cut off there. The intrinsic time is g·h·n.
///
/// Source: Howard, Ramdas, McAuliffe and Sekhon (2021), propositions 7 and 8.
public struct BetaBinomialMixture: MixtureSupermartingale, Hashable, Codable {
  /// r, the intrinsic time whose weight the prior has.
  public let priorVariance: Double
  /// g: no increment is under −g.
  public let lowerRange: Double
  /// h: no increment is over h.
  public let upperRange: Double
  /// Whether only sums above 0 are evidence.
  public let isOneSided: Bool

  /// The mixture whose bound of level `optimalAlpha` is about the lowest at `optimalVariance`.
  ///
  /// - Parameters:
  ///   - optimalVariance: Positive and finite; fixed before anything is seen.
  ///   - optimalAlpha: Inside (0, 1), for the one-sided kind inside (0, ½).
  ///   - lowerRange: g, positive and finite, as is `upperRange`, h.
  public init(
    optimalVariance: Double, optimalAlpha: Double = 0.05, lowerRange: Double, upperRange: Double,
    isOneSided: Bool
  ) {
    precondition(
      lowerRange > 0 && upperRange > 0 && lowerRange.isFinite && upperRange.isFinite,
      "increments lie between two finite numbers around 0")
    self.lowerRange = lowerRange
    self.upperRange = upperRange
    self.isOneSided = isOneSided
    priorVariance = Self.priorVariance(
      NormalMixture.bestVariance(
        optimalVariance: optimalVariance, optimalAlpha: optimalAlpha, isOneSided: isOneSided),
      stepVariance: lowerRange * upperRange)
  }

  /// As `MixtureSupermartingale`; sums that are not possible count as the nearest that is.
  public func logValue(sum: Double, variance: Double) -> Double {
    precondition(!sum.isNaN && variance >= 0, "a sum is a number, an intrinsic time not negative")
    let (g, h) = (lowerRange, upperRange)
    let (down, up) = (g * (g + h), h * (g + h))
    // How many increments of h and of −g make this sum: not whole in general.
    let rises = max(0, (variance + h * sum) / up)
    let falls = max(0, (variance - g * sum) / down)
    let (p, q) = (g / (g + h), h / (g + h))
    let (a, b) = (priorVariance / up, priorVariance / down)
    if isOneSided { return TruncatedBetaMixture.logMixture(p, q, a, b, rises, falls) }
    return logBetaKernel(p, q, a, b) - logBetaKernel(p, q, a + rises, b + falls)
  }

  /// V/g: the sum where no increment was −g.
  public func largestSum(variance: Double) -> Double { variance / lowerRange }

  /// The prior's intrinsic time: that of the normal mixture less one step, but not nothing.
  static func priorVariance(_ normal: Double, stepVariance: Double) -> Double {
    max(normal - stepVariance, 1e-3 * stepVariance)
  }
}
