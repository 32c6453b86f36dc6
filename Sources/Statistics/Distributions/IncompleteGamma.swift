#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tails of the gamma distribution of this shape and scale 1 at x: the regularized incomplete
/// gamma functions P and Q.
///
/// - Precondition: x is not NaN; the shape is positive and finite.
///
/// Source: series and continued fraction DLMF 8.11.4 and 8.9.2; for large shapes quadrature of
/// the tail on the logarithmic scale.
func gammaTails(_ x: Double, shape a: Double) -> Tails {
  precondition(a > 0 && a.isFinite && !x.isNaN, "a gamma distribution has a positive shape")
  if x <= 0 { return Tails(logLower: -.infinity) }
  if x == .infinity { return Tails(logUpper: -.infinity) }
  let kernel = logGammaKernel(x, a)
  if a >= 64 {
    return x <= a
      ? Tails(logLower: kernel + log(gammaTailIntegral(x, a, direction: -1)))
      : Tails(logUpper: kernel + log(gammaTailIntegral(x, a, direction: 1)))
  }
  return x < a + 1
    ? Tails(logLower: kernel + log(gammaSeries(x, a) / a))
    : Tails(logUpper: kernel + log(gammaFraction(x, a)))
}

/// ln(x^a·e^−x / Γ(a)), the log-density of ln X; x > 0.
func logGammaKernel(_ x: Double, _ a: Double) -> Double {
  0.5 * log(a / (2 * Double.pi)) - stirlingRemainder(a)
    - halfDeviance(a, mean: x, difference: a - x)
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
private func gammaSeries(_ x: Double, _ a: Double) -> Double {
  var (sum, term) = (1.0, 1.0)
  for step in 1..<10_000 {
    term *= x / (a + Double(step))
    sum += term
    if term < sum * 1e-17 { break }
  }
  return sum
}

/// The upper tail divided by the kernel, by Lentz's method.
private func gammaFraction(_ x: Double, _ a: Double) -> Double {
  let tiny = 1e-300
  func nudged(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / nudged(b)
  var fraction = d
  for step in 1..<10_000 {
    let k = Double(step)
    let numerator = -k * (k - a)
    b += 2
    d = 1 / nudged(numerator * d + b)
    c = nudged(b + numerator / c)
    let change = c * d
    fraction *= change
    if abs(change - 1) < 3e-16 { break }
  }
  return fraction
}

/// ∫ of the density of ln X from ln x outward, in units of that at x.
private func gammaTailIntegral(_ x: Double, _ a: Double, direction: Double) -> Double {
  let slope = abs(a - x)
  return decreasingIntegral(
    { s in -slope * s - x * expLessLinear(direction * s) },
    derivative: { s in direction * (a - x * exp(direction * s)) },
    slope: slope, curvature: x)
}
