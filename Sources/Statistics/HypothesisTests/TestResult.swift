/// What a test of a hypothesis found.
public struct TestResult: Sendable, Hashable, Codable {
  /// In standard errors, or chi-square. Infinite where what was seen is impossible under H0.
  public let statistic: Double
  /// Of the t or chi-square distribution that the p-value comes from; nil for the normal one.
  public let degreesOfFreedom: Double?
  /// In [0, 1].
  public let pValue: Double

  /// - Parameter degreesOfFreedom: Of the t or chi-square distribution; nil for the normal one.
  public init(statistic: Double, degreesOfFreedom: Double? = nil, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
  }

  /// A test that saw nothing: statistic 0, p-value 1.
  static let noData = TestResult(statistic: 0, pValue: 1)
}
