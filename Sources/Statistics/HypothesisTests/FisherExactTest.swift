/// The exact test of two pass rates on different units, given how many passed altogether.
///
/// Source: Fisher (1935).
public enum FisherExactTest {
  /// The p-value against equal rates.
  ///
  /// - Parameters:
  ///   - successes: Of the new model.
  ///   - alternative: `.greater`: the new model's rate is higher. `.twoSided` adds up all tables
  ///     that are no likelier than the one seen, as scipy and R do.
  /// - Returns: 1 where either side has no trials.
  /// - Precondition: Successes are among the trials.
  public static func pValue(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int,
    alternative: Alternative = .twoSided
  ) -> Double {
    precondition(
      0 <= successes && successes <= trials && 0 <= baselineSuccesses
        && baselineSuccesses <= baselineTrials, "successes are among the trials")
    let passes = Hypergeometric(
      population: trials + baselineTrials, marked: successes + baselineSuccesses, draws: trials)
    switch alternative {
    case .greater: return passes.survival(successes)
    case .less: return passes.cdf(successes)
    case .twoSided:
      // (draws + 1)(marked + 1)/(population + 2), rounded down, is the likeliest count.
      let peak = Int(
        (Double(trials) + 1) * ((Double(passes.marked) + 1) / (Double(passes.population) + 2)))
      return probabilityOfNoLikelier(
        than: successes, support: passes.support,
        peak: min(max(peak, passes.support.lowerBound), passes.support.upperBound),
        logMass: passes.logMass, cdf: passes.cdf, survival: passes.survival)
    }
  }
}
