#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ConfidenceSequence {
  /// A two-sided confidence sequence for a pass rate: the rates q with
  /// B(a+s, b+f) / (B(a, b)·q^s·(1−q)^f) < 1/alpha.
  ///
  /// Never empty, never a point; nests with confidence; 0 or 1 is an end where no success or no
  /// failure was seen.
  ///
  /// - Parameters:
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  ///   - priorAlpha: With `priorBeta` the rates for which it is tightest; fixed before any grade.
  /// - Precondition: Successes are among the trials; the prior's parameters are positive and finite.
  ///
  /// Source: Robbins (1970), the beta mixture; Ville (1939).
  public static func betaBinomial(
    successes: Int, trials: Int, alpha: Double, priorAlpha: Double = 1, priorBeta: Double = 1
  ) -> Interval {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    precondition(
      priorAlpha > 0 && priorBeta > 0 && priorAlpha.isFinite && priorBeta.isFinite,
      "a beta distribution has positive parameters")
    guard let level = claimedLevel(alpha) else { return .anyRate }
    let threshold = -log(level)
    func logit(_ a: Double, _ b: Double, _ s: Double, _ f: Double) -> Double {
      if s == 0 { return -.infinity }
      // Of the logit the logarithm of the ratio is convex, and at the observed rate not positive.
      return bisect(-700, f == 0 ? 700 : log(s / f)) { w in
        let (q, p) = (logistic(w), logistic(-w))
        return logBetaKernel(q, p, a, b) - logBetaKernel(q, p, a + s, b + f) >= threshold
      }.below
    }
    let (s, f) = (Double(successes), Double(trials - successes))
    return Interval(
      lower: logistic(logit(priorAlpha, priorBeta, s, f)),
      upper: logistic(-logit(priorBeta, priorAlpha, f, s)))
  }

  /// A two-sided confidence sequence for a pass rate that is tightest near `optimalTrials` grades,
  /// whatever the rate.
  ///
  /// For each rate p the mixture has a prior with mean p, Beta(m·p, m·(1−p)); m makes the bound of
  /// level `optimalAlpha` the lowest at that many grades. One success or none does not exclude a
  /// rate of 0 here, and one failure or none not a rate of 1. Never empty, never a point; nests with
  /// confidence as long as `optimalAlpha` stays.
  ///
  /// - Parameters:
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  ///   - optimalTrials: Positive; fixed before any grade.
  ///   - optimalAlpha: Inside (0, 1).
  /// - Precondition: Successes are among the trials.
  ///
  /// Source: Howard, Ramdas, McAuliffe and Sekhon (2021), the two-sided beta-binomial mixture.
  public static func bernoulli(
    successes: Int, trials: Int, alpha: Double, optimalTrials: Double, optimalAlpha: Double = 0.05
  ) -> Interval {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    // In units of p(1−p), which both variances are multiples of.
    let weight = BetaBinomialMixture.priorVariance(
      NormalMixture.bestVariance(
        optimalVariance: optimalTrials, optimalAlpha: optimalAlpha, isOneSided: false),
      stepVariance: 1)
    guard let level = claimedLevel(alpha) else { return .anyRate }
    let threshold = -log(level)
    func logit(_ s: Double, _ f: Double) -> Double {
      if s <= 1 { return -.infinity }
      // Of p each factor m + i/p of the likelihood ratio is log-convex, and so is their product.
      return bisect(-600, f == 0 ? 600 : log(s / f)) { w in
        let (p, q) = (logistic(w), logistic(-w))
        let (a, b) = (weight * p, weight * q)
        return logBetaKernel(p, q, a, b) - logBetaKernel(p, q, a + s, b + f) >= threshold
      }.below
    }
    let (s, f) = (Double(successes), Double(trials - successes))
    return Interval(lower: logistic(logit(s, f)), upper: logistic(-logit(f, s)))
  }
}
