/// "Every behavior holds": rejected at α where each part is, without division by their number.
///
/// The price is power: the chance that all parts are rejected is at most the smallest of theirs, so
/// plan a miss rate of β/m each.
///
/// Source: Berger (1982).
public enum IntersectionUnion {
  /// The p-value of the whole: the largest part. 1 without parts, or where one is NaN.
  public static func pValue(_ parts: [Double]) -> Double {
    parts.map(usablePValue).max() ?? 1
  }

  /// The e-value of the whole: the smallest part. 0 without parts, or where one is NaN.
  public static func eValue(_ parts: [Double]) -> Double {
    parts.map { $0 > 0 ? $0 : 0 }.min() ?? 0
  }
}
