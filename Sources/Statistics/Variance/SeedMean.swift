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
  /// Not cut off: of a rate show the part within 0...1.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together.
  /// - Throws: `StatisticsError.noSpread` where all runs gave the same.
  /// - Precondition: alpha lies in (0, 1).
  ///
  /// Source: Student (1908).
  public func interval(alpha: Double) throws(StatisticsError) -> Interval {
    precondition(0 < alpha && alpha < 1, "a level lies between 0 and 1")
    guard standardDeviation > 0 else { throw .noSpread(argument: "values") }
    let t = -studentTQuantile(alpha / 2, degreesOfFreedom: Double(runs - 1))
    return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
  }

  /// The factors that bound the true standard deviation, given the one of so many runs: it lies
  /// between `lower`·SD and `upper`·SD.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together.
  /// - Returns: 0...+∞ for fewer than two runs, which say nothing about a spread.
  /// - Precondition: The number of runs is not negative; alpha lies in (0, 1).
  ///
  /// Source: (n − 1)·SD²/σ² is chi-square with n − 1 degrees of freedom for normal values.
  public static func standardDeviationFactors(runs: Int, alpha: Double) -> Interval {
    precondition(runs >= 0, "a count is not negative")
    precondition(0 < alpha && alpha < 1, "a level lies between 0 and 1")
    guard runs > 1 else { return Interval(lower: 0, upper: .infinity) }
    let freedom = Double(runs - 1)
    let most = chiSquareUpperQuantile(alpha / 2, degreesOfFreedom: freedom)
    let least = chiSquareQuantile(alpha / 2, degreesOfFreedom: freedom)
    return Interval(lower: (freedom / most).squareRoot(), upper: (freedom / least).squareRoot())
  }
}
