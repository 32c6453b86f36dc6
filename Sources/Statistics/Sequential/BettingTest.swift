#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sequential test of the mean of values in [0, 1], one value at a time: scores, means over the
/// replies to one example, means over a cluster.
///
/// A gambler bets that the mean is above the target; where it is not, capital reaches 1/alpha with
/// probability at most alpha, whenever one looks. The values must have one mean given those before
/// (independent units of one distribution do); nothing else about their distribution is assumed.
/// It is what the first gambler of `HedgedCapital` with `weightAbove` 1 does, and passes exactly
/// when that one's lower bound exceeds the target.
///
/// Source: Waudby-Smith and Ramdas (2024), one-sided betting.
public struct BettingTest: Sendable, Hashable, Codable {
  /// H0: the mean is at most `target`.
  public let target: Double
  /// The chance to show it where H0 holds, at most.
  public let alpha: Double
  /// The largest share of the capital that one bet risks.
  public let truncation: Double
  /// Set where the values are drawn without replacement from so many, whose mean is in question.
  public let populationSize: Int?
  private var bets: PlugInBets
  private var sum = 0.0

  /// ln of the capital, from 1: the logarithm of an e-value against "the mean is at most `target`".
  public private(set) var logEValue = 0.0
  /// The largest so far, which is evidence of the same level as it was then.
  public private(set) var largestLogEValue = 0.0

  /// - Parameters:
  ///   - target: In 0...1; nothing shows 1.
  ///   - alpha: Inside (0, 1).
  ///   - truncation: The largest share of the capital in one bet, inside (0, 1].
  ///   - populationSize: Nil for units of which there is no end; otherwise at least 1.
  ///   - bets: What sizes the bets, by default the plug-in at the level alpha.
  public init(
    target: Double, alpha: Double, truncation: Double = 0.5, populationSize: Int? = nil,
    bets: PlugInBets? = nil
  ) {
    precondition((0...1).contains(target), "a target is a rate")
    precondition(alpha > 0 && alpha < 1, "a level lies inside (0, 1)")
    precondition(truncation > 0 && truncation <= 1, "a share of the capital lies inside (0, 1]")
    precondition(populationSize.map { $0 >= 1 } ?? true, "a population has members")
    self.target = target
    self.alpha = alpha
    self.truncation = truncation
    self.populationSize = populationSize
    self.bets = bets ?? PlugInBets(alpha: alpha)
  }

  /// How many values have been observed.
  public var count: Int { bets.count }

  /// Whether the mean has been shown to exceed the target. Once shown it stays shown.
  public var isShown: Bool { largestLogEValue >= -log(alpha) }

  /// Passes once the mean is shown; never stops.
  public var decision: SequentialDecision { isShown ? .pass : .undecided }

  /// Takes in a value and says where the test stands.
  ///
  /// - Throws: `StatisticsError` for NaN, for a value outside 0...1, and for more values than the
  ///   population has; the test is as it was then.
  @discardableResult
  public mutating func observe(_ value: Double) throws(StatisticsError) -> SequentialDecision {
    try requireFinite([value], "value", in: 0...1)
    var null = target
    if let size = populationSize {
      try requireCount(size, "populationSize", atLeast: count + 1)
      // The mean of what has not been drawn yet, if the target were the mean of all.
      null = max(0, (Double(size) * target - sum) / Double(size - count))
    }
    let bet = bets.next
    let stake = bet * null > truncation ? truncation / null : bet
    logEValue += log1p(stake * (value - null))
    bets.observe(value)
    sum += value
    // The rest of the population cannot bring its mean down to the target; rounding aside.
    if let size = populationSize, sum > Double(size) * (target + 1e-12) { logEValue = .infinity }
    largestLogEValue = max(largestLogEValue, logEValue)
    return decision
  }
}
