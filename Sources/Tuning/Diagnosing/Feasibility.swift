public import Statistics

/// What one behavior's sealed examples can show, before anything is spent.
public struct Feasibility: Sendable, Hashable {
  public let behavior: LoopBehavior
  /// The exact test at the level of the next attempt; nil where even no failure would not do.
  public let test: ExactBinomialTest?
  /// The chance of passing if the truth is `hope`.
  public let power: Double
  /// Units needed to pass with no failure at all.
  public let unitsWithoutFailure: Int
  /// Units for a miss rate of 0.1/m at `hope`, with m behaviors.
  public let unitsForPower: Int
  /// The highest target, in whole hundredths, that these units show with power 0.9 at its
  /// default hope; nil where there is none from 0.5 up.
  public let showableTarget: Double?

  /// - Parameter behaviors: m, how many must hold together.
  public init(_ behavior: LoopBehavior, among behaviors: Int) {
    let pool = behavior.sealed
    self.behavior = behavior
    test = pool.test(target: behavior.target)
    power = pool.power(target: behavior.target, at: behavior.hope)
    unitsWithoutFailure = zeroFailureSampleSize(target: behavior.target, alpha: pool.level)
    unitsForPower =
      ExactBinomialTest.smallest(
        target: behavior.target, hope: behavior.hope, alpha: pool.level,
        beta: 0.1 / Double(max(1, behaviors))
      ).trials
    showableTarget = Self.showableTarget(pool)
  }

  public static func showableTarget(_ pool: SealedPool, power: Double = 0.9) -> Double? {
    stride(from: 99, through: 50, by: -1).lazy.map { Double($0) / 100 }.first { target in
      pool.power(target: target, at: 1 - (1 - target) / 3) >= power
    }
  }

  /// The chance that all pass together if each is at its hope, taken as independent.
  public static func jointPower(_ all: [Feasibility]) -> Double {
    all.reduce(1) { $0 * $1.power }
  }
}
