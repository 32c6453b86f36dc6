#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// P(T ≤ t) for Student's t, precise in the lower tail.
///
/// - Parameter degreesOfFreedom: Positive, not necessarily whole; +∞ is the normal distribution.
/// - Precondition: t is not NaN and the degrees of freedom are positive.
///
/// Source: the incomplete beta function, DLMF 8.17 (Student 1908).
public func studentTCDF(_ t: Double, degreesOfFreedom: Double) -> Double {
  exp(studentTLogCDF(t, degreesOfFreedom: degreesOfFreedom))
}

/// P(T > t) for Student's t, precise in the upper tail.
///
/// - Precondition: As `studentTCDF`.
public func studentTSurvival(_ t: Double, degreesOfFreedom: Double) -> Double {
  studentTCDF(-t, degreesOfFreedom: degreesOfFreedom)
}

/// ln P(T ≤ t) for Student's t. −∞ at −∞.
///
/// - Precondition: As `studentTCDF`.
public func studentTLogCDF(_ t: Double, degreesOfFreedom: Double) -> Double {
  precondition(
    !t.isNaN && degreesOfFreedom > 0, "a t distribution has positive degrees of freedom")
  if degreesOfFreedom == .infinity { return normalLogCDF(t) }
  if t == -.infinity { return -.infinity }
  if t > 0 { return logOneMinusExp(studentTLogCDF(-t, degreesOfFreedom: degreesOfFreedom)) }
  // P(T² > t²) = I_x(ν/2, ½) with x = ν/(ν + t²); the ratio form cannot overflow.
  let ratio = t / degreesOfFreedom.squareRoot()
  let square = ratio * ratio
  guard square.isFinite else {
    // x is 1/square; the tail is a power of it.
    let kernel = -degreesOfFreedom * log(abs(ratio)) - logBeta(degreesOfFreedom / 2, 0.5)
    return kernel - log(degreesOfFreedom / 2) - 0.6931471805599453
  }
  return betaTails(1 / (1 + square), square / (1 + square), a: degreesOfFreedom / 2, b: 0.5)
    .logLower - 0.6931471805599453
}

/// The t at which P(T ≤ t) = p. Infinite at 0 and 1.
///
/// Precise for tiny p; for the upper tail take −studentTQuantile(q, …) of the tail's own
/// probability q.
///
/// - Precondition: p lies in 0...1 and the degrees of freedom are positive.
public func studentTQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
  precondition((0...1).contains(p), "a probability lies in 0...1")
  precondition(degreesOfFreedom > 0, "a t distribution has positive degrees of freedom")
  if p == 0 { return -.infinity }
  if p == 1 { return .infinity }
  if p == 0.5 { return 0 }
  if degreesOfFreedom == .infinity { return normalQuantile(p) }
  if p > 0.5 { return -studentTQuantile(1 - p, degreesOfFreedom: degreesOfFreedom) }
  // x = ν/(ν + t²), so t² = ν·(1 − x)/x.
  let logit = betaQuantileLogit(lower: 2 * p, a: degreesOfFreedom / 2, b: 0.5)
  return -degreesOfFreedom.squareRoot() * exp(-logit / 2)
}
