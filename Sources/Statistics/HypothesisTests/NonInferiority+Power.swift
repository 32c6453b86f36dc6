#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension NonInferiority {
  /// The probability that Tango's test shows non-inferiority at a level, by adding up all tables
  /// that matter. At a difference of −margin it is the test's true size.
  ///
  /// A gate without power is theatre: print it beside every verdict. The number of losses that
  /// matter grows with √trials.
  ///
  /// - Parameters:
  ///   - trials: Units, those on which both agree included.
  ///   - gainRate: The true share of units that only the new model passes.
  ///   - lossRate: The true share of units that only the baseline passes.
  ///   - alpha: The level, in (0, 1). 0, less, or NaN: power 0.
  /// - Precondition: trials ≥ 0; rates are not negative and sum to 1 at most.
  ///
  /// Source: enumeration of the trinomial distribution.
  public static func tangoPower(
    trials: Int, gainRate: Double, lossRate: Double, margin: Double, alpha: Double
  ) -> Double {
    pairedPower(trials: trials, gainRate: gainRate, lossRate: lossRate) { gains, losses in
      tango(gains: gains, losses: losses, trials: trials, margin: margin).pValue <= alpha
    }
  }

  /// The probability that the exact test on the losses shows non-inferiority at a level.
  ///
  /// - Precondition: trials ≥ 0 and the rate lies in 0...1.
  ///
  /// Source: the binomial distribution.
  public static func exactLossesPower(
    trials: Int, lossRate: Double, margin: Double, alpha: Double
  ) -> Double {
    guard let test = ExactBinomialTest(trials: trials, target: 1 - margin, alpha: alpha) else {
      return 0
    }
    return test.power(at: 1 - lossRate)
  }

  /// The probability that a test on paired grades passes, where more gains never make it fail.
  ///
  /// - Precondition: trials ≥ 0; rates are not negative and sum to 1 at most.
  static func pairedPower(
    trials: Int, gainRate: Double, lossRate: Double,
    passes: (_ gains: Int, _ losses: Int) -> Bool
  ) -> Double {
    precondition(
      trials >= 0 && gainRate >= 0 && lossRate >= 0 && gainRate + lossRate <= 1 + 1e-15,
      "shares of all units sum to 1 at most")
    let center = Double(trials) * lossRate
    let reach = 9 * max(0, center * (1 - lossRate)).squareRoot() + 60
    var power = 0.0
    for losses in max(0, Int(center - reach))...min(trials, Int(center + reach)) {
      let chance = binomialLogMass(losses, trials: trials, probability: min(1, lossRate))
      guard chance > -50 else { continue }
      let rest = trials - losses
      guard passes(rest, losses) else { continue }
      var (low, high) = (-1, rest)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if passes(middle, losses) { high = middle } else { low = middle }
      }
      // Among the units that were not lost.
      let share = lossRate < 1 ? min(1, gainRate / (1 - lossRate)) : 0
      power += exp(chance + binomialLogSurvival(high, trials: rest, probability: share))
    }
    return min(1, power)
  }
}
