/// Evidence from paired scores that a candidate is worse than the baseline by less than a margin,
/// or better, which one may look at after every pair.
///
/// A bet that the mean of (difference + 1)/2, which lies in [0, 1], exceeds (1 − margin)/2. Pairs
/// must be independent units; scores lie in [0, 1] (grades are 0 and 1).
///
/// Source: Waudby-Smith and Ramdas (2024) on the shifted differences.
public struct SequentialNonInferiority: Sendable, Hashable, Codable {
  /// H0: the candidate's mean is lower than the baseline's by this or more.
  public let margin: Double
  private var test: BettingTest

  /// - Parameters:
  ///   - margin: The drop that is tolerated, in 0...1; 0 asks for superiority.
  ///   - alpha: Inside (0, 1).
  ///   - truncation: The largest share of the capital in one bet, inside (0, 1].
  public init(margin: Double, alpha: Double, truncation: Double = 0.5) {
    precondition((0...1).contains(margin), "a margin lies in 0...1")
    self.margin = margin
    test = BettingTest(target: (1 - margin) / 2, alpha: alpha, truncation: truncation)
  }

  /// How many pairs have been observed.
  public var count: Int { test.count }

  /// ln of the e-value against "the candidate is worse by the margin or more".
  public var logEValue: Double { test.logEValue }

  /// The largest so far, which is evidence of the same level as it was then.
  public var largestLogEValue: Double { test.largestLogEValue }

  /// Whether non-inferiority has been shown at the level. Once shown it stays shown.
  public var isShown: Bool { test.isShown }

  /// Takes in a pair's difference, candidate less baseline.
  ///
  /// - Throws: `StatisticsError` for NaN and for differences outside −1...1.
  public mutating func observe(difference: Double) throws(StatisticsError) {
    try requireFinite([difference], "difference", in: -1...1)
    try test.observe((difference + 1) / 2)
  }

  /// Takes in a pair of scores.
  ///
  /// - Throws: `StatisticsError` for NaN and for scores outside 0...1.
  public mutating func observe(
    candidate: Double, baseline: Double
  ) throws(StatisticsError) {
    try requireFinite([candidate, baseline], "scores", in: 0...1)
    try observe(difference: candidate - baseline)
  }
}
