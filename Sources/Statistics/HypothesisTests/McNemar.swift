#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exact test of paired grades: given that a unit flipped, either way is as likely under H0.
///
/// `gains` are units that failed before and pass now, `losses` the reverse. No flips give p = 1,
/// which is no evidence that the two are equal.
///
/// Source: McNemar (1947); the mid-p form Fagerland, Lydersen and Laake (2013).
public enum McNemar {
  /// P(X ≥ gains) for X ~ Binomial(gains + losses, 1/2): against "no better than before".
  ///
  /// - Precondition: Counts are not negative.
  public static func exactOneSided(gains: Int, losses: Int) -> Double {
    precondition(gains >= 0 && losses >= 0, "counts are not negative")
    return binomialSurvival(gains, trials: gains + losses, probability: 0.5)
  }

  /// Against "as good as before", twice the smaller tail.
  ///
  /// - Precondition: Counts are not negative.
  public static func exactTwoSided(gains: Int, losses: Int) -> Double {
    min(1, 2 * exactOneSided(gains: max(gains, losses), losses: min(gains, losses)))
  }

  /// The two-sided p-value less the probability of the table seen; its size is nominal on average
  /// only, and may be exceeded a little.
  ///
  /// - Precondition: Counts are not negative.
  public static func midP(gains: Int, losses: Int) -> Double {
    let trials = gains + losses
    guard trials > 0 else { return 1 }
    let observed = exp(binomialLogMass(gains, trials: trials, probability: 0.5))
    return max(0, exactTwoSided(gains: gains, losses: losses) - observed)
  }

  /// The chi-square test of "as good as before", for many flips: (gains − losses)²/flips.
  ///
  /// - Parameter correctingContinuity: Takes 1 off the difference (Edwards 1948), which brings p
  ///   near that of the exact test.
  /// - Returns: Statistic 0 and p-value 1 without flips.
  /// - Precondition: Counts are not negative.
  public static func chiSquare(
    gains: Int, losses: Int, correctingContinuity: Bool = false
  ) -> TestResult {
    precondition(gains >= 0 && losses >= 0, "counts are not negative")
    let flips = Double(gains) + Double(losses)
    let apart = abs(Double(gains) - Double(losses))
    let difference = correctingContinuity ? max(0, apart - 1) : apart
    let statistic = flips > 0 ? difference * (difference / flips) : 0
    return TestResult(
      statistic: statistic, degreesOfFreedom: 1,
      pValue: chiSquareSurvival(statistic, degreesOfFreedom: 1))
  }
}
