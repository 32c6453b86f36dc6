#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A bound on a sum at every intrinsic time, in closed form: it grows like √(V·ln ln V), the slowest
/// that is possible.
///
/// Epochs that grow by the factor η are stitched together; each spends a share of alpha that falls
/// like k^−s. For sub-gamma sums with scale c (sub-Gaussian with 0).
///
/// Source: Howard, Ramdas, McAuliffe and Sekhon (2021), theorem 1 and equation (10).
public struct PolynomialStitchingBound: Sendable, Hashable, Codable {
  /// m: the intrinsic time from which on the bound is meant to be tight.
  public let minimumVariance: Double
  /// c.
  public let scale: Double
  /// s.
  public let exponent: Double
  /// η.
  public let growth: Double

  /// - Precondition: The minimum is positive, the scale not negative, exponent and growth exceed 1;
  ///   all are finite.
  public init(
    minimumVariance: Double, scale: Double = 0, exponent: Double = 1.4, growth: Double = 2
  ) {
    precondition(minimumVariance > 0 && minimumVariance.isFinite, "an intrinsic time is positive")
    precondition(scale >= 0 && scale.isFinite, "a scale is not negative")
    precondition(
      exponent > 1 && growth > 1 && exponent.isFinite && growth.isFinite,
      "epochs grow, and their shares have a finite sum")
    self.minimumVariance = minimumVariance
    self.scale = scale
    self.exponent = exponent
    self.growth = growth
  }

  /// The bound on the sum; before the minimum it is the bound there.
  ///
  /// - Parameter alpha: In (0, 1). 0, less, or NaN: the bound is infinite.
  /// - Precondition: The intrinsic time is not negative.
  public func bound(variance: Double, alpha: Double) -> Double {
    precondition(variance >= 0, "an intrinsic time is not negative")
    guard let claimed = claimedLevel(alpha) else { return .infinity }
    let time = max(variance, minimumVariance)
    let first = (pow(growth, 0.25) + pow(growth, -0.25)) / 2.0.squareRoot()
    let second = (growth.squareRoot() + 1) / 2
    let level =
      exponent * log(log(growth * time / minimumVariance) / log(growth))
      + log(riemannZeta(exponent)) - log(claimed)
    let linear = second * scale * level
    return (first * first * time * level + linear * linear).squareRoot() + linear
  }
}

/// ζ(s) = Σ k^−s for s > 1.
///
/// Source: Euler and Maclaurin's formula, DLMF 25.2.9.
func riemannZeta(_ s: Double) -> Double {
  let n = 16.0
  var sum = 0.0
  for k in 1..<16 { sum += pow(Double(k), -s) }
  sum += pow(n, 1 - s) / (s - 1) + pow(n, -s) / 2
  // B₂ⱼ/(2j)!.
  let coefficients = [1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1_209_600, 1.0 / 47_900_160]
  var term = s * pow(n, -s - 1)
  for (j, coefficient) in coefficients.enumerated() {
    sum += coefficient * term
    term *= (s + Double(2 * j + 1)) * (s + Double(2 * j + 2)) / (n * n)
  }
  return sum
}
