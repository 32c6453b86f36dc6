#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exact test of paired grades: given that a unit flipped, either way is as likely under H0.
///
/// `gains` are units that failed before and pass now, `losses` the reverse. No flips give p = 1,
/// which is no evidence that the two are equal.
public enum McNemar {
  /// P(X ≥ gains) for X ~ Binomial(gains + losses, 1/2): against "no better than before".
  public static func exactOneSided(gains: Int, losses: Int) -> Double {
    binomialSurvival(gains, trials: gains + losses, probability: 0.5)
  }

  /// Against "as good as before", twice the smaller tail.
  public static func exactTwoSided(gains: Int, losses: Int) -> Double {
    min(1, 2 * exactOneSided(gains: max(gains, losses), losses: min(gains, losses)))
  }

  /// The two-sided test that counts the observed table half; its size is nominal on average only.
  public static func midP(gains: Int, losses: Int) -> Double {
    let trials = gains + losses
    guard gains != losses else {
      return 1 - exp(binomialLogMass(gains, trials: trials, probability: 0.5))
    }
    let observed = exp(binomialLogMass(gains, trials: trials, probability: 0.5))
    return exactTwoSided(gains: gains, losses: losses) - observed
  }
}
