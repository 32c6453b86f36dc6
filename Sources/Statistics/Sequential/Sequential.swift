#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

public struct AlphaSpending: Sendable, Hashable, Codable {
  public let alpha: Double
  public init(alpha: Double) { self.alpha = alpha }
  public func level(attempt k: Int) -> Double {
    alpha * 6 / (Double.pi * Double.pi * Double(k) * Double(k))
  }
}

public struct SequentialMcNemar: Sendable, Hashable {
  public var gains: Int
  public var losses: Int
  public init(gains: Int = 0, losses: Int = 0) {
    self.gains = gains
    self.losses = losses
  }
  /// Beta(1, 1) mixture truncated to rates above 1/2.
  public var eValue: Double {
    let (b, c) = (Double(gains + 1), Double(losses + 1))
    let above = 1 - regularizedIncompleteBeta(0.5, a: b, b: c)
    return exp(Double(gains + losses) * log(2) + logBeta(b, c)) * above / 0.5
  }
}

public struct BetaBinomial: Sendable, Hashable {
  public let trials: Int
  public let alpha: Double
  public let beta: Double
  public init(trials: Int, alpha: Double, beta: Double) {
    self.trials = trials
    self.alpha = alpha
    self.beta = beta
  }
  public func cdf(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= trials { return 1 }
    let n = Double(trials)
    var total = 0.0
    for i in 0...k {
      let i = Double(i)
      total += exp(
        logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1)
          + logBeta(i + alpha, n - i + beta) - logBeta(alpha, beta))
    }
    return min(1, total)
  }
}
