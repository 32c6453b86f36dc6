/// A reply that rounding may turn: two labels so close that another kind of processor, or another
/// order of summing, could put the other one first.
public enum NumericalTie {
  /// The margin below which a reply is a tie, in probability. Kernels of different processors differ
  /// by some 1e-6 there.
  public static let limit = 1e-4

  /// Whether a margin is a tie. One that is not known is none.
  public static func has(margin: Double?) -> Bool {
    margin.map { $0 < limit } ?? false
  }
}
