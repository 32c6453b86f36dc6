#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Two gamblers who bet on the values in [0, 1] of a series: one that their mean is above a number
/// m, one that it is below.
///
/// Against the true mean neither can expect to gain, so capital is evidence: the weighted mean of
/// both, like the larger weighted one, is an e-value at every time. No bet risks more than the share
/// `truncation` of the capital. The values must have one mean given those before (independent units
/// of one distribution do); nothing else about their distribution is assumed. With a
/// `populationSize` they are drawn at random without replacement, and m is the mean of the whole
/// population.
///
/// The first gambler's capital falls and the second's rises in m, so bounds are roots; no grid is
/// searched. A bound takes time in proportion to the number of values: well under a second for 10⁶.
///
/// Source: Waudby-Smith and Ramdas (2024), "Estimating means of bounded random variables by
/// betting", sections 4 and 5.
public struct HedgedCapital: Sendable, Hashable {
  /// The level of the evidence for which both together size their bets.
  public let alpha: Double
  /// θ: the first gambler's share of the capital. With 1 there is only the first.
  public let weightAbove: Double
  /// The largest share of the capital that one bet risks.
  public let truncation: Double
  /// Set where the values are drawn without replacement from so many.
  public let populationSize: Int?
  let values: [Double]
  /// The first gambler's bets before they are cut off. Shape [n], as are the second's.
  let betsAbove: [Double]
  let betsBelow: [Double]
  let sum: Double

  /// - Parameters:
  ///   - values: In [0, 1], in the order in which they came. Shape [n]; none is fine.
  ///   - alpha: Inside (0, 1).
  ///   - weightAbove: In 0...1.
  ///   - truncation: Inside (0, 1].
  ///   - populationSize: At least n.
  ///   - bets: What sizes the bets, by default the plug-in at the level alpha·weight of each.
  /// - Throws: `StatisticsError` for NaN, for values outside 0...1, and for a population smaller
  ///   than the sample.
  public init(
    _ values: [Double], alpha: Double, weightAbove: Double = 0.5, truncation: Double = 0.5,
    populationSize: Int? = nil, bets: PlugInBets? = nil
  ) throws(StatisticsError) {
    precondition(alpha > 0 && alpha < 1, "a level lies inside (0, 1)")
    precondition((0...1).contains(weightAbove), "a share lies in 0...1")
    precondition(truncation > 0 && truncation <= 1, "a share of the capital lies inside (0, 1]")
    if let populationSize {
      try requireCount(populationSize, "populationSize", atLeast: values.count)
    }
    self.alpha = alpha
    self.weightAbove = weightAbove
    self.truncation = truncation
    self.populationSize = populationSize
    self.values = values
    // A gambler without capital need not bet.
    func sized(_ weight: Double) throws(StatisticsError) -> [Double] {
      if weight == 0 { return values.map { _ in 0 } }
      return try (bets ?? PlugInBets(alpha: alpha * weight)).bets(on: values)
    }
    betsAbove = try sized(weightAbove)
    betsBelow = try sized(1 - weightAbove)
    sum = values.reduce(0, +)
  }

  /// ln of the capital, from 1, of the gambler who bets that the mean is above `mean`.
  ///
  /// +∞ where a population's mean exceeds `mean` already, whatever its other values are.
  ///
  /// - Precondition: `mean` lies in 0...1.
  public func logCapitalAbove(_ mean: Double) -> Double {
    logCapital(mean, isAbove: true).last
  }

  /// ln of the capital, from 1, of the gambler who bets that the mean is below `mean`.
  ///
  /// - Precondition: `mean` lies in 0...1.
  public func logCapitalBelow(_ mean: Double) -> Double {
    logCapital(mean, isAbove: false).last
  }

  /// ln of the larger of the gamblers' weighted capitals: evidence against "the mean is `mean`".
  ///
  /// - Precondition: `mean` lies in 0...1.
  public func logMaximum(_ mean: Double) -> Double {
    let (above, below) = weighted(mean)
    return max(above, below)
  }

  /// ln of both weighted capitals together, never less than `logMaximum` and just as valid.
  ///
  /// - Precondition: `mean` lies in 0...1.
  public func logSum(_ mean: Double) -> Double {
    let (above, below) = weighted(mean)
    let larger = max(above, below)
    return larger.isFinite ? larger + log1p(exp(min(above, below) - larger)) : larger
  }

  private func weighted(_ mean: Double) -> (above: Double, below: Double) {
    // No share of the capital is nothing, whatever it would have become.
    (
      weightAbove == 0 ? -.infinity : log(weightAbove) + logCapitalAbove(mean),
      weightAbove == 1 ? -.infinity : log1p(-weightAbove) + logCapitalBelow(mean)
    )
  }
}
