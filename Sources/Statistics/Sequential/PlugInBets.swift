#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much of its capital a gambler risks on the next value in [0, 1], given those before:
/// λ_t = √(2·ln(1/alpha) / (t·ln(1+t)·σ̂²_{t−1})).
///
/// Means and variances are those of the values before the bet, with `priorCount` imagined values
/// added, so every bet is fixed before its value is seen. The bets size themselves for evidence at
/// the level `alpha`; another level gives valid bets too.
///
/// Source: Waudby-Smith and Ramdas (2024), predictable plug-in, equation (26).
public struct PlugInBets: Sendable, Hashable, Codable {
  /// The level of the evidence that the bets aim at.
  public let alpha: Double
  /// The mean of the imagined values.
  public let priorMean: Double
  /// Their variance.
  public let priorVariance: Double
  /// Their number.
  public let priorCount: Double
  /// How many values have been observed.
  public private(set) var count = 0
  private var sum: Double
  private var squares: Double

  /// - Parameters:
  ///   - alpha: Inside (0, 1).
  ///   - priorMean: In 0...1.
  ///   - priorVariance: In 1e-12...0.25, so that no bet is infinite.
  ///   - priorCount: Positive and finite.
  public init(
    alpha: Double, priorMean: Double = 0.5, priorVariance: Double = 0.25, priorCount: Double = 1
  ) {
    precondition(alpha > 0 && alpha < 1, "a level lies inside (0, 1)")
    precondition((0...1).contains(priorMean), "a mean lies in 0...1")
    precondition((1e-12...0.25).contains(priorVariance), "a variance lies in 0...1/4")
    precondition(priorCount > 0 && priorCount.isFinite, "a count is positive")
    self.alpha = alpha
    self.priorMean = priorMean
    self.priorVariance = priorVariance
    self.priorCount = priorCount
    sum = priorCount * priorMean
    squares = priorCount * priorVariance
  }

  /// The bet on the value that comes next, positive and finite, before any cut-off.
  public var next: Double {
    let t = Double(count) + 1
    let variance = squares / (Double(count) + priorCount)
    return (-2 * log(alpha) / (t * log1p(t) * variance)).squareRoot()
  }

  /// Takes in a value.
  ///
  /// - Precondition: The value lies in 0...1; the types that bet check it.
  public mutating func observe(_ value: Double) {
    precondition((0...1).contains(value), "bets are on values in 0...1")
    count += 1
    sum += value
    let deviation = value - sum / (Double(count) + priorCount)
    squares += deviation * deviation
  }

  /// The bets on a whole series, each made before its value. Shape [n].
  ///
  /// - Throws: `StatisticsError` for NaN and for values outside 0...1.
  public func bets(on values: [Double]) throws(StatisticsError) -> [Double] {
    try requireFinite(values, "values", in: 0...1)
    var state = self
    var bets: [Double] = []
    bets.reserveCapacity(values.count)
    for value in values {
      bets.append(state.next)
      state.observe(value)
    }
    return bets
  }
}
