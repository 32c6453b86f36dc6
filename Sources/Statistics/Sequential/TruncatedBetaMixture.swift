#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Evidence about a pass rate that needs no hope: the likelihood, averaged over all rates on the
/// far side of the one that is tested.
///
/// The average is taken over Beta(priorAlpha, priorBeta), cut off at the tested rate. For
/// independent grades each value is an e-value at every time, whatever the prior, which only
/// decides where the evidence grows fastest.
///
/// Source: the method of mixtures (Robbins 1970; Wald 1945, weight functions).
public struct TruncatedBetaMixture: Sendable, Hashable, Codable {
  /// The prior's weight on passes, as if so many had been seen.
  public let priorAlpha: Double
  /// Its weight on failures.
  public let priorBeta: Double

  /// - Precondition: Both parameters are positive and finite; 1 and 1 are the uniform prior.
  public init(priorAlpha: Double = 1, priorBeta: Double = 1) {
    precondition(
      priorAlpha > 0 && priorBeta > 0 && priorAlpha.isFinite && priorBeta.isFinite,
      "a beta distribution has positive parameters")
    self.priorAlpha = priorAlpha
    self.priorBeta = priorBeta
  }

  /// ln of the e-value against θ ≤ rate.
  ///
  /// 0 without grades. At rate 0 a success gives +∞; at rate 1, where the hypothesis always holds,
  /// the value is the limit from below and not positive.
  ///
  /// - Precondition: Successes are among the trials; the rate lies in 0...1.
  public func logEValue(above rate: Double, successes: Int, trials: Int) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    precondition((0...1).contains(rate), "a rate lies in 0...1")
    return Self.logMixture(
      rate, 1 - rate, priorAlpha, priorBeta, Double(successes), Double(trials - successes))
  }

  /// ln of the e-value against θ ≥ rate.
  ///
  /// 0 without grades. At rate 1 a failure gives +∞; at rate 0 the value is not positive.
  ///
  /// - Precondition: Successes are among the trials; the rate lies in 0...1.
  public func logEValue(below rate: Double, successes: Int, trials: Int) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    precondition((0...1).contains(rate), "a rate lies in 0...1")
    return Self.logMixture(
      1 - rate, rate, priorBeta, priorAlpha, Double(trials - successes), Double(successes))
  }

  /// The number of successes that show θ > target at level alpha if no failure comes between.
  ///
  /// - Returns: Nil for a target of 1, and for a level of 0, less, or NaN, which nothing shows.
  /// - Precondition: The target lies in 0...1.
  public func successesWithoutFailure(target: Double, alpha: Double) -> Int? {
    precondition((0...1).contains(target), "a target is a rate")
    guard target < 1, let level = claimedLevel(alpha) else { return nil }
    let threshold = -log(level)
    return smallestWhole(from: 1) {
      logEValue(above: target, successes: $0, trials: $0) >= threshold
    }
  }

  /// ln of the mean of (x/p)^s·((1−x)/(1−p))^f over x ~ Beta(a, b) beyond p; `q` is 1 − p.
  ///
  /// The counts need not be whole. Written with densities and tails that are each precise, the two
  /// likelihoods never appear, so 10⁹ grades cost no digits.
  static func logMixture(
    _ p: Double, _ q: Double, _ a: Double, _ b: Double, _ s: Double, _ f: Double
  ) -> Double {
    if s == 0 && f == 0 { return 0 }
    if p == 0 { return s > 0 ? .infinity : logBeta(a, b + f) - logBeta(a, b) }
    if q == 0 { return f == 0 ? 0 : log(b / (b + f)) }
    let likelihood = logBetaKernel(p, q, a, b) - logBetaKernel(p, q, a + s, b + f)
    return likelihood + betaTails(p, q, a: a + s, b: b + f).logUpper
      - betaTails(p, q, a: a, b: b).logUpper
  }
}
