/// A comparison of two models on the same examples, planned before it is run: how many examples
/// show a difference, or which difference they can show.
///
/// The difference of two scores on an example has three parts: how much the two models differ in
/// their expected scores from example to example (ω²), and the noise of their replies to one
/// example, averaged over so many replies each. A two-sided z-test is planned; its far tail, at most
/// alpha/2 and negligible at any useful power, is left out.
///
/// Source: Miller (2024), equations 9 and 10.
public struct PairedComparisonPlan: Sendable, Hashable, Codable {
  /// ω² + σ²_A/K_A + σ²_B/K_B: the variance of the difference on one example.
  public let varianceOfDifference: Double

  /// - Parameters:
  ///   - varianceBetweenExamples: ω², the variance of the difference of expected scores.
  ///   - noiseA: σ²_A, the mean variance of model A's score within an example.
  ///   - noiseB: σ²_B.
  ///   - repliesA: K_A, replies averaged for each example.
  ///   - repliesB: K_B.
  /// - Precondition: Variances are finite and not negative, replies positive.
  public init(
    varianceBetweenExamples: Double, noiseA: Double = 0, noiseB: Double = 0, repliesA: Int = 1,
    repliesB: Int = 1
  ) {
    let variances = [varianceBetweenExamples, noiseA, noiseB]
    precondition(variances.allSatisfy { $0 >= 0 && $0.isFinite }, "variances are not negative")
    precondition(repliesA > 0 && repliesB > 0, "a mean is over replies")
    varianceOfDifference =
      varianceBetweenExamples + noiseA / Double(repliesA) + noiseB / Double(repliesB)
  }

  /// The number of examples at which a difference is found with probability `power`, a real number
  /// to be rounded up (`wholeSampleSize`): (z_{α/2} + z_β)²·variance/difference².
  ///
  /// - Parameters:
  ///   - difference: Of the two mean scores, in the units of the scores; its sign does not matter.
  ///   - alpha: Two-sided, inside (0, 1).
  ///   - power: Inside (0, 1).
  /// - Returns: Infinite for a difference of 0; 0 where the variance is 0 and the difference not.
  public func sampleSize(detecting difference: Double, alpha: Double, power: Double) -> Double {
    precondition(!difference.isNaN, "a difference is a number")
    if difference == 0 { return .infinity }
    let ratio = Self.quantiles(alpha, power) / difference
    return ratio * ratio * varianceOfDifference
  }

  /// `sampleSize` rounded up; nil where no number is enough, or one that an `Int` cannot hold.
  public func wholeSampleSize(detecting difference: Double, alpha: Double, power: Double) -> Int? {
    let size = sampleSize(detecting: difference, alpha: alpha, power: power)
    return size < 9e18 ? Int(size.rounded(.up)) : nil
  }

  /// The smallest difference that so many examples find with probability `power`:
  /// (z_{α/2} + z_β)·√(variance/n). Infinite without examples.
  ///
  /// - Precondition: The number of examples is not negative; alpha and power lie inside (0, 1).
  public func minimumDetectableEffect(examples: Int, alpha: Double, power: Double) -> Double {
    precondition(examples >= 0, "a count is not negative")
    if examples == 0 { return .infinity }
    return Self.quantiles(alpha, power) * (varianceOfDifference / Double(examples)).squareRoot()
  }

  /// z_{α/2} + z_β, not negative.
  private static func quantiles(_ alpha: Double, _ power: Double) -> Double {
    precondition(alpha > 0 && alpha < 1 && power > 0 && power < 1, "error rates lie in 0...1")
    return max(0, normalQuantile(power) - normalQuantile(alpha / 2))
  }
}
