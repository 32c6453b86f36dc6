#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ln P(X = k) for X ~ Binomial(trials, probability).
public func binomialLogMass(_ k: Int, trials: Int, probability: Double) -> Double {
  precondition(trials >= 0 && (0...1).contains(probability), "a binomial has trials and a rate")
  guard (0...trials).contains(k) else { return -.infinity }
  // 0·ln 0 is 0 here.
  let hits = k == 0 ? 0 : Double(k) * log(probability)
  let misses = k == trials ? 0 : Double(trials - k) * log1p(-probability)
  return logChoose(trials, k) + hits + misses
}

/// P(X ≤ k) for X ~ Binomial(trials, probability), precise where it is tiny.
public func binomialCDF(_ k: Int, trials: Int, probability: Double) -> Double {
  precondition(trials >= 0 && (0...1).contains(probability), "a binomial has trials and a rate")
  if k < 0 { return 0 }
  if k >= trials { return 1 }
  return regularizedIncompleteBetaComplement(
    probability, a: Double(k) + 1, b: Double(trials - k))
}

/// P(X ≥ k) for X ~ Binomial(trials, probability), precise where it is tiny.
public func binomialSurvival(_ k: Int, trials: Int, probability: Double) -> Double {
  precondition(trials >= 0 && (0...1).contains(probability), "a binomial has trials and a rate")
  if k <= 0 { return 1 }
  if k > trials { return 0 }
  return regularizedIncompleteBeta(probability, a: Double(k), b: Double(trials - k) + 1)
}
