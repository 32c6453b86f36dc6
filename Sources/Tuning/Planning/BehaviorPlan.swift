import Statistics

/// What one behavior's sealed units can show, and what it would take to show its target.
public struct BehaviorPlan: Sendable, Hashable, Codable {
  public var behavior: String
  public var target: Double
  public var hope: Double
  /// Independent sealed units, those that are missing included.
  public var sealedUnits: Int
  /// Units of earlier attempts that are gone or changed; each counts as a failure.
  public var missingUnits: Int
  /// The number of the next attempt on this pool.
  public var attempt: Int
  /// α_k of the next attempt.
  public var level: Double
  /// The exact test of the next attempt passes with at most so many failures; nil where even
  /// none would not show the target.
  public var maximumFailures: Int?
  /// The chance of passing the next attempt if the truth is `hope`.
  public var power: Double
  /// The same for the next attempt and those after it, should they fail; shape [attempts].
  public var powers: [Double]
  public var levels: [Double]
  /// Sealed units that show the target if none of them fails.
  public var unitsWithoutFailure: Int
  /// Sealed units of the exact plan that misses with at most 0.1/m at `hope`: the worst case.
  public var unitsForPower: Int
  /// The mean number of units until that plan's verdict is certain, if the truth is `hope`: the
  /// same test, ended early. An attempt of this version grades the whole pool all the same.
  public var meanUnitsCurtailed: Double
  /// The mean number of units of Wald's sequential test, if the truth is `hope`, cut off at three
  /// times the exact plan; nil for plans too long to enumerate.
  public var meanUnitsSequential: Double?
  /// The highest target, in whole hundredths, that these units show 9 times in 10 at the hope that
  /// goes with it; nil where there is none from 0.5 up.
  public var showableTarget: Double?
  /// The highest confidence, in whole hundredths, at which these units would show the target
  /// without a failure; nil where there is none from 0.5 up.
  public var confidenceWithoutFailure: Double?
  /// The same, 9 times in 10 at `hope`.
  public var confidenceForPower: Double?
  /// The regression test; nil where units of the gate are not known.
  public var gate: GatePlan?

  /// Whether the target can be shown at all with what is there.
  public var isFeasible: Bool { maximumFailures != nil }

  /// Attempts looked ahead to: the next one and two more.
  public static let attemptsAhead = 3
  /// The longest exact plan for which the sequential one is enumerated.
  static let longestEnumerated = 20_000

  init(
    _ behavior: LoopBehavior, need: Need, alpha: Double, gate: GatePlan?
  ) {
    let pool = behavior.sealed
    let pools = (0..<Self.attemptsAhead).map { ahead in
      var later = pool
      later.spent += ahead
      return later
    }
    self.behavior = behavior.name
    target = behavior.target
    hope = behavior.hope
    sealedUnits = pool.units
    missingUnits = pool.missing
    attempt = pool.spent + 1
    level = pool.level
    maximumFailures = pool.test(target: behavior.target)?.maximumFailures
    powers = pools.map { $0.power(target: behavior.target, at: behavior.hope) }
    levels = pools.map(\.level)
    power = powers[0]
    unitsWithoutFailure = zeroFailureSampleSize(target: behavior.target, alpha: pool.level)
    unitsForPower = need.exact.trials
    meanUnitsCurtailed = need.meanCurtailed
    meanUnitsSequential = need.meanSequential
    showableTarget = Feasibility.showableTarget(pool)
    confidenceWithoutFailure = Self.confidence(behavior, failures: 0, alpha: alpha)
    confidenceForPower = Self.failuresAtHope(behavior).flatMap {
      Self.confidence(behavior, failures: $0, alpha: alpha)
    }
    self.gate = gate
  }

  /// The fewest failures that units at `hope` keep to 9 times in 10.
  private static func failuresAtHope(_ behavior: LoopBehavior) -> Int? {
    let present = behavior.sealed.units - behavior.sealed.missing
    return (0...max(0, present)).first {
      binomialCDF($0, trials: present, probability: 1 - behavior.hope) >= 0.9
    }
  }

  /// The highest confidence in whole hundredths, from 0.5 up, at which the next attempt would pass
  /// with so many failures among the units that are there.
  private static func confidence(
    _ behavior: LoopBehavior, failures: Int, alpha: Double
  ) -> Double? {
    let pool = behavior.sealed
    guard pool.units > 0, alpha > 0, pool.level > 0 else { return nil }
    let size = binomialCDF(
      failures + pool.missing, trials: pool.units, probability: 1 - behavior.target)
    // The level is in proportion to the whole budget.
    let needed = size * alpha / pool.level
    let hundredths = ((1 - needed) * 100 + 1e-9).rounded(.down)
    return hundredths >= 50 ? min(0.99, hundredths / 100) : nil
  }
}

extension BehaviorPlan {
  /// What a target, a hope and a level ask for, whatever there is: shared by behaviors alike.
  struct Need: Sendable {
    var exact: ExactBinomialTest
    var meanCurtailed: Double
    var meanSequential: Double?

    struct Key: Hashable {
      var target: Double
      var hope: Double
      var level: Double
    }

    init(_ key: Key, beta: Double) {
      exact = .smallest(target: key.target, hope: key.hope, alpha: key.level, beta: beta)
      meanCurtailed = exact.expectedTrials(at: key.hope)
      guard exact.trials <= longestEnumerated else { return }
      let test = BernoulliSPRT(
        target: key.target, hope: key.hope, alpha: key.level, beta: beta)
      meanSequential =
        OperatingCharacteristics(
          of: .sprt(test, maximumTrials: 3 * exact.trials), at: key.hope
        ).expectedTrials
    }
  }
}
