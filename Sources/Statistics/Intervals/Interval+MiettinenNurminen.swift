extension Interval {
  /// The score interval of a difference of two pass rates on different units.
  ///
  /// The differences that the test of `NonInferiority.miettinenNurminen` would not reject. In
  /// −1...1, never of zero width; −1...1 where either side has no trials.
  ///
  /// - Parameters:
  ///   - successes: Of the model in question.
  ///   - baselineSuccesses: Of the one whose rate is subtracted.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −1...1.
  ///   - estimate: `.statsmodels` to compare numbers with it.
  /// - Precondition: Successes are among the trials.
  ///
  /// Source: Miettinen and Nurminen (1985).
  public static func miettinenNurminen(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int, alpha: Double,
    estimate: RestrictedEstimate = .maximumLikelihood
  ) -> Interval {
    precondition(
      0 <= successes && successes <= trials && 0 <= baselineSuccesses
        && baselineSuccesses <= baselineTrials, "successes are among the trials")
    guard trials > 0, baselineTrials > 0, let z = twoSidedNormalQuantile(alpha) else {
      return anyDifference
    }
    let observed =
      Double(successes) / Double(trials) - Double(baselineSuccesses) / Double(baselineTrials)
    return scoreInterval(around: observed, z: z) { difference in
      differenceScore(
        successes: successes, trials: trials, baselineSuccesses: baselineSuccesses,
        baselineTrials: baselineTrials, difference: difference, correctingVariance: true,
        estimate: estimate)
    }
  }
}
