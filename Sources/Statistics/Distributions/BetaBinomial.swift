#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number of hits among `trials`, where the rate itself is drawn from Beta(alpha, beta).
public struct BetaBinomial: Sendable, Hashable, Codable {
  public let trials: Int
  public let alpha: Double
  public let beta: Double

  public init(trials: Int, alpha: Double, beta: Double) {
    precondition(trials >= 0 && alpha > 0 && beta > 0, "a beta-binomial has positive parameters")
    self.trials = trials
    self.alpha = alpha
    self.beta = beta
  }

  /// ln P(X = k).
  public func logMass(_ k: Int) -> Double {
    guard (0...trials).contains(k) else { return -.infinity }
    return logChoose(trials, k) + logBeta(Double(k) + alpha, Double(trials - k) + beta)
      - logBeta(alpha, beta)
  }

  /// P(X ≤ k), summed up from 0 by the ratio of neighbouring terms.
  public func cdf(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= trials { return 1 }
    var logTerm = logMass(0)
    var total = exp(logTerm)
    for hits in 0..<k {
      let (x, n) = (Double(hits), Double(trials))
      logTerm += log((n - x) / (x + 1) * (x + alpha) / (n - x - 1 + beta))
      total += exp(logTerm)
    }
    return min(1, total)
  }
}
