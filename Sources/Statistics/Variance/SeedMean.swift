/// Mean and spread of one number over several training seeds: a claim about the recipe, not about
/// one checkpoint.
///
/// Assumes independent runs and roughly normal results. Five runs are few: see
/// `standardDeviationFactors` for how little they say about the spread.
public struct SeedMean: Sendable, Hashable, Codable {
  /// The training runs.
  public let runs: Int
  public let mean: Double
  /// With divisor n − 1.
  public let standardDeviation: Double

  /// - Parameter values: One result a run. Shape [runs], two at least.
  /// - Throws: `StatisticsError` where there are fewer than two, or one is NaN or infinite.
  public init(_ values: [Double]) throws(StatisticsError) {
    try requireCount(values.count, "values", atLeast: 2)
    try requireFinite(values, "values")
    let moments = SampleMoments(values)
    runs = values.count
    mean = moments.mean
    standardDeviation = moments.isConstant ? 0 : moments.sampleVariance.squareRoot()
  }

  /// Of the mean: SD/√n.
  public var standardError: Double { standardDeviation / Double(runs).squareRoot() }

  /// The two-sided t interval for the recipe's mean.
  ///
  /// Not cut off: clamp it to 0...1 to show a rate.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −∞...∞.
  /// - Throws: `StatisticsError.noSpread` where all runs gave the same.
  ///
  /// Source: Student (1908).
  public func interval(alpha: Double) throws(StatisticsError) -> Interval {
    guard standardDeviation > 0 else { throw .noSpread(argument: "values") }
    return MeanEstimate(mean: mean, standardError: standardError, units: runs)
      .interval(alpha: alpha)
  }

  /// The factors that bound the true standard deviation, given the one of so many runs: it lies
  /// between `lower`·SD and `upper`·SD.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...∞.
  /// - Returns: 0...∞ for fewer than two runs, which say nothing about a spread.
  /// - Precondition: The number of runs is not negative.
  ///
  /// Source: (n − 1)·SD²/σ² is chi-square with n − 1 degrees of freedom for normal values.
  public static func standardDeviationFactors(runs: Int, alpha: Double) -> Interval {
    precondition(runs >= 0, "a count is not negative")
    guard runs > 1, alpha > 0 else { return Interval(lower: 0, upper: .infinity) }
    let freedom = Double(runs - 1)
    let tail = min(alpha, 1) / 2
    let most = chiSquareUpperQuantile(tail, degreesOfFreedom: freedom)
    let least = chiSquareQuantile(tail, degreesOfFreedom: freedom)
    return Interval(lower: (freedom / most).squareRoot(), upper: (freedom / least).squareRoot())
  }
}
