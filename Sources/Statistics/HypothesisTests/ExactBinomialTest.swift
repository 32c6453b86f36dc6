/// The exact test of H0: θ ≤ target on a fixed number of independent trials. It passes with at most
/// `maximumFailures` failures, and does so with probability at most `alpha` where H0 holds.
///
/// Source: the binomial distribution (Clopper and Pearson 1934, one-sided).
public struct ExactBinomialTest: Sendable, Hashable, Codable {
  /// n, at least 1.
  public let trials: Int
  /// c: the largest number of failures with which the test passes.
  public let maximumFailures: Int
  /// p0, the largest rate under H0.
  public let target: Double
  /// The level that `size` does not exceed.
  public let alpha: Double

  /// The test with the largest c that keeps the level.
  ///
  /// - Parameters:
  ///   - target: H0: θ ≤ target, in 0...1. At 0 any success passes; at 1 nothing can.
  ///   - alpha: The level, in (0, 1).
  /// - Returns: Nil where even no failure at all would not show the target at this level: too few
  ///   trials, a target of 1, or a target or level that is NaN or out of range.
  /// - Precondition: trials ≥ 0.
  public init?(trials: Int, target: Double, alpha: Double) {
    precondition(trials >= 0, "a test has trials")
    guard trials > 0, (0...1).contains(target), alpha < 1 else { return nil }
    func size(_ failures: Int) -> Double {
      binomialCDF(failures, trials: trials, probability: 1 - target)
    }
    guard size(0) <= alpha else { return nil }
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

  /// Whether so many failures show θ > target.
  public func passes(failures: Int) -> Bool { failures <= maximumFailures }

  /// The probability of passing at the target itself: the largest under H0, at most `alpha`.
  public var size: Double { power(at: target) }

  /// The probability of passing at a true pass rate.
  ///
  /// - Precondition: The rate lies in 0...1.
  public func power(at rate: Double) -> Double {
    binomialCDF(maximumFailures, trials: trials, probability: 1 - rate)
  }
}

extension ExactBinomialTest {
  /// P(X ≥ successes) at θ = target: the p-value against θ ≤ target. 1 without trials, and for a
  /// target that is NaN or out of range.
  ///
  /// - Precondition: trials ≥ 0.
  public static func pValue(successes: Int, trials: Int, target: Double) -> Double {
    guard (0...1).contains(target) else { return 1 }
    return binomialSurvival(successes, trials: trials, probability: target)
  }

  /// P(X ≤ successes) at θ = target: the p-value against θ ≥ target. 1 without trials, and for a
  /// target that is NaN or out of range.
  ///
  /// - Precondition: trials ≥ 0.
  public static func pValueBelow(successes: Int, trials: Int, target: Double) -> Double {
    guard (0...1).contains(target) else { return 1 }
    return binomialCDF(successes, trials: trials, probability: target)
  }

  /// The probability at θ = target of all outcomes no likelier than the one seen: the p-value
  /// against θ = target. 1 without trials, and for a target that is NaN or out of range.
  ///
  /// - Precondition: 0 ≤ successes ≤ trials.
  ///
  /// Source: Sterne (1954), as in scipy and R.
  public static func pValueTwoSided(successes: Int, trials: Int, target: Double) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard trials > 0, (0...1).contains(target) else { return 1 }
    return probabilityOfNoLikelier(
      than: successes, support: 0...trials,
      peak: min(trials, Int((Double(trials) + 1) * target)),
      logMass: { binomialLogMass($0, trials: trials, probability: target) },
      cdf: { binomialCDF($0, trials: trials, probability: target) },
      survival: { binomialSurvival($0, trials: trials, probability: target) })
  }
}
