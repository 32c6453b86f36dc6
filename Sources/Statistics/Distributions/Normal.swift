#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Φ(z), the standard normal distribution function, precise in the lower tail.
///
/// - Precondition: z is not NaN; infinities give 0 and 1.
public func normalCDF(_ z: Double) -> Double {
  precondition(!z.isNaN, "a distribution function is asked at a number")
  return erfc(-z / 2.0.squareRoot()) / 2
}

/// 1 − Φ(z), precise in the upper tail.
///
/// - Precondition: z is not NaN.
public func normalSurvival(_ z: Double) -> Double { normalCDF(-z) }

/// ln Φ(z), finite where Φ(z) is too small for a `Double`. −∞ at −∞.
///
/// - Precondition: z is not NaN.
///
/// Source: below −37 the asymptotic series of Mills' ratio, DLMF 7.12.1.
public func normalLogCDF(_ z: Double) -> Double {
  if z == -.infinity { return -.infinity }
  if z > 0 { return log1p(-normalCDF(-z)) }
  if z > -37 { return log(normalCDF(z)) }
  let inverse = 1 / (z * z)
  var (sum, term) = (1.0, 1.0)
  for j in 1...8 {
    term *= -Double(2 * j - 1) * inverse
    sum += term
  }
  return normalLogDensity(z) - log(-z) + log(sum)
}

/// The logarithm of the standard normal density at z. −∞ at both infinities.
public func normalLogDensity(_ z: Double) -> Double {
  -0.5 * z * z - 0.5 * log(2 * Double.pi)
}

/// The z at which Φ(z) = p. Infinite at 0 and 1.
///
/// Precise for tiny p; for the upper tail take −normalQuantile(q) of the tail's own probability q.
///
/// - Precondition: p lies in 0...1.
public func normalQuantile(_ p: Double) -> Double {
  precondition((0...1).contains(p), "a probability lies in 0...1")
  if p == 0 { return -.infinity }
  if p == 1 { return .infinity }
  if p > 0.5 { return -normalQuantile(1 - p) }
  if p == 0.5 { return 0 }
  return normalQuantile(logProbability: log(p))
}

/// The z at which ln Φ(z) = `logProbability`, for probabilities too small for a `Double` as well.
///
/// - Precondition: `logProbability` ≤ 0.
///
/// Source: Newton's method on ln Φ, which is concave, from the bound Φ(−x) < exp(−x²/2).
public func normalQuantile(logProbability: Double) -> Double {
  precondition(logProbability <= 0, "the logarithm of a probability is not positive")
  if logProbability == -.infinity { return -.infinity }
  if logProbability == 0 { return .infinity }
  if logProbability > -0.6931471805599453 {
    return -normalQuantile(logProbability: logOneMinusExp(logProbability))
  }
  return logConcaveQuantile(
    logProbability, from: -(-2 * logProbability).squareRoot(), scale: 1
  ) { (normalLogCDF($0), normalLogDensity($0)) }
}
