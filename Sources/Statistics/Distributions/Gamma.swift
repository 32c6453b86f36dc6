#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The logarithm of Γ(x), for x > 0.
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
public func logBeta(_ a: Double, _ b: Double) -> Double {
  logGamma(a) + logGamma(b) - logGamma(a + b)
}

/// The logarithm of the binomial coefficient, for 0 ≤ k ≤ n.
public func logChoose(_ n: Int, _ k: Int) -> Double {
  precondition(0 <= k && k <= n, "k of n takes 0 ≤ k ≤ n")
  return logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
}
