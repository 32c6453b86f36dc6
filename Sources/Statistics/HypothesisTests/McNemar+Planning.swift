#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension McNemar {
  /// The chance that the exact one-sided test finds that a model became worse.
  ///
  /// Exact: summed over the number of flips, and given it over the losses among them. The test is
  /// discrete, so its size is mostly well below `alpha`, and its power a saw-tooth in `trials`.
  ///
  /// - Parameters:
  ///   - trials: Independent units that both models answer; 0 finds nothing.
  ///   - lossRate: The chance that a unit passed before and fails now, in 0...1.
  ///   - gainRate: The reverse, in 0...1; both together at most 1.
  ///   - alpha: One-sided, in (0, 1).
  /// - Precondition: Rates are as above, and trials are not negative.
  ///
  /// Source: the unconditional power of McNemar's exact test, Duffy (1984).
  public static func power(
    trials: Int, lossRate: Double, gainRate: Double, alpha: Double
  ) -> Double {
    precondition(
      trials >= 0 && lossRate >= 0 && gainRate >= 0 && lossRate + gainRate <= 1 + 1e-12,
      "losses and gains are parts of the units")
    precondition(alpha > 0 && alpha < 1, "a level lies in 0...1")
    var limits = LossLimits(alpha: alpha)
    return power(trials: trials, lossRate: lossRate, gainRate: gainRate, limits: &limits)
  }

  /// The smallest number of units with which the exact one-sided test has this power, up to the
  /// saw-tooth: it is found by halving, so that a somewhat smaller one may do as well.
  ///
  /// - Parameters: As for `power(trials:lossRate:gainRate:alpha:)`; `power` lies in (0, 1).
  /// - Returns: Nil where losses are not more likely than gains, or where 2²⁰ units are not enough.
  ///
  /// Source: as there.
  public static func smallestTrials(
    power: Double, lossRate: Double, gainRate: Double, alpha: Double
  ) -> Int? {
    precondition(power > 0 && power < 1, "a power is a probability")
    guard lossRate > gainRate else { return nil }
    var limits = LossLimits(alpha: alpha)
    func isEnough(_ trials: Int) -> Bool {
      trials > most
        || Self.power(trials: trials, lossRate: lossRate, gainRate: gainRate, limits: &limits)
          >= power
    }
    // The normal approximation is a place to begin.
    let (flips, drop) = (lossRate + gainRate, lossRate - gainRate)
    let spread =
      -normalQuantile(alpha) * flips.squareRoot()
      + normalQuantile(power) * max(0, flips - drop * drop).squareRoot()
    let guess = min(Double(most), max(1, 0.8 * (spread / drop) * (spread / drop)))
    let start = isEnough(Int(guess)) ? 1 : Int(guess)
    return smallestWhole(from: start, isReached: isEnough).flatMap { $0 > most ? nil : $0 }
  }

  /// The most units that a plan considers.
  private static let most = 1 << 20

  private static func power(
    trials: Int, lossRate: Double, gainRate: Double, limits: inout LossLimits
  ) -> Double {
    let flipRate = min(1, lossRate + gainRate)
    guard flipRate > 0 else { return 0 }
    let lossShare = min(1, lossRate / flipRate)
    let center = Double(trials) * flipRate
    // Eight standard deviations, with room for skewed ones.
    let reach = 8 * (center * (1 - flipRate)).squareRoot() + 30
    var power = 0.0
    for flips in max(0, Int(center - reach))...min(trials, Int(center + reach)) {
      let limit = limits[flips]
      guard limit <= flips else { continue }
      power +=
        exp(binomialLogMass(flips, trials: trials, probability: flipRate))
        * binomialSurvival(limit, trials: flips, probability: lossShare)
    }
    return min(1, power)
  }
}

/// The fewest losses with which the exact one-sided test rejects, by the number of flips.
private struct LossLimits {
  private let alpha: Double
  private var known: [Int: Int] = [:]

  init(alpha: Double) {
    self.alpha = alpha
  }

  /// One more than there are flips where the test never rejects.
  subscript(flips: Int) -> Int {
    mutating get {
      if let limit = known[flips] { return limit }
      let limit = find(flips)
      known[flips] = limit
      return limit
    }
  }

  private func rejects(_ losses: Int, of flips: Int) -> Bool {
    McNemar.exactOneSided(gains: losses, losses: flips - losses) <= alpha
  }

  private func find(_ flips: Int) -> Int {
    // With one flip more the limit stays or rises by one.
    if let before = known[flips - 1], before <= flips {
      return rejects(before, of: flips) ? before : before + 1
    }
    var (low, high) = (-1, flips + 1)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if rejects(middle, of: flips) { high = middle } else { low = middle }
    }
    return high
  }
}
