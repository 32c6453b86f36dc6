/// What a test of a hypothesis found.
public struct TestResult: Sendable, Hashable, Codable {
  /// In standard errors, or chi-square. Infinite where what was seen is impossible under H0.
  public let statistic: Double
  /// Of the t or chi-square distribution that the p-value comes from; nil for the normal one.
  public let degreesOfFreedom: Double?
  /// In [0, 1].
  public let pValue: Double

  public init(statistic: Double, degreesOfFreedom: Double? = nil, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
  }

  /// A test that saw nothing: statistic 0, p-value 1.
  static let noData = TestResult(statistic: 0, pValue: 1)
}

/// What a test looks for evidence of.
public enum Alternative: String, Sendable, Hashable, Codable, CaseIterable {
  /// More, or better, than under H0.
  case greater
  /// Less, or worse.
  case less
  /// Either.
  case twoSided

  /// The p-value of a statistic from the distribution function of one that is symmetric about 0.
  func pValue(_ statistic: Double, cdf: (Double) -> Double) -> Double {
    switch self {
    case .greater: cdf(-statistic)
    case .less: cdf(statistic)
    case .twoSided: min(1, 2 * cdf(-abs(statistic)))
    }
  }
}

/// The probability of all outcomes at most as likely as the one seen, of a count with one peak.
///
/// - Parameters:
///   - logMass: ln of the probability of a count.
///   - cdf: P(X ≤ k).
///   - survival: P(X ≥ k).
func probabilityOfNoLikelier(
  than seen: Int, support: ClosedRange<Int>, peak: Int, logMass: (Int) -> Double,
  cdf: (Int) -> Double, survival: (Int) -> Double
) -> Double {
  // As likely up to rounding errors counts as likely.
  let limit = logMass(seen) + 1e-7
  guard seen != peak, limit < logMass(peak) else { return 1 }
  // From the peak outward on the other side: the first count that is no likelier.
  let step = seen < peak ? 1 : -1
  let end = seen < peak ? support.upperBound : support.lowerBound
  var (near, far) = (peak, end + step)
  while abs(far - near) > 1 {
    let middle = near + (far - near) / 2
    if logMass(middle) <= limit { far = middle } else { near = middle }
  }
  let own = seen < peak ? cdf(seen) : survival(seen)
  let other = far == end + step ? 0 : (seen < peak ? survival(far) : cdf(far))
  return min(1, own + other)
}
