extension McNemar {
  /// P(the challenger's pass rate is higher | the paired grades), with a uniform prior on the four
  /// outcomes of a pair. ½ without flips.
  ///
  /// A degree of belief to show, not an error rate: never gate on it.
  ///
  /// - Parameters:
  ///   - gains: Units that only the challenger passes.
  ///   - losses: Units that only the champion passes.
  /// - Precondition: Counts are not negative.
  ///
  /// Source: under Dirichlet(1, 1, 1, 1) the share of gains among flips is
  /// Beta(1 + gains, 1 + losses); better means above ½. (Bowyer, Aitchison and Ivanova 2025.)
  public static func posteriorBetter(gains: Int, losses: Int) -> Double {
    precondition(gains >= 0 && losses >= 0, "counts are not negative")
    return regularizedIncompleteBeta(0.5, a: 1 + Double(losses), b: 1 + Double(gains))
  }
}
