/// What is believed of a pass rate after independent trials, from a beta prior: Beta(a, b).
///
/// To show, never to certify: a credible bound keeps no error rate at a fixed truth.
///
/// Source: conjugacy of beta and binomial (Bayes 1763); for evals Bowyer, Aitchison and Ivanova
/// (2025).
public struct BetaPosterior: Sendable, Hashable, Codable {
  /// Prior successes and seen ones.
  public let a: Double
  /// Prior failures and seen ones.
  public let b: Double

  /// - Parameters:
  ///   - priorA: 1 with `priorB` 1 is uniform; ½ and ½ are Jeffreys' prior.
  /// - Precondition: 0 ≤ successes ≤ trials; both prior counts are positive and finite.
  public init(successes: Int, trials: Int, priorA: Double = 1, priorB: Double = 1) {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    precondition(
      priorA > 0 && priorB > 0 && priorA.isFinite && priorB.isFinite,
      "a beta prior has positive counts")
    a = priorA + Double(successes)
    b = priorB + Double(trials - successes)
  }

  /// a/(a + b).
  public var mean: Double { a / (a + b) }

  /// P(rate ≥ `rate`). 1 at 0 or less, 0 at 1 or more.
  ///
  /// - Precondition: The rate is not NaN.
  public func probability(atLeast rate: Double) -> Double {
    regularizedIncompleteBetaComplement(rate, a: a, b: b)
  }

  /// The central credible interval, as much belief below it as above.
  ///
  /// Without trials the prior's own.
  ///
  /// - Parameter alpha: 1 − belief, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  public func interval(alpha: Double) -> Interval {
    guard alpha > 0 else { return .anyRate }
    let tail = min(alpha, 1) / 2
    let lower = betaQuantile(tail, a: a, b: b)
    return Interval(lower: lower, upper: max(lower, betaUpperQuantile(tail, a: a, b: b)))
  }
}

extension Interval {
  /// The central credible interval of a pass rate, by default from a uniform prior. To show.
  ///
  /// No trials give 0...1 and not the prior's interval. Never of zero width.
  ///
  /// - Parameter alpha: 1 − belief, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: As `BetaPosterior`.
  ///
  /// Source: see `BetaPosterior`.
  public static func betaCredible(
    successes: Int, trials: Int, alpha: Double, priorA: Double = 1, priorB: Double = 1
  ) -> Interval {
    let posterior = BetaPosterior(
      successes: successes, trials: trials, priorA: priorA, priorB: priorB)
    return trials == 0 ? .anyRate : posterior.interval(alpha: alpha)
  }

  /// The credible interval from Jeffreys' prior, close to nominal coverage on average.
  ///
  /// Not to certify with: at p0 = .99 a nominal 5 % gate is really one of 15 %. No trials give
  /// 0...1. Not moved to 0 or 1 where all trials agree.
  ///
  /// - Parameter alpha: 1 − belief, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: 0 ≤ successes ≤ trials.
  ///
  /// Source: Jeffreys (1946); Brown, Cai and DasGupta (2001).
  public static func jeffreys(successes: Int, trials: Int, alpha: Double) -> Interval {
    betaCredible(successes: successes, trials: trials, alpha: alpha, priorA: 0.5, priorB: 0.5)
  }
}
