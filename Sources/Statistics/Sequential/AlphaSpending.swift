/// An error budget over an unlimited number of attempts: attempt k is made at alpha·6/(π²k²), and
/// all levels together sum to alpha.
///
/// Valid for attempts on the same data as long as no more than "failed" is learned from each: the
/// sequence of candidates is then fixed before the data are seen, and the union bound applies.
///
/// Source: the sum of 1/k² (Euler 1735); spending an error budget after Dwork et al. (2015).
public struct AlphaSpending: Sendable, Hashable, Codable {
  /// The whole budget, a probability.
  public let alpha: Double

  /// - Precondition: `alpha` lies in 0...1.
  public init(alpha: Double) {
    precondition((0...1).contains(alpha), "a budget is a probability")
    self.alpha = alpha
  }

  /// The level of attempt `k`, counted from 1.
  ///
  /// - Precondition: k ≥ 1.
  public func level(attempt k: Int) -> Double {
    precondition(k >= 1, "attempts count from 1")
    return alpha * 6 / (Double.pi * Double.pi * Double(k) * Double(k))
  }

  /// The level of attempt `k` where `planned` attempts share the budget equally.
  ///
  /// - Returns: Nil after the last one: a further attempt waits for fresh data.
  /// - Precondition: k ≥ 1 and planned ≥ 1.
  public func level(attempt k: Int, planned: Int) -> Double? {
    precondition(k >= 1 && planned >= 1, "attempts count from 1")
    return k <= planned ? alpha / Double(planned) : nil
  }

  /// The budget that is left after attempt `k` passed, with attempts counted from 1 again.
  ///
  /// Over all histories the levels sum to at most alpha for the first pass, for the second, and so
  /// on.
  ///
  /// - Precondition: k ≥ 1.
  public func afterPass(attempt k: Int) -> AlphaSpending {
    AlphaSpending(alpha: level(attempt: k))
  }
}
