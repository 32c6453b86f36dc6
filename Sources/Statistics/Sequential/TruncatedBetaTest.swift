#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sequential test of a pass rate that needs no hope to be valid and none to pass.
///
/// Passes when the truncated-beta e-value against θ ≤ target reaches 1/alpha. With a hope it stops
/// when the e-value against θ ≥ hope reaches 1/beta; without one it never stops. For independent
/// grades with θ ≤ target it passes with probability at most alpha, and for θ ≥ hope it stops with
/// probability at most beta, whenever one looks.
///
/// Source: `TruncatedBetaMixture`.
public struct TruncatedBetaTest: Sendable, Hashable, Codable {
  /// H0: θ ≤ target.
  public let target: Double
  /// The rate at which giving up would be a miss; nil where the test never gives up.
  public let hope: Double?
  /// The chance to pass where θ ≤ target, at most.
  public let alpha: Double
  /// The chance to stop where θ ≥ hope, at most.
  public let beta: Double
  /// What the rates beyond are weighted by.
  public let mixture: TruncatedBetaMixture
  /// Grades taken in that passed.
  public private(set) var successes = 0
  /// Grades taken in that failed.
  public private(set) var failures = 0

  /// - Precondition: The target lies in 0...1 and under the hope, which is at most 1; alpha and
  ///   beta lie inside (0, 1).
  public init(
    target: Double, hope: Double? = nil, alpha: Double, beta: Double = 0.1,
    mixture: TruncatedBetaMixture = TruncatedBetaMixture()
  ) {
    precondition((0...1).contains(target), "a target is a rate")
    precondition(hope.map { target < $0 && $0 <= 1 } ?? true, "rates rise from target to hope")
    precondition(0 < alpha && alpha < 1 && 0 < beta && beta < 1, "error rates lie in 0...1")
    self.target = target
    self.hope = hope
    self.alpha = alpha
    self.beta = beta
    self.mixture = mixture
  }

  /// ln of the e-value against θ ≤ target.
  public var logEValue: Double {
    mixture.logEValue(above: target, successes: successes, trials: successes + failures)
  }

  /// Where the test stands; undecided without grades.
  public var decision: SequentialDecision { decision(successes: successes, failures: failures) }

  /// Takes in a grade and says where the test stands.
  public mutating func observe(_ pass: Bool) -> SequentialDecision {
    if pass { successes += 1 } else { failures += 1 }
    return decision
  }

  /// What the test would say after these counts, had it not ended before.
  ///
  /// - Precondition: Counts are not negative.
  public func decision(successes: Int, failures: Int) -> SequentialDecision {
    precondition(successes >= 0 && failures >= 0, "counts are not negative")
    let trials = successes + failures
    if mixture.logEValue(above: target, successes: successes, trials: trials) >= -log(alpha) {
      return .pass
    }
    guard let hope else { return .undecided }
    return mixture.logEValue(below: hope, successes: successes, trials: trials) >= -log(beta)
      ? .stop : .undecided
  }
}
