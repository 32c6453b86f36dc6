#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exact test of H0: θ ≤ target on a fixed number of independent trials. It passes with at most
/// `maximumFailures` failures, and does so with probability at most `alpha` where H0 holds.
public struct ExactBinomialTest: Sendable, Hashable, Codable {
  public let trials: Int
  /// c: the largest number of failures with which the test passes.
  public let maximumFailures: Int
  public let target: Double
  public let alpha: Double

  /// The test with the largest c that keeps the level.
  ///
  /// - Returns: Nil where even no failure at all would not show the target at this level.
  public init?(trials: Int, target: Double, alpha: Double) {
    precondition(trials >= 0 && (0...1).contains(target), "a test has trials and a target rate")
    func size(_ failures: Int) -> Double {
      binomialCDF(failures, trials: trials, probability: 1 - target)
    }
    guard trials > 0, size(0) <= alpha else { return nil }
    // size(low) keeps the level and size(high) does not; size(trials) is 1.
    var (low, high) = (0, trials)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if size(middle) <= alpha { low = middle } else { high = middle }
    }
    self.trials = trials
    maximumFailures = low
    self.target = target
    self.alpha = alpha
  }

  public func passes(failures: Int) -> Bool { failures <= maximumFailures }

  /// The probability of passing at the target itself: the largest under H0, at most `alpha`.
  public var size: Double { power(at: target) }

  /// The probability of passing at a true pass rate.
  public func power(at rate: Double) -> Double {
    binomialCDF(maximumFailures, trials: trials, probability: 1 - rate)
  }

  /// P(X ≥ successes) at θ = target: the p-value against θ ≤ target.
  public static func pValue(successes: Int, trials: Int, target: Double) -> Double {
    binomialSurvival(successes, trials: trials, probability: target)
  }

  /// P(X ≤ successes) at θ = target: the p-value against θ ≥ target. 1 without trials.
  public static func pValueBelow(successes: Int, trials: Int, target: Double) -> Double {
    binomialCDF(successes, trials: trials, probability: target)
  }
}
