/// Predictive chances computed before, so that a loop that asks for one again has it for nothing.
///
/// They are most of what a loop costs, which a run that tunes a model never notices and thousands
/// of simulated runs do. A chance is a function of the key alone: the table changes no decision.
struct ChanceTable: Sendable {
  private var known: [Key: Double] = [:]

  private struct Key: Hashable {
    var pool: SealedPool
    var target: Double
    var passes: Int
    var trials: Int
  }

  /// `LoopBehavior.predictiveChance`.
  mutating func chance(of behavior: LoopBehavior, _ measured: BehaviorMeasurement?) -> Double {
    let key = Key(
      pool: behavior.sealed, target: behavior.target, passes: measured?.passes ?? 0,
      trials: measured?.trials ?? 0)
    if let chance = known[key] { return chance }
    let chance = behavior.predictiveChance(measured)
    known[key] = chance
    return chance
  }

  /// `Chances(of:behaviors:)`.
  mutating func chances(of measurement: Measurement, behaviors: [LoopBehavior]) -> Chances {
    Chances(of: measurement, behaviors: behaviors) { chance(of: $0, $1) }
  }
}
