#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wald's sequential probability ratio test of a pass rate, one grade at a time.
///
/// Passes when the likelihood ratio of `hope` against `target` reaches 1/alpha, stops when it falls
/// to beta. For independent grades with θ ≤ target it passes with probability at most `alpha`,
/// whenever one looks and wherever one ends; `hope` and `beta` set the cost only. A run that is cut
/// short is undecided, and stays valid.
///
/// At the ends the likelihoods are the limits: with target 0 one success passes, with hope 1 one
/// failure stops.
///
/// Source: Wald (1945); validity at every time by Ville (1939).
public struct BernoulliSPRT: Sendable, Hashable, Codable {
  /// H0: θ ≤ target.
  public let target: Double
  /// The rate for which the test is cheapest; above the target.
  public let hope: Double
  /// The chance to pass where θ ≤ target, at most.
  public let alpha: Double
  /// The chance to stop where θ ≥ hope, at most.
  public let beta: Double
  /// Grades taken in that passed.
  public private(set) var successes = 0
  /// Grades taken in that failed.
  public private(set) var failures = 0

  /// - Precondition: 0 ≤ target < hope ≤ 1; alpha and beta lie inside (0, 1).
  public init(target: Double, hope: Double, alpha: Double, beta: Double) {
    precondition(0 <= target && target < hope && hope <= 1, "rates rise from target to hope")
    precondition(0 < alpha && alpha < 1 && 0 < beta && beta < 1, "error rates lie in 0...1")
    self.target = target
    self.hope = hope
    self.alpha = alpha
    self.beta = beta
  }

  /// What a success adds to the log-likelihood ratio: ln(hope/target) > 0. Infinite for target 0.
  public var successIncrement: Double { log1p((hope - target) / target) }

  /// What a failure adds: ln((1−hope)/(1−target)) < 0. −∞ for hope 1.
  public var failureIncrement: Double { log1p(-(hope - target) / (1 - target)) }

  /// ln of the likelihood ratio so far, the logarithm of an e-value against θ ≤ target.
  public var logLikelihoodRatio: Double {
    logLikelihoodRatio(successes: successes, failures: failures)
  }

  /// Where the test stands; undecided without grades.
  public var decision: SequentialDecision { decision(successes: successes, failures: failures) }

  /// Takes in a grade and says where the test stands.
  public mutating func observe(_ pass: Bool) -> SequentialDecision {
    if pass { successes += 1 } else { failures += 1 }
    return decision
  }

  /// ln of the likelihood ratio after these counts; 0 without any.
  ///
  /// - Precondition: Counts are not negative.
  public func logLikelihoodRatio(successes: Int, failures: Int) -> Double {
    precondition(successes >= 0 && failures >= 0, "counts are not negative")
    // Zero times an infinite increment is zero; what both rates exclude is no evidence.
    if failures > 0 && hope == 1 { return -.infinity }
    let up = successes > 0 ? Double(successes) * successIncrement : 0
    return up + (failures > 0 ? Double(failures) * failureIncrement : 0)
  }

  /// What the test would say after these counts, had it not ended before.
  ///
  /// - Precondition: Counts are not negative.
  public func decision(successes: Int, failures: Int) -> SequentialDecision {
    let ratio = logLikelihoodRatio(successes: successes, failures: failures)
    if ratio >= -log(alpha) { return .pass }
    return ratio <= log(beta) ? .stop : .undecided
  }
}
