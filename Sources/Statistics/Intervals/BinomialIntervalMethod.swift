#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A way of putting an interval around a pass rate.
public enum BinomialIntervalMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The one to show.
  case wilson
  /// The exact one.
  case clopperPearson
  /// The credible interval from Jeffreys' prior.
  case jeffreys
  /// The credible interval from a uniform prior.
  case uniformPrior
  /// For comparison only.
  case agrestiCoull
  /// For comparison only.
  case wald

  /// The two-sided interval; see the function of this name on `Interval`.
  ///
  /// - Precondition: 0 ≤ successes ≤ trials.
  public func interval(successes: Int, trials: Int, alpha: Double) -> Interval {
    switch self {
    case .wilson: .wilson(successes: successes, trials: trials, alpha: alpha)
    case .clopperPearson: .clopperPearson(successes: successes, trials: trials, alpha: alpha)
    case .jeffreys: .jeffreys(successes: successes, trials: trials, alpha: alpha)
    case .uniformPrior: .betaCredible(successes: successes, trials: trials, alpha: alpha)
    case .agrestiCoull: .agrestiCoull(successes: successes, trials: trials, alpha: alpha)
    case .wald: .wald(successes: successes, trials: trials, alpha: alpha)
    }
  }

  /// The probability that the interval covers a true rate, added up over all outcomes.
  ///
  /// Outcomes that together have a probability under 1e-15 are left out, so that a long run costs
  /// about √trials intervals.
  ///
  /// - Parameter rate: The truth, in 0...1. 0 and 1 have one outcome each.
  /// - Precondition: trials ≥ 0 and the rate lies in 0...1.
  ///
  /// Source: Brown, Cai and DasGupta (2001).
  public func coverage(trials: Int, rate: Double, alpha: Double) -> Double {
    probability(trials: trials, rate: rate) { successes in
      interval(successes: successes, trials: trials, alpha: alpha).contains(rate)
    }
  }

  /// The probability that the lower bound exceeds a target at which the rate lies exactly: the true
  /// size of a gate that passes then. The gate's nominal size is alpha/2.
  ///
  /// At a target of .99 and a nominal 5 % the worst sizes from 20 trials on are 82 % (Wald), 15 %
  /// (Jeffreys), 7 % (Wilson) and 5 % (Clopper and Pearson).
  ///
  /// - Precondition: trials ≥ 0 and the target lies in 0...1.
  ///
  /// Source: enumeration, as `coverage`.
  public func gateSize(trials: Int, target: Double, alpha: Double) -> Double {
    probability(trials: trials, rate: target) { successes in
      interval(successes: successes, trials: trials, alpha: alpha).lower > target
    }
  }

  private func probability(
    trials: Int, rate: Double, of event: (_ successes: Int) -> Bool
  ) -> Double {
    precondition(trials >= 0 && (0...1).contains(rate), "a binomial has trials and a rate")
    let center = Double(trials) * rate
    // Nine standard deviations, with room for skewed ones.
    let reach = 9 * (center * (1 - rate)).squareRoot() + 60
    let first = max(0, Int(center - reach))
    let last = min(trials, Int(center + reach))
    var sum = 0.0
    for successes in first...last {
      let logMass = binomialLogMass(successes, trials: trials, probability: rate)
      if logMass > -48, event(successes) { sum += exp(logMass) }
    }
    return min(1, sum)
  }
}
