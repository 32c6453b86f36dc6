#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a sequential test stands.
public enum SequentialDecision: Sendable, Hashable {
  /// Neither bound is reached.
  case undecided
  /// θ > target is shown.
  case pass
  /// Going on is not worth it: evidence against θ ≥ hope.
  case stop
}

/// Wald's sequential probability ratio test of a pass rate, one grade at a time.
///
/// Passes when the likelihood ratio of `hope` against `target` reaches 1/alpha, stops when it falls
/// to beta. Where θ ≤ target it passes with probability at most `alpha`, whenever one looks;
/// `hope` sets the cost only.
///
/// Source: Wald (1945).
public struct BernoulliSPRT: Sendable, Hashable, Codable {
  public let target: Double
  public let hope: Double
  public let alpha: Double
  public let beta: Double
  public private(set) var successes = 0
  public private(set) var failures = 0

  public init(target: Double, hope: Double, alpha: Double, beta: Double) {
    precondition(0 < target && target < hope && hope < 1, "rates rise from target to hope")
    precondition(0 < alpha && alpha < 1 && 0 < beta && beta < 1, "error rates lie in 0...1")
    self.target = target
    self.hope = hope
    self.alpha = alpha
    self.beta = beta
  }

  /// ln of the likelihood ratio so far.
  public var logLikelihoodRatio: Double {
    Double(successes) * log(hope / target)
      + Double(failures) * (log1p(-hope) - log1p(-target))
  }

  public var decision: SequentialDecision {
    let ratio = logLikelihoodRatio
    if ratio >= -log(alpha) { return .pass }
    return ratio <= log(beta) ? .stop : .undecided
  }

  /// Takes in a grade and says where the test stands.
  public mutating func observe(_ pass: Bool) -> SequentialDecision {
    if pass { successes += 1 } else { failures += 1 }
    return decision
  }
}
