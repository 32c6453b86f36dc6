import Suites

/// Never-exposed sealed units, from which each attempt takes as many as its test needs.
///
/// The second way to use a sealed pool (`sealed: fresh`): what an attempt used moves to `dev`, with
/// full feedback, and no later attempt counts it again.
///
/// ```
/// dev ······· │ next attempt │ left for later ones ·············
///             └─── units ────┴──────────────────────────────────┘
///   ◀── moves here when the attempt is over
/// ```
///
/// Whatever is learned from the units of one attempt is independent of those of the next, so
/// attempt k keeps its level given all that went before. Before a first pass the levels of
/// all attempts sum to the whole budget; after a pass nothing that the next attempts count has
/// been looked at, so they have the whole budget again.
public struct FreshReserve: Sendable, Hashable, Codable {
  /// Never-exposed units, those of the next attempt included.
  public var units: Int
  /// What attempts have to spend in all before a pass, and again after it.
  public var wholeBudget: Double

  public init(units: Int, wholeBudget: Double) {
    self.units = units
    self.wholeBudget = wholeBudget
  }
}

extension SealedPool {
  /// A pool that is used up attempt by attempt; until `LoopSettings` plans how many units the
  /// next attempt takes, it would take all.
  ///
  /// - Parameters:
  ///   - units: Independent units that no attempt has ever graded.
  ///   - budget: 1 − confidence.
  ///   - spent: Attempts made since the last pass.
  public init(fresh units: Int, budget: Double, spent: Int = 0) {
    self.init(units: units, budget: budget, spent: spent)
    fresh = FreshReserve(units: units, wholeBudget: budget)
  }
}

extension LoopBehavior {
  /// Sets aside for the next attempt what its exact test needs; all that is left where that is
  /// less. Nothing for a pool that is used verdict only.
  ///
  /// - Parameter behaviors: m, how many must hold together: the plan's miss rate is 0.1/m.
  mutating func planFreshUnits(among behaviors: Int) {
    guard let reserve = sealed.fresh else { return }
    let plan = FreshPlan(
      target: target, hope: max(hope, Claims.defaultHope(target: target)), level: sealed.level,
      behaviors: behaviors)
    sealed.units = min(reserve.units, plan.units)
  }

  /// Moves what an attempt has used to `dev`.
  mutating func exposeFreshUnits() {
    guard let reserve = sealed.fresh else { return }
    devUnits += sealed.units
    sealed.fresh?.units = reserve.units - sealed.units
  }
}

extension LoopSettings {
  /// Whether attempts use examples up, so that `dev` grows with each.
  var usesFreshUnits: Bool { behaviors.contains { $0.sealed.fresh != nil } }

  /// Whether no attempt can pass any more: of some behavior too few fresh units are left.
  var hasTooFewFreshUnits: Bool {
    behaviors.contains { $0.sealed.fresh != nil && $0.sealed.test(target: $0.target) == nil }
  }

  /// Charges an attempt to the pools of all behaviors.
  mutating func charge() {
    for index in behaviors.indices { behaviors[index].sealed.charge() }
  }

  /// Takes in the one bit of the attempt that was charged last.
  mutating func settle(passed: Bool) {
    for index in behaviors.indices {
      behaviors[index].exposeFreshUnits()
      behaviors[index].sealed.settle(passed: passed)
      behaviors[index].planFreshUnits(among: behaviors.count)
    }
  }
}
