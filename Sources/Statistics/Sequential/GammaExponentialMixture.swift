/// The mixture for sub-exponential sums with scale c, such as those of centered squares.
///
/// Source: Howard, Ramdas, McAuliffe and Sekhon (2021), proposition 9.
public struct GammaExponentialMixture: MixtureSupermartingale, Hashable, Codable {
  /// ρ, the intrinsic time whose weight the mixture has.
  public let priorVariance: Double
  /// c: ψ(λ) = (−ln(1 − cλ) − cλ)/c².
  public let scale: Double

  /// - Parameters:
  ///   - optimalVariance: Where the bound is about the lowest; positive, fixed beforehand.
  ///   - optimalAlpha: At this level, inside (0, ½).
  ///   - scale: c, positive and finite.
  public init(optimalVariance: Double, optimalAlpha: Double = 0.05, scale: Double) {
    precondition(scale > 0 && scale.isFinite, "a scale is positive")
    priorVariance = NormalMixture.bestVariance(
      optimalVariance: optimalVariance, optimalAlpha: optimalAlpha, isOneSided: true)
    self.scale = scale
  }

  /// As `MixtureSupermartingale`; −∞, no evidence, for sums of −(variance + ρ)/c and less.
  public func logValue(sum: Double, variance: Double) -> Double {
    precondition(!sum.isNaN && variance >= 0, "a sum is a number, an intrinsic time not negative")
    let square = scale * scale
    let prior = priorVariance / square
    let shape = (variance + priorVariance) / square
    let x = sum / scale + shape
    guard x > 0 else { return -.infinity }
    if x == .infinity { return .infinity }
    return logGammaKernel(prior, prior) - logGammaKernel(x, shape)
      + gammaTails(x, shape: shape).logLower - gammaTails(prior, shape: prior).logLower
  }
}
