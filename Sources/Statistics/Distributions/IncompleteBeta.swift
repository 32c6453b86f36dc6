#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// I_x(a, b), the regularised incomplete beta function: P(X ≤ x) for X ~ Beta(a, b).
///
/// The smaller tail is computed itself and not as a difference, so a tiny value keeps its
/// relative precision. Values of x outside [0, 1] count as its ends.
///
/// Source: Lentz's method on the continued fraction DLMF 8.17.22.
public func regularizedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
  precondition(a > 0 && b > 0, "a beta distribution has positive parameters")
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  if x < (a + 1) / (a + b + 2) { return lowerTail(x, 1 - x, a, b) }
  return 1 - lowerTail(1 - x, x, b, a)
}

/// 1 − I_x(a, b), precise where that is tiny.
public func regularizedIncompleteBetaComplement(_ x: Double, a: Double, b: Double) -> Double {
  regularizedIncompleteBeta(1 - x, a: b, b: a)
}

/// The x at which I_x(a, b) = p, for p in [0, 1].
///
/// Bisection to the last bit: slower than Newton's method, and it cannot miss.
public func betaQuantile(_ p: Double, a: Double, b: Double) -> Double {
  precondition((0...1).contains(p), "a probability lies in 0...1")
  if p == 0 { return 0 }
  if p == 1 { return 1 }
  var (low, high) = (0.0, 1.0)
  while true {
    let middle = (low + high) / 2
    if middle <= low || middle >= high { return middle }
    if regularizedIncompleteBeta(middle, a: a, b: b) < p { low = middle } else { high = middle }
  }
}

/// x^a·(1−x)^b / (a·B(a, b)) times the fraction; `y` is 1 − x.
private func lowerTail(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  let logFront = a * log(x) + b * (y < 0.5 ? log(y) : log1p(-x)) - logBeta(a, b)
  return exp(logFront) * continuedFraction(x, a, b) / a
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
    if abs(change - 1) < 1e-16 { break }
  }
  return fraction
}
