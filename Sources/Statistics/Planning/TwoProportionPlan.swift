#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A comparison of two pass rates on separate examples, planned: how many examples each of the two
/// groups needs.
///
/// Far more than on the same examples, which is what `PairedComparisonPlan` is for. Both approximate
/// by the normal distribution, two-sided.
public enum TwoProportionPlan {
  /// Cohen's h, the difference of two rates on the scale 2·arcsin√rate, on which its error does not
  /// depend on the rates.
  ///
  /// - Precondition: Both lie in 0...1.
  ///
  /// Source: Cohen (1988).
  public static func effectSize(_ rate: Double, _ reference: Double) -> Double {
    precondition((0...1).contains(rate) && (0...1).contains(reference), "rates lie in 0...1")
    return 2 * asin(rate.squareRoot()) - 2 * asin(reference.squareRoot())
  }

  /// The examples in each group at which a z-test of Cohen's h has this power, a real number to be
  /// rounded up. Both tails count towards the power.
  ///
  /// - Parameters:
  ///   - effectSize: h; its sign does not matter.
  ///   - alpha: Two-sided, inside (0, 1).
  ///   - power: Inside (0, 1).
  /// - Returns: Infinite for h = 0; 0 where the power is at most alpha.
  ///
  /// Source: Cohen (1988).
  public static func sampleSize(effectSize: Double, alpha: Double, power: Double) -> Double {
    precondition(!effectSize.isNaN, "an effect is a number")
    precondition(alpha > 0 && alpha < 1 && power > 0 && power < 1, "error rates lie in 0...1")
    if power <= alpha { return 0 }
    if effectSize == 0 { return .infinity }
    let z = -normalQuantile(alpha / 2)
    let noncentrality = bisect(0, z - normalQuantile(1 - power) + 1) { d in
      normalCDF(z - d) - normalCDF(-z - d) > 1 - power
    }.above
    let ratio = noncentrality / effectSize
    return 2 * ratio * ratio
  }

  /// The examples in each group at which the score test of two rates has this power, a real number
  /// to be rounded up: ((z_{α/2}·√(2p̄q̄) + z_β·√(p₁q₁ + p₂q₂)) / (p₁ − p₂))².
  ///
  /// - Parameters:
  ///   - rate: p₁, in 0...1, as is `reference`, p₂.
  ///   - alpha: Two-sided, inside (0, 1).
  ///   - power: Inside (0, 1).
  /// - Returns: Infinite for equal rates.
  ///
  /// Source: Fleiss, Levin and Paik (2003), section 4.2, without the correction for continuity.
  public static func sampleSize(
    rate: Double, reference: Double, alpha: Double, power: Double
  ) -> Double {
    precondition((0...1).contains(rate) && (0...1).contains(reference), "rates lie in 0...1")
    precondition(alpha > 0 && alpha < 1 && power > 0 && power < 1, "error rates lie in 0...1")
    if rate == reference { return .infinity }
    let pooled = (rate + reference) / 2
    let null = (2 * pooled * (1 - pooled)).squareRoot()
    let alternative = (rate * (1 - rate) + reference * (1 - reference)).squareRoot()
    let sum = normalQuantile(power) * alternative - normalQuantile(alpha / 2) * null
    let ratio = max(0, sum) / (rate - reference)
    return ratio * ratio
  }
}
