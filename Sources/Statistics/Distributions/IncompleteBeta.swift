#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// I_x(a, b), the regularized incomplete beta function: P(X ≤ x) for X ~ Beta(a, b).
///
/// The smaller tail is computed itself and not as a difference, so a tiny value keeps its
/// relative precision, at a + b = 10⁹ as well, and in constant time. Values of x outside [0, 1]
/// count as its ends.
///
/// - Precondition: a and b are positive and finite; x is not NaN.
///
/// Source: Lentz's method on the continued fraction DLMF 8.17.22; for large a and b quadrature of
/// the tail on the logit scale.
public func regularizedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
  betaTails(x, 1 - x, a: a, b: b).lower
}

/// 1 − I_x(a, b), precise where that is tiny, and where x is.
///
/// - Precondition: As `regularizedIncompleteBeta`.
public func regularizedIncompleteBetaComplement(_ x: Double, a: Double, b: Double) -> Double {
  betaTails(x, 1 - x, a: a, b: b).upper
}

/// ln I_x(a, b), finite also where I_x(a, b) is too small for a `Double`. −∞ at x ≤ 0.
///
/// - Precondition: As `regularizedIncompleteBeta`.
public func logRegularizedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
  betaTails(x, 1 - x, a: a, b: b).logLower
}

/// ln(1 − I_x(a, b)), finite also where it is too small for a `Double`. −∞ at x ≥ 1.
///
/// - Precondition: As `regularizedIncompleteBeta`.
public func logRegularizedIncompleteBetaComplement(_ x: Double, a: Double, b: Double) -> Double {
  betaTails(x, 1 - x, a: a, b: b).logUpper
}

/// The logarithm of the density of Beta(a, b) at x. −∞ outside [0, 1]; +∞ where a < 1 at 0 or
/// b < 1 at 1.
///
/// Precise to a relative 1e-12 of the density for a + b up to 10⁹ where that is not negligible.
///
/// - Precondition: As `regularizedIncompleteBeta`.
///
/// Source: Loader (2000), the saddle-point form.
public func betaLogDensity(_ x: Double, a: Double, b: Double) -> Double {
  precondition(a > 0 && b > 0 && !x.isNaN, "a beta distribution has positive parameters")
  if x < 0 || x > 1 { return -.infinity }
  if x == 0 { return a < 1 ? .infinity : a == 1 ? log(b) : -.infinity }
  if x == 1 { return b < 1 ? .infinity : b == 1 ? log(a) : -.infinity }
  return logBetaKernel(x, 1 - x, a, b) - log(x) - log1p(-x)
}

/// Both tails of a continuous distribution at one point, the smaller one precise.
struct Tails {
  /// ln of the smaller tail, or of one that is about as large.
  private let logDirect: Double
  private let directIsLower: Bool

  init(logLower: Double) { (logDirect, directIsLower) = (min(0, logLower), true) }
  init(logUpper: Double) { (logDirect, directIsLower) = (min(0, logUpper), false) }

  var logLower: Double { directIsLower ? logDirect : logOneMinusExp(logDirect) }
  var logUpper: Double { directIsLower ? logOneMinusExp(logDirect) : logDirect }
  var lower: Double { directIsLower ? exp(logDirect) : -expm1(logDirect) }
  var upper: Double { directIsLower ? -expm1(logDirect) : exp(logDirect) }
}

/// The tails of Beta(a, b) at x; `y` is 1 − x, which the caller may know more precisely.
func betaTails(_ x: Double, _ y: Double, a: Double, b: Double) -> Tails {
  betaTailsAndKernel(x, y, a: a, b: b).tails
}

/// The tails of Beta(a, b) and the log-density of the logit, −∞ at both ends.
func betaTailsAndKernel(
  _ x: Double, _ y: Double, a: Double, b: Double
) -> (tails: Tails, kernel: Double) {
  precondition(
    a > 0 && b > 0 && a.isFinite && b.isFinite, "a beta distribution has positive parameters")
  precondition(!x.isNaN && !y.isNaN, "a beta distribution is asked at a number")
  if x <= 0 { return (Tails(logLower: -.infinity), -.infinity) }
  if y <= 0 { return (Tails(logUpper: -.infinity), -.infinity) }
  let kernel = logBetaKernel(x, y, a, b)
  // a/(a+b) is the mean. Away from it the density of the logit falls ever faster, on the side of a
  // large parameter so soon that quadrature needs few points; the fraction would cancel there.
  let isBelowMean = excess(x, y, a, b) >= 0
  if isBelowMean && a >= 64 {
    return (Tails(logLower: kernel + log(tailIntegral(x, y, a, b))), kernel)
  }
  if !isBelowMean && b >= 64 {
    return (Tails(logUpper: kernel + log(tailIntegral(y, x, b, a))), kernel)
  }
  let tails =
    x * (a + b + 2) < a + 1
    ? Tails(logLower: kernel + log(continuedFraction(x, a, b) / a))
    : Tails(logUpper: kernel + log(continuedFraction(y, b, a) / b))
  return (tails, kernel)
}

/// ln(x^a·y^b / B(a, b)), the log-density of the logit; `y` is 1 − x, both are positive.
///
/// Source: Loader (2000): terms of the size of a + b never appear.
func logBetaKernel(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  let total = a + b
  let excess = excess(x, y, a, b)
  return 0.5 * (log(a / total) + log(b) - log(2 * Double.pi))
    + stirlingRemainder(total) - stirlingRemainder(a) - stirlingRemainder(b)
    - halfDeviance(a, mean: total * x, difference: excess)
    - halfDeviance(b, mean: total * y, difference: -excess)
}

/// a − (a + b)·x, rounded once, from the smaller of x and y.
private func excess(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  x <= y ? fma(-(a + b), x, a) : -fma(-(a + b), y, b)
}

/// The lower tail divided by the density of the logit at x: ∫ of the density over the logits below,
/// in units of the density at x. For x at most the mean.
private func tailIntegral(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  let total = a + b
  let slope = excess(x, y, a, b)
  // The logarithm of the density at a logit lower by s, less the one at x. The exponentials are
  // taken of the smaller of x and y.
  func logRatio(_ s: Double) -> Double {
    x <= y
      ? -slope * s - total * (x * expLessLinear(-s) + logOnePlusLess(x * expm1(-s)))
      : -slope * s - total * (y * expLessLinear(s) + logOnePlusLess(y * expm1(s)))
  }
  return decreasingIntegral(
    logRatio, derivative: { s in total * x / (x + y * exp(s)) - a },
    slope: slope, curvature: total * x * y)
}

private func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  func nudged(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / nudged(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...100_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nudged(1 + even * d)
    c = nudged(1 + even / c)
    fraction *= c * d
    d = 1 / nudged(1 + odd * d)
    c = nudged(1 + odd / c)
    let change = c * d
    fraction *= change
    if abs(change - 1) < 3e-16 { break }
  }
  return fraction
}
