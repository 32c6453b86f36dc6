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
