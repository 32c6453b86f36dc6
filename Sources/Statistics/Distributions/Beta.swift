#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

public func logGamma(_ x: Double) -> Double { lgamma(x) }

public func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }

/// I_x(a, b), by Lentz's continued fraction.
public func regularizedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b))
  if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
  return 1 - front * fraction(1 - x, b, a) / b
}

private func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  if abs(d) < tiny { d = tiny }
  d = 1 / d
  var h = d
  for m in 1...10_000 {
    let m = Double(m)
    for n in [
      m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
    ] {
      d = 1 + n * d
      if abs(d) < tiny { d = tiny }
      c = 1 + n / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      h *= d * c
    }
    if abs(d * c - 1) < 1e-16 { break }
  }
  return h
}

public func betaQuantile(_ p: Double, a: Double, b: Double) -> Double {
  var (low, high) = (0.0, 1.0)
  for _ in 0..<200 {
    let middle = (low + high) / 2
    if regularizedIncompleteBeta(middle, a: a, b: b) < p { low = middle } else { high = middle }
  }
  return (low + high) / 2
}

/// P(X <= k) for X ~ Binomial(trials, probability).
public func binomialCDF(_ k: Int, trials: Int, probability: Double) -> Double {
  if k < 0 { return 0 }
  if k >= trials { return 1 }
  return regularizedIncompleteBeta(1 - probability, a: Double(trials - k), b: Double(k + 1))
}
