/// The t test of two means on different units, each with its own spread: for runs with different
/// training seeds, say.
///
/// Assumes independent values and means that are nearly normal.
///
/// Source: Welch (1947).
public enum WelchTest {
  /// Tests whether both have the same mean.
  ///
  /// - Parameters:
  ///   - values: Of the one in question. Shape [n], n ≥ 2.
  ///   - baseline: Of the other. Shape [m], m ≥ 2.
  ///   - alternative: `.greater`: the mean of `values` is higher.
  /// - Throws: `StatisticsError` for fewer than two values, NaN, an infinity, or where neither
  ///   side spreads at all.
  public static func test(
    _ values: [Double], baseline: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> TestResult {
    try test(UnpairedDifference(values, baseline: baseline), alternative: alternative)
  }

  /// Tests whether two means are the same, from their difference; with clusters as well.
  ///
  /// - Throws: `StatisticsError.noSpread` where neither side spreads at all.
  public static func test(
    _ difference: UnpairedDifference, alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> TestResult {
    guard difference.standardError > 0 else { throw .noSpread(argument: "values") }
    let statistic = difference.difference / difference.standardError
    let degrees = difference.degreesOfFreedom
    let pValue = alternative.pValue(statistic) { studentTCDF($0, degreesOfFreedom: degrees) }
    return TestResult(statistic: statistic, degreesOfFreedom: degrees, pValue: pValue)
  }
}
