#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Evidence from paired grades that one may look at after every pair.
///
/// A mixture over the probability that a flip is a gain, uniform on [0, 1] (two-sided) or on
/// (1/2, 1] (one-sided: the challenger is better). An e-value of 1/α or more rejects at level α.
/// Pairs must be independent units; without a flip every e-value is 1, which is no evidence that
/// the two are alike.
///
/// Source: the beta mixture of Robbins (1970) on the discordant pairs.
public struct SequentialMcNemar: Sendable, Hashable, Codable {
  /// Pairs that the challenger passes and the champion fails.
  public private(set) var gains: Int
  /// The reverse.
  public private(set) var losses: Int

  /// - Precondition: Counts are not negative.
  public init(gains: Int = 0, losses: Int = 0) {
    precondition(gains >= 0 && losses >= 0, "counts are not negative")
    self.gains = gains
    self.losses = losses
  }

  /// Takes in one pair; pairs that agree change nothing.
  public mutating func observe(champion: Bool, challenger: Bool) {
    if challenger && !champion { gains += 1 }
    if champion && !challenger { losses += 1 }
  }

  /// ln of the e-value against "the two are alike".
  public var logEValueTwoSided: Double {
    gains + losses == 0
      ? 0
      : -logBetaKernel(0.5, 0.5, Double(gains) + 1, Double(losses) + 1) - 2 * 0.6931471805599453
  }

  /// ln of the e-value against "the challenger is no better".
  public var logEValue: Double {
    TruncatedBetaMixture().logEValue(above: 0.5, successes: gains, trials: gains + losses)
  }

  /// The e-value against "the two are alike"; infinite where a `Double` cannot hold it.
  public var eValueTwoSided: Double { exp(logEValueTwoSided) }

  /// The e-value against "the challenger is no better"; infinite where a `Double` cannot hold it.
  public var eValue: Double { exp(logEValue) }
}
