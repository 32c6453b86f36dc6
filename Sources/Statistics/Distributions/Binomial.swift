#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ln P(X = k) for X ~ Binomial(trials, probability). −∞ for an impossible k.
///
/// Precise to about 1e-12 at 10⁹ trials, and in constant time.
///
/// - Precondition: trials ≥ 0 and the probability lies in 0...1.
///
/// Source: Loader (2000), the saddle-point form.
public func binomialLogMass(_ k: Int, trials: Int, probability: Double) -> Double {
  precondition(trials >= 0 && (0...1).contains(probability), "a binomial has trials and a rate")
  guard (0...trials).contains(k) else { return -.infinity }
  let n = Double(trials)
  // 0·ln 0 is 0 here.
  if k == 0 { return trials == 0 ? 0 : n * log1p(-probability) }
  if k == trials { return n * log(probability) }
  if probability == 0 || probability == 1 { return -.infinity }
  let (hits, misses) = (Double(k), Double(trials - k))
  let complement = 1 - probability
  let excess =
    probability <= 0.5 ? fma(-n, probability, hits) : -fma(-n, complement, misses)
  return 0.5 * (log(n / hits) - log(2 * Double.pi * misses))
    + stirlingRemainder(n) - stirlingRemainder(hits) - stirlingRemainder(misses)
    - halfDeviance(hits, mean: n * probability, difference: excess)
    - halfDeviance(misses, mean: n * complement, difference: -excess)
}

/// P(X ≤ k) for X ~ Binomial(trials, probability), precise where it is tiny.
///
/// - Precondition: trials ≥ 0 and the probability lies in 0...1.
public func binomialCDF(_ k: Int, trials: Int, probability: Double) -> Double {
  exp(binomialLogCDF(k, trials: trials, probability: probability))
}

/// P(X ≥ k) for X ~ Binomial(trials, probability), precise where it is tiny.
///
/// - Precondition: trials ≥ 0 and the probability lies in 0...1.
public func binomialSurvival(_ k: Int, trials: Int, probability: Double) -> Double {
  exp(binomialLogSurvival(k, trials: trials, probability: probability))
}

/// ln P(X ≤ k), finite also where the probability is too small for a `Double`.
///
/// - Precondition: trials ≥ 0 and the probability lies in 0...1.
public func binomialLogCDF(_ k: Int, trials: Int, probability: Double) -> Double {
  precondition(trials >= 0 && (0...1).contains(probability), "a binomial has trials and a rate")
  if k < 0 { return -.infinity }
  if k >= trials { return 0 }
  if k == 0 { return Double(trials) * log1p(-probability) }
  return logRegularizedIncompleteBetaComplement(
    probability, a: Double(k) + 1, b: Double(trials - k))
}

/// ln P(X ≥ k), finite also where the probability is too small for a `Double`.
///
/// - Precondition: trials ≥ 0 and the probability lies in 0...1.
public func binomialLogSurvival(_ k: Int, trials: Int, probability: Double) -> Double {
  precondition(trials >= 0 && (0...1).contains(probability), "a binomial has trials and a rate")
  if k <= 0 { return 0 }
  if k > trials { return -.infinity }
  if k == trials { return Double(trials) * log(probability) }
  return logRegularizedIncompleteBeta(probability, a: Double(k), b: Double(trials - k) + 1)
}
