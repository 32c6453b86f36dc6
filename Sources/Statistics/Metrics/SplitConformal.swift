/// A threshold on a score of strangeness below which a new unit falls with probability at least
/// 1 − alpha, whatever the scores' distribution.
///
/// Assumes that the new unit and the calibration units are exchangeable, and that no model was
/// fitted or chosen on the calibration units.
///
/// Source: Vovk, Gammerman and Shafer (2005); the coverage's distribution by Vovk (2012).
public enum SplitConformal {
  /// k: the threshold is the k-th smallest of n scores, k = ⌈(n + 1)(1 − alpha)⌉.
  ///
  /// k = n + 1 where n scores are too few for this alpha.
  ///
  /// - Parameter alpha: In [0, 1]. Less or NaN counts as 0, more as 1.
  /// - Precondition: The count is not negative.
  public static func rank(calibrationCount: Int, alpha: Double) -> Int {
    calibrationCount + 1 - misses(calibrationCount: calibrationCount, alpha: alpha)
  }

  /// The k-th smallest score: accept a new unit if its score is at most this.
  ///
  /// - Parameters:
  ///   - scores: How strange each calibration unit is, in any order. Shape [n].
  ///   - alpha: The rate at which a fitting unit may be turned down, in [0, 1]. Less or NaN counts
  ///     as 0, more as 1.
  /// - Returns: +∞ (accept all) where n scores are too few, so also without scores; −∞ (accept none)
  ///   at alpha = 1.
  /// - Throws: `StatisticsError` where a score is NaN or infinite.
  public static func threshold(
    scores: [Double], alpha: Double
  ) throws(StatisticsError) -> Double {
    try requireFinite(scores, "scores")
    let rank = rank(calibrationCount: scores.count, alpha: alpha)
    if rank > scores.count { return .infinity }
    return rank < 1 ? -.infinity : scores.sorted()[rank - 1]
  }

  /// How the coverage of a threshold from n scores varies between calibration sets.
  ///
  /// - Parameter alpha: In [0, 1]. Less or NaN counts as 0, more as 1.
  /// - Precondition: The count is not negative.
  public static func coverage(calibrationCount: Int, alpha: Double) -> ConformalCoverage {
    let misses = misses(calibrationCount: calibrationCount, alpha: alpha)
    return ConformalCoverage(a: calibrationCount + 1 - misses, b: misses)
  }

  /// l = ⌊(n + 1)·alpha⌋, where a product that is whole but for rounding counts as whole.
  private static func misses(calibrationCount: Int, alpha: Double) -> Int {
    precondition(calibrationCount >= 0, "a count is not negative")
    guard alpha > 0 else { return 0 }
    let product = (Double(calibrationCount) + 1) * min(alpha, 1)
    let whole = product.rounded()
    return Int(abs(product - whole) <= 1e-12 * whole ? whole : product.rounded(.down))
  }
}

/// The coverage of one split-conformal threshold: at least as good as Beta(a, b), and just so where
/// scores have no ties.
public struct ConformalCoverage: Sendable, Hashable, Codable {
  /// n + 1 − l.
  public let a: Int
  /// l = ⌊(n + 1)·alpha⌋.
  public let b: Int

  /// The coverage on average over calibration sets.
  public var mean: Double { Double(a) / Double(a + b) }

  /// The coverage that a share `p` of calibration sets stays below. 1 where everything is
  /// accepted (b = 0), 0 where nothing is (a = 0).
  ///
  /// - Precondition: p lies in [0, 1].
  public func quantile(_ p: Double) -> Double {
    if b == 0 { return 1 }
    if a == 0 { return 0 }
    return betaQuantile(p, a: Double(a), b: Double(b))
  }
}
