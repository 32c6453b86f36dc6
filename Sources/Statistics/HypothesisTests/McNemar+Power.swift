#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension McNemar {
  /// The probability that the exact one-sided test finds the model better, before any unit is seen.
  ///
  /// Adds up over the number of flips, of those that matter: about √trials terms.
  ///
  /// - Parameters:
  ///   - trials: Units, those on which both agree included.
  ///   - gainRate: The true share of units that only the new model passes.
  ///   - lossRate: The true share of units that only the baseline passes.
  ///   - alpha: The level, in (0, 1). 0, less, or NaN: power 0.
  /// - Precondition: trials ≥ 0; rates are not negative and sum to 1 at most.
  ///
  /// Source: Lachenbruch (1992), the unconditional power of the conditional test.
  public static func exactPower(
    trials: Int, gainRate: Double, lossRate: Double, alpha: Double
  ) -> Double {
    precondition(
      trials >= 0 && gainRate >= 0 && lossRate >= 0 && gainRate + lossRate <= 1 + 1e-15,
      "shares of all units sum to 1 at most")
    guard alpha > 0 else { return 0 }
    if alpha >= 1 { return 1 }
    let flipRate = min(1, gainRate + lossRate)
    guard flipRate > 0 else { return 0 }
    let center = Double(trials) * flipRate
    let reach = 9 * (center * (1 - flipRate)).squareRoot() + 60
    let first = max(0, Int(center - reach))
    let last = min(trials, Int(center + reach))
    var needed = fewestGains(flips: first, alpha: alpha)
    var power = 0.0
    for flips in first...last {
      // One flip more needs as many gains, or one more; more than there are flips is none.
      guard needed <= flips else { continue }
      if exactOneSided(gains: needed, losses: flips - needed) > alpha { needed += 1 }
      guard needed <= flips else { continue }
      power += exp(
        binomialLogMass(flips, trials: trials, probability: flipRate)
          + binomialLogSurvival(needed, trials: flips, probability: gainRate / flipRate))
    }
    return min(1, power)
  }

  /// The least number of gains at which the test rejects; flips + 1 where none does.
  private static func fewestGains(flips: Int, alpha: Double) -> Int {
    var (low, high) = (-1, flips + 1)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if exactOneSided(gains: middle, losses: flips - middle) <= alpha {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }
}
