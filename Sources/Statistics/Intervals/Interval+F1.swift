extension Interval {
  /// An interval for F1 from the one for J = TP/(TP+FP+FN), as F1 = 2J/(1+J) rises with J.
  ///
  /// Given TP + FP + FN, the true positives are binomial with rate J, so the coverage is that of
  /// the binomial interval. True negatives play no part. No positives of any kind give 0...1.
  ///
  /// - Parameters:
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  ///   - method: Of the interval for J. Those for comparison only may leave 0...1, and are cut off.
  /// - Precondition: Counts are not negative.
  ///
  /// Source: Hand, Christen and Kirielle (2021) for J; Lam, Gopal and Qian (2023), the indirect
  /// methods.
  public static func f1(
    truePositives: Int, falsePositives: Int, falseNegatives: Int, alpha: Double,
    method: BinomialIntervalMethod = .wilson
  ) -> Interval {
    precondition(
      truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0, "counts are not negative")
    let trials = truePositives + falsePositives + falseNegatives
    return f1(
      ofJaccard: method.interval(successes: truePositives, trials: trials, alpha: alpha)
        .clamped(to: 0...1))
  }

  /// The credible interval for F1 with a uniform prior on all four cells of the table, which makes
  /// J ~ Beta(1 + TP, 2 + FP + FN).
  ///
  /// No positives of any kind give 0...1.
  ///
  /// - Parameter alpha: 1 − belief, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: Counts are not negative.
  ///
  /// Source: Dirichlet(1, 1, 1, 1), aggregated; Goutte and Gaussier (2005).
  public static func f1Credible(
    truePositives: Int, falsePositives: Int, falseNegatives: Int, alpha: Double
  ) -> Interval {
    precondition(
      truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0, "counts are not negative")
    return f1(
      ofJaccard: betaCredible(
        successes: truePositives, trials: truePositives + falsePositives + falseNegatives,
        alpha: alpha, priorA: 1, priorB: 2))
  }

  private static func f1(ofJaccard interval: Interval) -> Interval {
    Interval(
      lower: 2 * interval.lower / (1 + interval.lower),
      upper: 2 * interval.upper / (1 + interval.upper))
  }
}
