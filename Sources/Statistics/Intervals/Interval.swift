/// Two bounds on a quantity; for rates fractions in [0, 1].
public struct Interval: Sendable, Hashable, Codable {
  /// Infinite where there is no bound.
  public var lower: Double
  /// Infinite where there is no bound.
  public var upper: Double

  /// Takes the bounds as they are.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The distance of the bounds.
  public var width: Double { upper - lower }

  /// Whether a value lies between the bounds or on one. Never for NaN.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The part within a range; the nearest end of it where there is none.
  public func clamped(to range: ClosedRange<Double>) -> Interval {
    Interval(
      lower: min(max(lower, range.lowerBound), range.upperBound),
      upper: max(min(upper, range.upperBound), range.lowerBound))
  }
}

extension Interval {
  /// 0...1: what is known of a rate before anything is seen.
  static let anyRate = Interval(lower: 0, upper: 1)

  /// −1...1: what is known of a difference of rates before anything is seen.
  static let anyDifference = Interval(lower: -1, upper: 1)

  /// An estimate with so many standard errors to each side, by the normal distribution.
  ///
  /// - Parameters:
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −∞...∞.
  public static func normal(
    estimate: Double, standardError: Double, alpha: Double
  ) -> Interval {
    guard let z = twoSidedNormalQuantile(alpha) else {
      return Interval(lower: -.infinity, upper: .infinity)
    }
    return Interval(lower: estimate - z * standardError, upper: estimate + z * standardError)
  }
}

/// The z that a standard normal variable exceeds in absolute value with probability alpha; nil for
/// a level that claims nothing: 0, less, or NaN. From 1 on it is 0.
func twoSidedNormalQuantile(_ alpha: Double) -> Double? {
  alpha > 0 ? -normalQuantile(min(alpha, 1) / 2) : nil
}
