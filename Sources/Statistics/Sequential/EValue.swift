#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Evidence against a hypothesis as the value of a fair bet on it: the mean is at most 1 where the
/// hypothesis holds, so 1/α or more has a probability of at most α.
///
/// Unlike p-values, e-values of dependent tests may be averaged, and those that come one after the
/// other (each a fair bet given what went before) be multiplied.
///
/// Source: Vovk and Wang (2021), "E-values: calibration, combination and applications".
public enum EValue {
  /// The p-value that an e-value is worth: min(1, 1/e). 0 at infinity.
  ///
  /// Evidence from an e-process holds at every time, and so does this p-value of its largest value.
  ///
  /// - Precondition: The e-value is not negative and not NaN.
  public static func pValue(_ eValue: Double) -> Double {
    precondition(eValue >= 0, "an e-value is not negative")
    return min(1, 1 / eValue)
  }

  /// The p-value of an e-value given by its logarithm, precise where the e-value is too large for a
  /// `Double`.
  ///
  /// - Precondition: The logarithm is not NaN; −∞ and +∞ give 1 and 0.
  public static func pValue(logEValue: Double) -> Double {
    precondition(!logEValue.isNaN, "an e-value is a number")
    return min(1, exp(-logEValue))
  }

  /// The mean of e-values, itself an e-value however they depend on each other.
  ///
  /// - Parameter eValues: Shape [m], each at least 0; infinite ones make the mean infinite.
  /// - Throws: `StatisticsError` for no values, and for NaN or a negative one.
  public static func average(_ eValues: [Double]) throws(StatisticsError) -> Double {
    try validate(eValues)
    return eValues.reduce(0) { $0 + $1 / Double(eValues.count) }
  }

  /// The logarithm of the mean of e-values that are given by their logarithms.
  ///
  /// - Throws: `StatisticsError` for no values, and for NaN.
  public static func logAverage(logEValues: [Double]) throws(StatisticsError) -> Double {
    try requireCount(logEValues.count, "logEValues", atLeast: 1)
    if let index = logEValues.firstIndex(where: \.isNaN) {
      throw .notFinite(argument: "logEValues", index: index)
    }
    let largest = logEValues.reduce(-.infinity, max)
    guard largest.isFinite else { return largest }
    let sum = logEValues.reduce(0) { $0 + exp($1 - largest) }
    return largest + log(sum / Double(logEValues.count))
  }

  /// The smallest of several e-values: evidence that every one of their hypotheses fails, as for
  /// "every behavior holds". See `IntersectionUnion`.
  ///
  /// - Throws: `StatisticsError` for no values, and for NaN or a negative one.
  public static func minimum(_ eValues: [Double]) throws(StatisticsError) -> Double {
    try validate(eValues)
    return eValues.reduce(.infinity, min)
  }

  /// The e-value κ·p^(κ−1) of a p-value. Infinite at p = 0.
  ///
  /// - Parameter kappa: Must be chosen before the p-value is seen, inside (0, 1): a small κ pays
  ///   for tiny p-values.
  /// - Precondition: p lies in 0...1 and κ inside (0, 1).
  public static func calibrated(pValue p: Double, kappa: Double) -> Double {
    precondition((0...1).contains(p), "a p-value lies in 0...1")
    precondition(kappa > 0 && kappa < 1, "kappa lies inside (0, 1)")
    return kappa * pow(p, kappa - 1)
  }

  /// The e-value (1 − p + p·ln p) / (p·(ln p)²) of a p-value, which needs no κ: the mean of
  /// κ·p^(κ−1) over κ uniform on [0, 1]. Infinite at p = 0, ½ at p = 1.
  ///
  /// - Precondition: p lies in 0...1.
  public static func calibrated(pValue p: Double) -> Double {
    precondition((0...1).contains(p), "a p-value lies in 0...1")
    if p == 0 { return .infinity }
    let logP = log(p)
    if logP > -0.5 {
      // The numerator is Σ (k−1)/k!·(ln p)^k from k = 2 on.
      var (sum, term) = (0.0, 0.5)
      for k in 2..<24 {
        sum += Double(k - 1) * term
        term *= logP / Double(k + 1)
      }
      return sum / p
    }
    return (1 - p + p * logP) / (logP * logP) / p
  }

  private static func validate(_ eValues: [Double]) throws(StatisticsError) {
    try requireCount(eValues.count, "eValues", atLeast: 1)
    for (index, value) in eValues.enumerated() where !(value >= 0) {
      if value.isNaN { throw .notFinite(argument: "eValues", index: index) }
      throw .outOfRange(
        argument: "eValues", index: index, value: value, range: 0...Double.infinity)
    }
  }
}
