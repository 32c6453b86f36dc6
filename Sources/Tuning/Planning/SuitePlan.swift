import Statistics
public import Suites

/// What can be certified with the examples that are there, at what cost: before anything is spent.
///
/// ```swift
/// let plan = SuitePlan(dealt, ledger: lock.ledger)
/// guard plan.isFeasible else { /* three ways out, in `plan.behaviors` */ }
/// ```
///
/// Behaviors are taken as independent where chances are multiplied.
public struct SuitePlan: Sendable, Hashable, Codable {
  public var confidence: Double
  public var behaviors: [BehaviorPlan]
  /// The chance that all are shown if each is at its hope: by the next attempt, and by those after
  /// it should they fail; shape [attempts].
  public var jointPowers: [Double]
  /// At least so much however the behaviors depend on each other, for the next attempt.
  public var leastJointPower: Double
  /// Whether every target can be shown at all.
  public var isFeasible: Bool
  /// Nil where only the claims were planned.
  public var calls: CallsPlan?
  public var advice: SharesAdvice?

  /// Plans the claims alone: power and needs, without gate, calls and advice.
  public init(behaviors: [LoopBehavior], claims: Claims) {
    self.init(behaviors: behaviors, claims: claims, gates: nil)
  }

  /// Plans a suite in full.
  ///
  /// - Parameters:
  ///   - ledger: What earlier attempts left.
  ///   - textsPerSecond: The rate at which texts are embedded, positive; an assumption.
  public init(
    _ suite: DealtSuite, ledger: Ledger,
    textsPerSecond: Double = CallsPlan.assumedTextsPerSecond
  ) {
    let behaviors = LoopBehavior.all(in: suite, ledger: ledger)
    let units = suite.suite.behaviors.map { behavior in
      Role.allCases.map { suite.units(of: behavior, in: $0) }
    }
    let gate = Role.allCases.firstIndex(of: .gate) ?? 0
    self.init(
      behaviors: behaviors, claims: suite.suite.claims, gates: units.map { $0[gate] })
    calls = CallsPlan(
      rounds: suite.suite.tuning.rounds ?? LoopSettings.defaultRounds,
      devUnits: behaviors.reduce(0) { $0 + $1.devUnits },
      sealedUnits: behaviors.reduce(0) { $0 + $1.sealed.units - $1.sealed.missing },
      texts: Set(suite.suite.behaviors.lazy.flatMap(\.examples).map(\.input)).count,
      textsPerSecond: textsPerSecond, isFeasible: isFeasible
    ) { ahead in
      Self.jointPower(behaviors, ahead: ahead)
    }
    advice = SharesAdvice(
      behaviors, units: units.map { $0.reduce(0, +) }, shares: suite.suite.roles,
      jointPower: jointPowers[0])
  }

  private init(behaviors: [LoopBehavior], claims: Claims, gates: [Int]?) {
    let alpha = claims.alpha
    let beta = 0.1 / Double(max(1, behaviors.count))
    let gateLevel = alpha / Double(max(1, behaviors.count))
    var needs: [BehaviorPlan.Need.Key: BehaviorPlan.Need] = [:]
    var gateNeeds: [Double: Int?] = [:]
    confidence = claims.confidence
    self.behaviors = behaviors.indices.map { index in
      let behavior = behaviors[index]
      let key = BehaviorPlan.Need.Key(
        target: behavior.target, hope: behavior.hope, level: behavior.sealed.level)
      let need = needs[key] ?? BehaviorPlan.Need(key, beta: beta)
      needs[key] = need
      let gate = gates.map { gates in
        let margin = GatePlan.defaultMargin
        let enough =
          gateNeeds[behavior.hope]
          ?? GatePlan.unitsForPower(hope: behavior.hope, level: gateLevel, margin: margin)
        gateNeeds[behavior.hope] = .some(enough)
        return GatePlan(
          gateUnits: gates[index], devUnits: behavior.devUnits, hope: behavior.hope,
          level: gateLevel, alpha: alpha, margin: margin, unitsForPower: enough)
      }
      return BehaviorPlan(behavior, need: need, alpha: alpha, gate: gate)
    }
    jointPowers = (0..<BehaviorPlan.attemptsAhead).map { Self.jointPower(behaviors, ahead: $0) }
    leastJointPower = max(0, 1 - self.behaviors.reduce(0) { $0 + 1 - $1.power })
    isFeasible = self.behaviors.allSatisfy(\.isFeasible)
  }

  /// The chance that all pass an attempt so many after the next, each at its hope.
  private static func jointPower(_ behaviors: [LoopBehavior], ahead: Int) -> Double {
    behaviors.reduce(1) { product, behavior in
      var pool = behavior.sealed
      pool.spent += ahead
      return product * pool.power(target: behavior.target, at: behavior.hope)
    }
  }
}
