#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The logarithm of Γ(x), for x > 0.
///
/// - Precondition: x > 0, so not NaN.
public func logGamma(_ x: Double) -> Double {
  precondition(x > 0, "logGamma is for positive arguments")
  #if canImport(Glibc)
    // The reentrant form: `lgamma` writes a global.
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  #else
    return lgamma(x)
  #endif
}

/// The logarithm of B(a, b) = Γ(a)Γ(b)/Γ(a+b), for a, b > 0.
///
/// Large arguments go through Stirling's series, in which their logarithms of Γ cancel before
/// they are computed: at a = b = 10⁹ the relative precision is that of the result.
///
/// - Precondition: Both are positive and finite.
///
/// Source: Didonato and Morris (1992), section 2.
public func logBeta(_ a: Double, _ b: Double) -> Double {
  precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "logBeta is for positive arguments")
  let (small, large) = (min(a, b), max(a, b))
  guard large >= 10 else { return logGamma(a) + logGamma(b) - logGamma(a + b) }
  let total = small + large
  let remainder = stirlingRemainder(large) - stirlingRemainder(total)
  if small >= 10 {
    return -(small - 0.5) * log1p(large / small) - large * log1p(small / large)
      + 0.5 * log(2 * Double.pi / large) + stirlingRemainder(small) + remainder
  }
  return logGamma(small) - (large - 0.5) * log1p(small / large) - small * log(total) + small
    + remainder
}

/// The logarithm of the binomial coefficient, for 0 ≤ k ≤ n.
///
/// - Precondition: 0 ≤ k ≤ n.
public func logChoose(_ n: Int, _ k: Int) -> Double {
  precondition(0 <= k && k <= n, "k of n takes 0 ≤ k ≤ n")
  if k == 0 || k == n { return 0 }
  return -log(Double(n) + 1) - logBeta(Double(k) + 1, Double(n - k) + 1)
}

/// ln Γ(x+1) less Stirling's approximation (x + ½)·ln x − x + ½·ln 2π, for x > 0.
///
/// Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
func stirlingRemainder(_ x: Double) -> Double {
  if x < 16 {
    return logGamma(x + 1) - (x + 0.5) * log(x) + x - 0.5 * log(2 * Double.pi)
  }
  let inverse = 1 / (x * x)
  // The Bernoulli numbers B₂ₖ/(2k(2k−1)).
  let series =
    1.0 / 12
    - inverse
    * (1.0 / 360
      - inverse
      * (1.0 / 1260
        - inverse * (1.0 / 1680 - inverse * (1.0 / 1188 - inverse * (691.0 / 360_360)))))
  return series / x
}

/// x·ln(x/mean) − (x − mean), half the deviance of a Poisson count, for x, mean > 0.
///
/// - Parameter difference: x − mean, which the caller may know more precisely than by subtraction.
///
/// Source: Loader (2000).
func halfDeviance(_ x: Double, mean: Double, difference: Double) -> Double {
  guard abs(difference) < 0.1 * (x + mean) else { return x * log(x / mean) - difference }
  let ratio = difference / (x + mean)
  let square = ratio * ratio
  var sum = difference * ratio
  var power = 2 * x * ratio
  for j in 1..<1000 {
    power *= square
    let next = sum + power / Double(2 * j + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}

/// ln(1 − e^x), for x ≤ 0.
func logOneMinusExp(_ x: Double) -> Double {
  x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x))
}

/// ln(1 + x) − x, precise where x is small; x > −1.
func logOnePlusLess(_ x: Double) -> Double {
  guard abs(x) < 0.25 else { return log1p(x) - x }
  // ln(1+x) = 2(r + r³/3 + r⁵/5 + …) and x = 2r + r·x with r = x/(2+x).
  let r = x / (2 + x)
  let square = r * r
  var (sum, power) = (0.0, 1.0)
  for j in 1...20 {
    sum += power / Double(2 * j + 1)
    power *= square
  }
  return r * (2 * square * sum - x)
}

/// e^x − 1 − x, precise where x is small.
func expLessLinear(_ x: Double) -> Double {
  guard abs(x) < 0.5 else { return expm1(x) - x }
  var (sum, term) = (0.0, x * x / 2)
  for j in 3...20 {
    sum += term
    term *= x / Double(j)
  }
  return sum
}
