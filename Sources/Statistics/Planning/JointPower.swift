#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The chance that every one of several behaviors passes, which is what "all at once" costs.
///
/// The intersection–union test divides no error rate, and pays in power: five behaviors that pass
/// with 82 % each pass together in 37 %.
///
/// Source: Berger (1982) on the test; Bonferroni's inequality for what holds under any dependence.
public enum JointPower {
  /// The chance that all pass if they are independent: the product. 1 without behaviors.
  ///
  /// - Throws: `StatisticsError` for NaN and for what is no probability.
  public static func independent(_ powers: [Double]) throws(StatisticsError) -> Double {
    try requireFinite(powers, "powers", in: 0...1)
    return powers.reduce(1, *)
  }

  /// The chance that all of so many pass that are independent and have the same power.
  ///
  /// - Precondition: The power lies in 0...1; the number is not negative.
  public static func independent(power: Double, behaviors: Int) -> Double {
    precondition((0...1).contains(power) && behaviors >= 0, "a power is a probability")
    return pow(power, Double(behaviors))
  }

  /// The chance that all pass however they depend on each other, at least: 1 less all misses.
  ///
  /// - Throws: `StatisticsError` for NaN and for what is no probability.
  public static func leastPossible(_ powers: [Double]) throws(StatisticsError) -> Double {
    try requireFinite(powers, "powers", in: 0...1)
    return max(0, 1 - powers.reduce(0) { $0 + (1 - $1) })
  }

  /// The power that each of so many behaviors needs for a joint power, however they depend on each
  /// other: 1 − (1 − joint)/m, a miss rate of β/m each.
  ///
  /// - Precondition: The joint power lies in 0...1; there is at least one behavior.
  public static func perBehavior(joint: Double, behaviors: Int) -> Double {
    precondition((0...1).contains(joint) && behaviors >= 1, "a power is a probability")
    return 1 - (1 - joint) / Double(behaviors)
  }

  /// The power that each needs if they are independent: the m-th root, hardly less.
  ///
  /// - Precondition: The joint power lies in 0...1; there is at least one behavior.
  public static func perIndependentBehavior(joint: Double, behaviors: Int) -> Double {
    precondition((0...1).contains(joint) && behaviors >= 1, "a power is a probability")
    return pow(joint, 1 / Double(behaviors))
  }
}
