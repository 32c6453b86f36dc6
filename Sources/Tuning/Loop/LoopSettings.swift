import Foundation
import Statistics
public import Suites

/// Everything that a loop's decisions depend on, fixed before the first look.
public struct LoopSettings: Sendable, Hashable, Codable {
  /// In order of name.
  public var behaviors: [LoopBehavior]
  /// Of each certificate, a fraction.
  public var confidence: Double
  /// The rungs to climb, from cheap to dear, each once; never empty.
  public var ladder: [Rung]
  /// Candidates proposed at most.
  public var rounds: Int
  /// Rejections in a row that count as a plateau where there is nowhere to climb, or no need to.
  public var patience: Int
  /// False tunes without ever touching a sealed example.
  public var attempts: Bool
  /// True where the run starts from a checkpoint that is certified for all behaviors, which only
  /// evidence may replace.
  public var startsCertified: Bool
  /// Behaviors to tune for, in order of name; empty takes all. The others are replayed and guarded.
  public var only: [String]
  /// What the checkpoint that was certified last did on `dev`; nil where the run starts from it, or
  /// where nothing tells.
  public var lastCertified: CertifiedGrades?

  /// The joint predictive chance from which an attempt in mid-run is worth its share of the budget.
  public static let worthAttempting = 0.5
  /// The chance under which even the last attempt is not made.
  public static let hopeless = 0.05
  /// Level of round-by-round decisions: guards, and replacing a certified champion.
  public static let decisionLevel = 0.1
  /// Rejections in a row that make the plateau of a rung clear, while another one is left to climb
  /// to and the champion is not worth an attempt.
  public static let climbingPatience = 2
  /// Candidates at most, where nobody says otherwise.
  public static let defaultRounds = 12

  public init(
    behaviors: [LoopBehavior], confidence: Double, ladder: [Rung] = [.head],
    rounds: Int = defaultRounds,
    patience: Int = 6, attempts: Bool = true, startsCertified: Bool = false,
    only: [String] = [], lastCertified: CertifiedGrades? = nil
  ) {
    self.behaviors = behaviors.sorted { $0.name < $1.name }
    self.confidence = confidence
    precondition(!ladder.isEmpty, "a ladder has a rung")
    self.ladder = Set(ladder).sorted()
    self.rounds = rounds
    self.patience = patience
    self.attempts = attempts
    self.startsCertified = startsCertified
    self.only = only.sorted()
    self.lastCertified = lastCertified
    for index in self.behaviors.indices {
      self.behaviors[index].planFreshUnits(among: behaviors.count)
    }
  }
}

/// A behavior as the loop sees it: what must be shown, with what.
public struct LoopBehavior: Sendable, Hashable, Codable {
  public var name: String
  /// The pass rate that must be shown, a fraction in (0, 1).
  public var target: Double
  /// The rate at which it should usually be shown; sets power, never validity.
  public var hope: Double
  /// A guard is measured and certified, and never tuned on.
  public var isGuard: Bool
  /// Whether the checkpoint that the run starts from is certified for it.
  public var isCertified: Bool
  public var trainUnits: Int
  public var devUnits: Int
  public var sealed: SealedPool

  public init(
    name: String, target: Double, hope: Double, isGuard: Bool = false,
    isCertified: Bool = false, trainUnits: Int, devUnits: Int, sealed: SealedPool
  ) {
    self.name = name
    self.target = target
    self.hope = hope
    self.isGuard = isGuard
    self.isCertified = isCertified
    self.trainUnits = trainUnits
    self.devUnits = devUnits
    self.sealed = sealed
  }

  /// The chance of passing the next attempt, from what `dev` showed.
  public func predictiveChance(_ measured: BehaviorMeasurement?) -> Double {
    sealed.predictiveChance(
      target: target, passes: measured?.passes ?? 0, trials: measured?.trials ?? 0)
  }
}

/// The predictive chances of one checkpoint: each behavior's, and of all together.
public struct Chances: Sendable, Hashable {
  public var behaviors: [String: Double]
  /// The product: behaviors are taken as independent.
  public var joint: Double

  public init(of measurement: Measurement, behaviors: [LoopBehavior]) {
    self.init(of: measurement, behaviors: behaviors) { $0.predictiveChance($1) }
  }

  /// - Parameter chance: What `LoopBehavior.predictiveChance` answers, however it is had.
  init(
    of measurement: Measurement, behaviors: [LoopBehavior],
    chance: (LoopBehavior, BehaviorMeasurement?) -> Double
  ) {
    var chances: [String: Double] = [:]
    for behavior in behaviors {
      chances[behavior.name] = chance(behavior, measurement[behavior: behavior.name])
    }
    self.behaviors = chances
    // Multiplied in order of name, so that the same input gives the same bits.
    joint = behaviors.reduce(1) { $0 * chances[$1.name]! }
  }

  /// Whether the joint chance is higher. Where there are so many behaviors that both are too small
  /// for a number, their logarithms tell.
  func isBetter(than other: Chances) -> Bool {
    guard joint == 0, other.joint == 0 else { return joint > other.joint }
    return logarithm > other.logarithm
  }

  private var logarithm: Double {
    behaviors.sorted { $0.key < $1.key }
      .reduce(0) { $0 + log(max($1.value, .leastNormalMagnitude)) }
  }
}
