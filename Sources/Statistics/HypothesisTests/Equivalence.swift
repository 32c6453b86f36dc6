/// Tests of equivalence: two one-sided tests, each at the full level, that the difference lies
/// above a lower limit and below an upper one. The p-value is the larger of both.
///
/// Source: Schuirmann (1987).
public enum Equivalence {
  /// Of two pass rates on different units, by Miettinen and Nurminen's score test.
  ///
  /// - Parameters:
  ///   - successes: Of the new model.
  ///   - limits: Differences that count as equal, within −1...1.
  ///   - estimate: `.statsmodels` to compare numbers with it.
  /// - Returns: The p-value; 1 where either side has no trials or a limit lies outside −1...1.
  /// - Precondition: Successes are among the trials.
  public static func unpaired(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int,
    limits: ClosedRange<Double>, estimate: RestrictedEstimate = .maximumLikelihood
  ) -> Double {
    let above = NonInferiority.miettinenNurminen(
      successes: successes, trials: trials, baselineSuccesses: baselineSuccesses,
      baselineTrials: baselineTrials, margin: -limits.lowerBound, estimate: estimate)
    let below = score(
      successes, trials, baselineSuccesses, baselineTrials, limits.upperBound, estimate)
    return max(above.pValue, below)
  }

  /// Of two pass rates on the same units, by Tango's score test.
  ///
  /// - Parameters:
  ///   - gains: Units that only the new model passes.
  ///   - losses: Units that only the baseline passes.
  ///   - limits: Differences that count as equal, within −1...1.
  /// - Returns: The p-value; 1 without trials or where a limit lies outside −1...1.
  /// - Precondition: Flips are among the trials.
  public static func paired(
    gains: Int, losses: Int, trials: Int, limits: ClosedRange<Double>
  ) -> Double {
    let above = NonInferiority.tango(
      gains: gains, losses: losses, trials: trials, margin: -limits.lowerBound)
    let below = NonInferiority.tango(
      gains: losses, losses: gains, trials: trials, margin: limits.upperBound)
    return max(above.pValue, below.pValue)
  }

  /// Of a mean difference to nothing, by t.
  ///
  /// - Parameters:
  ///   - estimate: Of paired differences, with or without clusters.
  ///   - limits: Differences that count as equal.
  /// - Throws: `StatisticsError.noSpread` for a standard error of 0.
  public static func mean(
    _ estimate: MeanEstimate, limits: ClosedRange<Double>
  ) throws(StatisticsError) -> Double {
    let mirrored = MeanEstimate(
      mean: -estimate.mean, standardError: estimate.standardError, units: estimate.units)
    let above = try NonInferiority.t(estimate, margin: -limits.lowerBound)
    let below = try NonInferiority.t(mirrored, margin: limits.upperBound)
    return max(above.pValue, below.pValue)
  }

  private static func score(
    _ successes: Int, _ trials: Int, _ baselineSuccesses: Int, _ baselineTrials: Int,
    _ upper: Double, _ estimate: RestrictedEstimate
  ) -> Double {
    guard trials > 0, baselineTrials > 0, (-1...1).contains(upper) else { return 1 }
    return normalCDF(
      differenceScore(
        successes: successes, trials: trials, baselineSuccesses: baselineSuccesses,
        baselineTrials: baselineTrials, difference: upper, correctingVariance: true,
        estimate: estimate))
  }
}
