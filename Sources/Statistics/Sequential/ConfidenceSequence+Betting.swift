extension ConfidenceSequence {
  /// Bounds on the mean of values in [0, 1] by betting, sharp for any distribution.
  ///
  /// - Parameters:
  ///   - values: In [0, 1], in the order in which they came. Shape [n]; independent units.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  ///   - populationSize: Set where the values are drawn without replacement from so many; the bounds
  ///     are then on the mean of all of them, and meet when all are drawn.
  ///   - running: Whether what was excluded at any time stays excluded.
  /// - Returns: 0...1 without values. Two levels of confidence size their bets differently; for a
  ///   series that drifts their intervals need not nest. Give `HedgedCapital` the same bets where
  ///   they must.
  /// - Throws: `StatisticsError` for NaN, for values outside 0...1, and for a population smaller
  ///   than the sample.
  ///
  /// Source: Waudby-Smith and Ramdas (2024), the hedged capital confidence sequence.
  public static func betting(
    _ values: [Double], alpha: Double, populationSize: Int? = nil, running: Bool = true
  ) throws(StatisticsError) -> Interval {
    guard let level = claimedLevel(alpha) else {
      try requireFinite(values, "values", in: 0...1)
      return .anyRate
    }
    return try HedgedCapital(values, alpha: level, populationSize: populationSize)
      .interval(running: running)
  }

  /// A one-sided bound: with probability at least 1 − alpha it never exceeds the mean.
  ///
  /// As `betting`, with all of alpha on one side. It exceeds a target when `BettingTest` shows it.
  public static func bettingLowerBound(
    _ values: [Double], alpha: Double, populationSize: Int? = nil, running: Bool = true
  ) throws(StatisticsError) -> Double {
    guard let level = claimedLevel(alpha) else {
      try requireFinite(values, "values", in: 0...1)
      return 0
    }
    return try HedgedCapital(values, alpha: level, weightAbove: 1, populationSize: populationSize)
      .lowerBound(running: running)
  }

  /// A one-sided bound: with probability at least 1 − alpha it never falls below the mean.
  ///
  /// As `betting`, with all of alpha on one side.
  public static func bettingUpperBound(
    _ values: [Double], alpha: Double, populationSize: Int? = nil, running: Bool = true
  ) throws(StatisticsError) -> Double {
    guard let level = claimedLevel(alpha) else {
      try requireFinite(values, "values", in: 0...1)
      return 1
    }
    return try HedgedCapital(values, alpha: level, weightAbove: 0, populationSize: populationSize)
      .upperBound(running: running)
  }
}
