/// What happens to grades when replies are no longer sampled: each example that would pass more often
/// than not passes always, and the others never.
///
/// For examples whose pass rates spread evenly over an interval, as an illustration: less noise within
/// examples is bought with another mean and more variance between them, so a temperature of 0 measures
/// another thing, not the same one more precisely.
///
/// Source: Miller (2024), section 3.3.
public struct TemperatureShift: Sendable, Hashable, Codable {
  /// The smallest pass rate of an example.
  public let lower: Double
  /// The largest.
  public let upper: Double

  /// - Precondition: 0 ≤ lower ≤ upper ≤ 1.
  public init(lower: Double, upper: Double) {
    precondition(0 <= lower && lower <= upper && upper <= 1, "pass rates form an interval in 0...1")
    self.lower = lower
    self.upper = upper
  }

  /// The mean of expected scores where replies are sampled.
  public var sampledMean: Double { (lower + upper) / 2 }

  /// The variance of expected scores between examples where replies are sampled.
  public var sampledVariance: Double { (upper - lower) * (upper - lower) / 12 }

  /// The mean score at temperature 0. An example at exactly ½ counts half.
  public var greedyMean: Double {
    if lower == upper { return lower > 0.5 ? 1 : lower < 0.5 ? 0 : 0.5 }
    return max(0, upper - max(lower, 0.5)) / (upper - lower)
  }

  /// The variance of scores between examples at temperature 0.
  public var greedyVariance: Double { greedyMean * (1 - greedyMean) }
}
