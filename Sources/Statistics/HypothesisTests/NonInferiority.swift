/// Tests of H0: θ − θ_baseline ≤ −margin, the promise that a new model is not worse by more than a
/// margin. A small p-value shows that it is not.
///
/// A margin of 0 asks for "better", less for "better by so much". With one that is NaN, or of rates
/// and outside −1...1, nothing is shown: statistic 0 and p-value 1.
public enum NonInferiority {
  /// The score test on the same units.
  ///
  /// Its size can reach 6.9 % at a nominal 5 % where every flip is a loss; `exactLosses` is exact
  /// there.
  ///
  /// - Parameters:
  ///   - gains: Units that only the new model passes.
  ///   - losses: Units that only the baseline passes.
  ///   - trials: All units, those on which both agree included. None: statistic 0, p-value 1.
  /// - Precondition: Counts are not negative, and flips are among the trials.
  ///
  /// Source: Tango (1998).
  public static func tango(
    gains: Int, losses: Int, trials: Int, margin: Double
  ) -> TestResult {
    precondition(
      gains >= 0 && losses >= 0 && gains + losses <= trials, "flips are among the trials")
    guard trials > 0, (-1...1).contains(margin) else { return .noData }
    return normal(
      pairedDifferenceScore(gains: gains, losses: losses, trials: trials, difference: -margin))
  }

  /// The score test on different units.
  ///
  /// - Parameters:
  ///   - successes: Of the new model.
  ///   - estimate: `.statsmodels` to compare numbers with it.
  /// - Returns: Statistic 0 and p-value 1 where either side has no trials.
  /// - Precondition: Successes are among the trials.
  ///
  /// Source: Farrington and Manning (1990).
  public static func farringtonManning(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int, margin: Double,
    estimate: RestrictedEstimate = .maximumLikelihood
  ) -> TestResult {
    unpaired(
      successes, trials, baselineSuccesses, baselineTrials, margin, correctingVariance: false,
      estimate)
  }

  /// The score test on different units with the variance times n/(n−1): the counterpart of
  /// `Interval.miettinenNurminen`.
  ///
  /// - Parameters: As `farringtonManning`.
  /// - Returns: Statistic 0 and p-value 1 where either side has no trials.
  /// - Precondition: Successes are among the trials.
  ///
  /// Source: Miettinen and Nurminen (1985).
  public static func miettinenNurminen(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int, margin: Double,
    estimate: RestrictedEstimate = .maximumLikelihood
  ) -> TestResult {
    unpaired(
      successes, trials, baselineSuccesses, baselineTrials, margin, correctingVariance: true,
      estimate)
  }

  /// The t test on paired differences, for scores.
  ///
  /// - Parameter differences: New less baseline, one an independent unit. Shape [n], n ≥ 2.
  /// - Throws: `StatisticsError` for fewer than two, NaN, an infinity, or differences that are all
  ///   alike.
  ///
  /// Source: Student (1908).
  public static func pairedT(
    differences: [Double], margin: Double
  ) throws(StatisticsError) -> TestResult {
    try t(MeanEstimate(differences), margin: margin)
  }

  /// The t test on paired differences of units that depend on each other within clusters: CR1 with
  /// t of G − 1 degrees of freedom.
  ///
  /// - Throws: `StatisticsError` as without clusters, for arrays of different lengths, and for
  ///   fewer than two clusters.
  ///
  /// Source: Cameron and Miller (2015).
  public static func pairedT<Cluster: Hashable>(
    differences: [Double], clusters: [Cluster], margin: Double
  ) throws(StatisticsError) -> TestResult {
    try t(MeanEstimate(differences, clusters: clusters), margin: margin)
  }

  /// The exact test on the losses alone, as θ − θ_baseline ≥ −P(loss): P(X ≤ losses) for X ~
  /// Binomial(trials, margin).
  ///
  /// It takes no credit for gains, so it is sharp where every flip is a loss, and valid always.
  /// 1 without trials, and at a margin of 0 or less.
  ///
  /// - Precondition: 0 ≤ losses ≤ trials.
  ///
  /// Source: the dual of `PairedExact.lowerBound`.
  public static func exactLosses(losses: Int, trials: Int, margin: Double) -> Double {
    precondition(0 <= losses && losses <= trials, "losses are among the trials")
    guard (0...1).contains(margin) else { return 1 }
    return binomialCDF(losses, trials: trials, probability: margin)
  }

  static func t(_ estimate: MeanEstimate, margin: Double) throws(StatisticsError) -> TestResult {
    guard margin.isFinite else { return .noData }
    guard estimate.standardError > 0 else { throw .noSpread(argument: "differences") }
    let statistic = (estimate.mean + margin) / estimate.standardError
    return TestResult(
      statistic: statistic, degreesOfFreedom: estimate.degreesOfFreedom,
      pValue: studentTSurvival(statistic, degreesOfFreedom: estimate.degreesOfFreedom))
  }

  private static func unpaired(
    _ successes: Int, _ trials: Int, _ baselineSuccesses: Int, _ baselineTrials: Int,
    _ margin: Double, correctingVariance: Bool, _ estimate: RestrictedEstimate
  ) -> TestResult {
    precondition(
      0 <= successes && successes <= trials && 0 <= baselineSuccesses
        && baselineSuccesses <= baselineTrials, "successes are among the trials")
    guard trials > 0, baselineTrials > 0, (-1...1).contains(margin) else { return .noData }
    return normal(
      differenceScore(
        successes: successes, trials: trials, baselineSuccesses: baselineSuccesses,
        baselineTrials: baselineTrials, difference: -margin,
        correctingVariance: correctingVariance, estimate: estimate))
  }

  private static func normal(_ statistic: Double) -> TestResult {
    TestResult(statistic: statistic, pValue: normalSurvival(statistic))
  }
}
