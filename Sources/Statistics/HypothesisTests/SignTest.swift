/// The exact test of paired scores by the signs of their differences alone. Ties are left out.
///
/// It assumes nothing about the scores, and sees less than `SignFlipTest` where sizes matter.
///
/// Source: Arbuthnott (1710); Dixon and Mood (1946).
public enum SignTest {
  /// The p-value against "either sign is as likely".
  ///
  /// - Parameters:
  ///   - differences: New less baseline, one an independent unit. Shape [n].
  ///   - alternative: `.greater`: differences above 0 are likelier.
  /// - Returns: 1 without differences other than 0.
  /// - Throws: `StatisticsError.notFinite` for NaN or an infinity.
  public static func pValue(
    differences: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> Double {
    try requireFinite(differences, "differences")
    return pValue(
      positive: differences.count { $0 > 0 }, negative: differences.count { $0 < 0 },
      alternative: alternative)
  }

  /// The p-value from the numbers of positive and negative differences.
  ///
  /// - Precondition: Counts are not negative.
  public static func pValue(
    positive: Int, negative: Int, alternative: Alternative = .twoSided
  ) -> Double {
    switch alternative {
    case .greater: McNemar.exactOneSided(gains: positive, losses: negative)
    case .less: McNemar.exactOneSided(gains: negative, losses: positive)
    case .twoSided: McNemar.exactTwoSided(gains: positive, losses: negative)
    }
  }
}
