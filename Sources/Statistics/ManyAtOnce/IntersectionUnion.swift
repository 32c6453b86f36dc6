/// "Every behavior holds": rejected at α where each part is, without division by their number.
///
/// Source: Berger (1982).
public enum IntersectionUnion {
  /// The p-value of the whole: the largest part. 1 without parts.
  public static func pValue(_ parts: [Double]) -> Double { parts.max() ?? 1 }

  /// The e-value of the whole: the smallest part. 0 without parts.
  public static func eValue(_ parts: [Double]) -> Double { parts.min() ?? 0 }
}
