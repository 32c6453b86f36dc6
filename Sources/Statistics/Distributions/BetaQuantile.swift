#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The x at which I_x(a, b) = p, for p in [0, 1].
///
/// Precise in both tails as far as a `Double` near x can be; an x near 1 is better asked for as
/// `1 − betaUpperQuantile` of the mirrored distribution.
///
/// - Precondition: p lies in 0...1; a and b are positive and finite.
///
/// Source: Newton's method on the logarithm of the smaller tail against the logit of x. That
/// logarithm is concave, so from below the iterates rise to the root.
public func betaQuantile(_ p: Double, a: Double, b: Double) -> Double {
  precondition((0...1).contains(p), "a probability lies in 0...1")
  if p == 0 { return 0 }
  if p == 1 { return 1 }
  return logistic(betaQuantileLogit(lower: p, a: a, b: b))
}

/// The x at which 1 − I_x(a, b) = q: as `betaQuantile(1 - q, …)`, and precise for a tiny q.
///
/// - Precondition: q lies in 0...1; a and b are positive and finite.
public func betaUpperQuantile(_ q: Double, a: Double, b: Double) -> Double {
  precondition((0...1).contains(q), "a probability lies in 0...1")
  if q == 0 { return 1 }
  if q == 1 { return 0 }
  // 1 − X ~ Beta(b, a).
  return logistic(-betaQuantileLogit(lower: q, a: b, b: a))
}

/// 1/(1 + e^−w): both it and its complement `logistic(-w)` are precise.
func logistic(_ w: Double) -> Double { 1 / (1 + exp(-w)) }

/// The logit of the x at which I_x(a, b) = p, for p inside (0, 1).
func betaQuantileLogit(lower p: Double, a: Double, b: Double) -> Double {
  // The tails and the log-density of the logit w. Far out the distribution is a power of x or 1 − x.
  func tails(_ w: Double) -> (tails: Tails, kernel: Double) {
    if w < -600 {
      let kernel = a * w - logBeta(a, b)
      return (Tails(logLower: kernel - log(a)), kernel)
    }
    if w > 600 {
      let kernel = -b * w - logBeta(a, b)
      return (Tails(logUpper: kernel - log(b)), kernel)
    }
    return betaTailsAndKernel(logistic(w), logistic(-w), a: a, b: b)
  }
  let mean = log(a / b)
  let scale = (1 / a + 1 / b).squareRoot()
  // From where the root would be if the logit were normal.
  let start = mean + scale * normalQuantile(p)
  return p < tails(mean).tails.lower
    ? logConcaveQuantile(log(p), from: start, scale: scale / 4) { w in
      let (tails, kernel) = tails(w)
      return (tails.logLower, kernel)
    }
    : -logConcaveQuantile(log1p(-p), from: -start, scale: scale / 4) { w in
      let (tails, kernel) = tails(-w)
      return (tails.logUpper, kernel)
    }
}

/// The w at which the logarithm of a distribution function is `target`, where the density is
/// log-concave.
///
/// - Parameters:
///   - start: Anywhere near the middle of the distribution.
///   - scale: About its width.
///   - distribution: Both logarithms, of the distribution function and of the density.
func logConcaveQuantile(
  _ target: Double, from start: Double, scale: Double,
  _ distribution: (Double) -> (logLower: Double, logDensity: Double)
) -> Double {
  var w = start
  var (logLower, logDensity) = distribution(w)
  // Down to below the root; a Newton step from above might land too far away.
  var stride = scale
  while logLower > target {
    w -= stride
    stride *= 2
    (logLower, logDensity) = distribution(w)
  }
  // From below Newton's steps lead up, and past the root by rounding errors only: one step back
  // makes good for those.
  for _ in 0..<1000 {
    let step = (target - logLower) * exp(logLower - logDensity)
    w += step
    if !(step > abs(w) * 1e-16) { break }
    (logLower, logDensity) = distribution(w)
  }
  return w
}
