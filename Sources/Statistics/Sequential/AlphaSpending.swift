/// An error budget over an unlimited number of attempts: attempt k is made at alpha·6/(π²k²), and
/// all levels together sum to alpha.
public struct AlphaSpending: Sendable, Hashable, Codable {
  /// The whole budget, a probability.
  public let alpha: Double

  public init(alpha: Double) {
    precondition((0...1).contains(alpha), "a budget is a probability")
    self.alpha = alpha
  }

  /// The level of attempt `k`, counted from 1.
  public func level(attempt k: Int) -> Double {
    precondition(k >= 1, "attempts count from 1")
    return alpha * 6 / (Double.pi * Double.pi * Double(k) * Double(k))
  }
}
