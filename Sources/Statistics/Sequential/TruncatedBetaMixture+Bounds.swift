#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TruncatedBetaMixture {
  /// A lower bound on the pass rate that holds at every number of grades at once: the largest rate
  /// against which (as an upper bound on θ) the e-value is 1/alpha or more.
  ///
  /// With probability at least 1 − alpha it never exceeds θ. It is wider than Clopper and Pearson's
  /// of the same level, the price for looking at any time. No success, or no grade at all, gives 0.
  ///
  /// The e-value falls in the rate wherever it exceeds 1, for every prior: the logit of a beta
  /// variable has a log-concave density, so the mean of exp(c·excess) is at most h/(h − c), where
  /// h is the prior's hazard and c the slope of the log-likelihood.
  ///
  /// - Parameter alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 0.
  /// - Precondition: Successes are among the trials.
  public func lowerBound(successes: Int, trials: Int, alpha: Double) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    return logistic(
      Self.logitBound(
        priorAlpha, priorBeta, Double(successes), Double(trials - successes), alpha))
  }

  /// An upper bound that holds at every number of grades at once: the smallest rate against which
  /// (as a lower bound on θ) the e-value is 1/alpha or more. No failure gives 1.
  ///
  /// - Parameter alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 1.
  /// - Precondition: Successes are among the trials.
  public func upperBound(successes: Int, trials: Int, alpha: Double) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    return logistic(
      -Self.logitBound(
        priorBeta, priorAlpha, Double(trials - successes), Double(successes), alpha))
  }

  /// The logit of the lower bound; −∞ without a success or a claim.
  private static func logitBound(
    _ a: Double, _ b: Double, _ s: Double, _ f: Double, _ alpha: Double
  ) -> Double {
    guard s > 0, let level = claimedLevel(alpha) else { return -.infinity }
    let threshold = -log(level)
    // From the observed rate on, no rate beyond has a larger likelihood.
    let observed = f == 0 ? 700 : log(s / f)
    return bisect(-700, observed) { w in
      logMixture(logistic(w), logistic(-w), a, b, s, f) >= threshold
    }.below
  }
}
