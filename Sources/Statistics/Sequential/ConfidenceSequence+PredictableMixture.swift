#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ConfidenceSequence {
  /// Bounds on the mean of values in [0, 1] that adapt to their variance, in closed form.
  ///
  /// Wider than `betting`, and never of more help; it shows what a formula can do. Two-sided.
  ///
  /// - Parameters:
  ///   - values: In [0, 1], in the order in which they came. Shape [n]; independent units.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  ///   - populationSize: Set where the values are drawn without replacement from so many; the bounds
  ///     are then on the mean of all of them.
  /// - Returns: The bounds after all values, inside 0...1; that without values.
  /// - Throws: `StatisticsError` for NaN, for values outside 0...1, and for a population smaller
  ///   than the sample.
  ///
  /// Source: Waudby-Smith and Ramdas (2024), theorem 2, the predictable plug-in empirical Bernstein
  /// confidence sequence.
  public static func empiricalBernstein(
    _ values: [Double], alpha: Double, populationSize: Int? = nil
  ) throws(StatisticsError) -> Interval {
    let lower = try empiricalBernsteinLowerBound(
      values, alpha: alpha / 2, populationSize: populationSize)
    let mirrored = try empiricalBernsteinLowerBound(
      values.map { 1 - $0 }, alpha: alpha / 2, populationSize: populationSize)
    return Interval(lower: lower, upper: 1 - mirrored)
  }

  /// The one-sided form of `empiricalBernstein`, with all of alpha on the lower side.
  ///
  /// The squared distance of each value is taken to the mean of those before, from 0 for the first.
  public static func empiricalBernsteinLowerBound(
    _ values: [Double], alpha: Double, populationSize: Int? = nil
  ) throws(StatisticsError) -> Double {
    try requireFinite(values, "values", in: 0...1)
    guard let level = claimedLevel(alpha) else { return 0 }
    let bets = try PlugInBets(alpha: level).bets(on: values)
    var sum = 0.0
    return try predictableMixtureLowerBound(values, alpha: level, populationSize) { index in
      let bet = min(bets[index], 0.5)
      let deviation = values[index] - (index == 0 ? 0 : sum / Double(index))
      sum += values[index]
      // −ln(1 − λ) − λ.
      return (bet, -logOnePlusLess(-bet) * deviation * deviation)
    }
  }

  /// Bounds on the mean of values in [0, 1] that do not adapt to their variance, in closed form.
  ///
  /// As `empiricalBernstein`, and wider but for the first few values.
  ///
  /// Source: Waudby-Smith and Ramdas (2024), proposition 1, the predictable mixture Hoeffding
  /// confidence sequence.
  public static func hoeffding(
    _ values: [Double], alpha: Double, populationSize: Int? = nil
  ) throws(StatisticsError) -> Interval {
    let lower = try hoeffdingLowerBound(values, alpha: alpha / 2, populationSize: populationSize)
    let mirrored = try hoeffdingLowerBound(
      values.map { 1 - $0 }, alpha: alpha / 2, populationSize: populationSize)
    return Interval(lower: lower, upper: 1 - mirrored)
  }

  /// The one-sided form of `hoeffding`, with all of alpha on the lower side.
  public static func hoeffdingLowerBound(
    _ values: [Double], alpha: Double, populationSize: Int? = nil
  ) throws(StatisticsError) -> Double {
    try requireFinite(values, "values", in: 0...1)
    guard let level = claimedLevel(alpha) else { return 0 }
    return try predictableMixtureLowerBound(values, alpha: level, populationSize) { index in
      let t = Double(index) + 1
      let bet = min((-8 * log(level) / (t * log1p(t))).squareRoot(), 1)
      return (bet, bet * bet / 8)
    }
  }

  /// Σλx/Σλ − (ln(1/alpha) + Σcost)/Σλ, with the corrections for draws without replacement.
  ///
  /// - Parameter step: The bet on a value and the cost of that bet; called in order.
  private static func predictableMixtureLowerBound(
    _ values: [Double], alpha: Double, _ populationSize: Int?,
    step: (Int) -> (bet: Double, cost: Double)
  ) throws(StatisticsError) -> Double {
    if let populationSize {
      try requireCount(populationSize, "populationSize", atLeast: values.count)
    }
    var (weights, gains, costs, sum) = (0.0, 0.0, -log(alpha), 0.0)
    for (index, value) in values.enumerated() {
      let (bet, cost) = step(index)
      // Each value estimates the mean of the rest; with the sum so far that gives the whole's.
      let rest = populationSize.map { Double($0 - index) } ?? .infinity
      weights += bet * (1 + Double(index) / rest)
      gains += bet * (value + sum / rest)
      costs += cost
      sum += value
    }
    guard weights > 0 else { return 0 }
    return min(1, max(0, (gains - costs) / weights))
  }
}
