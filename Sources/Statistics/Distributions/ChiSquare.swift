#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// P(X ≤ x) for a chi-square distribution, precise in the lower tail. 0 at x ≤ 0.
///
/// - Parameter degreesOfFreedom: Positive, not necessarily whole.
/// - Precondition: x is not NaN; the degrees of freedom are positive and finite.
public func chiSquareCDF(_ x: Double, degreesOfFreedom: Double) -> Double {
  gammaTails(x / 2, shape: degreesOfFreedom / 2).lower
}

/// P(X > x) for a chi-square distribution, precise in the upper tail. 1 at x ≤ 0.
///
/// - Precondition: As `chiSquareCDF`.
public func chiSquareSurvival(_ x: Double, degreesOfFreedom: Double) -> Double {
  gammaTails(x / 2, shape: degreesOfFreedom / 2).upper
}

/// ln P(X > x) for a chi-square distribution, finite where the tail is too small for a `Double`.
///
/// - Precondition: As `chiSquareCDF`.
public func chiSquareLogSurvival(_ x: Double, degreesOfFreedom: Double) -> Double {
  gammaTails(x / 2, shape: degreesOfFreedom / 2).logUpper
}

/// The x at which P(X ≤ x) = p. 0 at 0, infinite at 1.
///
/// - Precondition: p lies in 0...1; the degrees of freedom are positive and finite.
public func chiSquareQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
  precondition((0...1).contains(p), "a probability lies in 0...1")
  if p == 0 { return 0 }
  if p == 1 { return .infinity }
  let shape = degreesOfFreedom / 2
  return p < gammaTails(shape, shape: shape).lower
    ? chiSquareLowerQuantile(log(p), shape) : chiSquareUpperQuantile(log1p(-p), shape)
}

/// The x at which P(X > x) = q: as `chiSquareQuantile(1 - q, …)`, and precise for a tiny q.
///
/// - Precondition: q lies in 0...1; the degrees of freedom are positive and finite.
public func chiSquareUpperQuantile(_ q: Double, degreesOfFreedom: Double) -> Double {
  precondition((0...1).contains(q), "a probability lies in 0...1")
  if q == 0 { return .infinity }
  if q == 1 { return 0 }
  let shape = degreesOfFreedom / 2
  return q < gammaTails(shape, shape: shape).upper
    ? chiSquareUpperQuantile(log(q), shape) : chiSquareLowerQuantile(log1p(-q), shape)
}

// Newton's method against ln x, on which scale the density is log-concave.

private func chiSquareLowerQuantile(_ logProbability: Double, _ shape: Double) -> Double {
  let w = logConcaveQuantile(
    logProbability, from: log(shape), scale: 1 / shape.squareRoot()
  ) { w in
    // Below e^−600 the distribution is a power of x.
    let kernel = w < -600 ? shape * w - logGamma(shape) : logGammaKernel(exp(w), shape)
    let lower = w < -600 ? kernel - log(shape) : gammaTails(exp(w), shape: shape).logLower
    return (lower, kernel)
  }
  return 2 * exp(w)
}

private func chiSquareUpperQuantile(_ logProbability: Double, _ shape: Double) -> Double {
  let w = -logConcaveQuantile(
    logProbability, from: -log(shape), scale: 1 / shape.squareRoot()
  ) { w in
    (gammaTails(exp(-w), shape: shape).logUpper, logGammaKernel(exp(-w), shape))
  }
  return 2 * exp(w)
}
