import Suites

/// Which rung the next candidate is of.
///
/// ```
///            plateau            plateau
///   head ──────────────▶ lora ──────────────▶ full
///    ▲ │ ▲                │                    │ │
///    │ │ └── accepted ────┘                    │ │
///    │ │     (refine the head on its encoder)  │ │
///    │ └─ plateau: the rung that made the      │ │
///    │    encoder again, more weight on what   │ │
///    │    falls short; or the next one up      │ │
///    ├───────────────────────────── accepted ──┘ │
///    └─ plateau: what heads are left, then end ──┘
/// ```
///
/// A head takes a second and the upper rungs take minutes. So the loop climbs only when the plateau
/// of a rung is clear, climbs down to refine what a dear rung brought, and never proposes the same
/// from the same encoder again: tuning is deterministic, and would give what was rejected before. A
/// ladder of `head` alone has nowhere to climb; there rejections in a row end the run.
extension TuningLoop {
  /// Where on the ladder the loop works, and what came of it there.
  struct Climb: Sendable {
    var rung: Rung
    /// In a row, since the loop came here or accepted a candidate.
    var rejections = 0
    /// Those of them of which no candidate came.
    var untuned = 0
    /// Candidates since the loop came here, and those of them beyond the plain fit.
    var candidates = 0
    var variants = 0
    /// The heads that are left are tried before the run gives up; nothing follows.
    var isClosing = false
    /// Why the loop came here; told with the first candidate.
    var reason: String?

    init(at rung: Rung, reason: String? = nil) {
      self.rung = rung
      self.reason = reason
    }
  }

  /// A plan by what it makes: the same start, rung, regularisation and focus give the same
  /// checkpoint.
  struct Tried: Sendable, Hashable {
    /// The checkpoint that the encoder is taken from; nil is the base.
    private var encoder: Checkpoint?
    private var rung: Rung
    // Single precision: 3 times a third is 1.
    private var l2: Float?
    private var focus: [String: Float]

    init(rung: Rung, l2: Double?, focus: [String: Double], champion: Champion) {
      // An upper rung goes on from an encoder of its own kind, and else begins at the base.
      let goesOn = rung == .head || champion.encoder?.rung == rung
      encoder = goesOn ? champion.encoder : nil
      self.rung = rung
      self.l2 = l2.map(Float.init)
      self.focus = focus.mapValues(Float.init).filter { $0.value != 1 }
    }
  }

  /// The next candidate; nil where the ladder's plateau is clear, or nothing new is left to try.
  mutating func nextPlan(after champion: Champion) -> TuningPlan? {
    guard settings.ladder != [.head] else {
      if rejectionsInARow >= settings.patience { return nil }
      let variants = variants(at: .head, of: champion)
      return plan(variants[rejectionsInARow % variants.count], of: champion)
    }
    while true {
      let why: String
      if let plateau = plateau() {
        why = plateau
      } else if let variant = newVariant(of: champion) {
        return plan(variant, of: champion)
      } else {
        why = "where nothing new is left to try"
      }
      guard leaveRung(champion, why: why) else { return nil }
    }
  }

  /// Takes in that a candidate became the champion.
  mutating func climbAfterAcceptance(of plan: TuningPlan) {
    if plan.rung.changesEncoder, settings.ladder.first == .head {
      climb = Climb(
        at: .head,
        reason: "climbs down from \(plan.rung.rawValue), to refine the head on the new encoder")
    } else {
      climb.rejections = 0
      climb.untuned = 0
      climb.isClosing = false
    }
  }

  // MARK: - Proposing at a rung

  private mutating func plan(_ variant: Variant, of champion: Champion) -> TuningPlan {
    let plan = TuningPlan(
      round: round + 1, rung: climb.rung, l2: variant.l2, focus: variant.focus,
      mixture: Mixture(of: settings.behaviors, focus: variant.focus, isWanted: settings.isWanted),
      reason: climb.reason.map { "\($0): \(variant.words)" } ?? variant.words)
    climb.reason = nil
    climb.candidates += 1
    if !variant.isPlain { climb.variants += 1 }
    lift = variant.lift
    remember(plan, of: champion)
    return plan
  }

  /// The first variant that was not tried and can make a difference.
  private mutating func newVariant(of champion: Champion) -> Variant? {
    let rung = climb.rung
    return variants(at: rung, of: champion).first { variant in
      if let lift = variant.lift {
        // Losses are means: more weight on all, or on none, is the same as before.
        guard !lift.behaviors.isEmpty, lift.behaviors.count < settings.tunable.count else {
          return false
        }
        if rung == .head, lift.factor <= champion.idleLifts[lift.behaviors] ?? 0 { return false }
      }
      return !tried.contains(
        Tried(rung: rung, l2: variant.l2, focus: variant.focus, champion: champion))
    }
  }

  /// - Parameter l2: What cross-validation chose where the plan left it open.
  mutating func remember(_ plan: TuningPlan, l2: Double? = nil, of champion: Champion) {
    tried.insert(
      Tried(rung: plan.rung, l2: l2 ?? plan.l2, focus: plan.focus, champion: champion))
  }

  // MARK: - From rung to rung

  /// What shows that the rung gets no further; nil while it may.
  private mutating func plateau() -> String? {
    let chance = chanceOfChampion()
    let isHopeless = chance < LoopSettings.hopeless
    let mayClimb = settings.ladder.count > 1 && !climb.isClosing
    let patience =
      !mayClimb || chance >= LoopSettings.worthAttempting
      ? settings.patience
      : min(settings.patience, isHopeless ? 1 : LoopSettings.climbingPatience)
    if climb.rejections >= patience {
      return "where \(rejections) (chance of certifying \(chance.asChance))"
    }
    // Small steps will not get there, even where each is one up.
    if mayClimb, isHopeless, climb.variants >= 1 {
      return "where \(climb.candidates == 1 ? "a candidate" : "\(climb.candidates) candidates") "
        + "left the chance of certifying at \(chance.asChance)"
    }
    return nil
  }

  /// The rejections in a row, in words.
  private var rejections: String {
    switch (climb.rejections, climb.untuned) {
    case (1, 1): "no candidate could be made"
    case (let all, let untuned) where all == untuned: "\(all) candidates could not be made"
    case (1, _): "the last candidate was no better"
    case (let all, _): "\(all) candidates in a row were no better"
    }
  }

  /// Goes where the next candidate may come from.
  ///
  /// - Returns: False where the run shall end.
  private mutating func leaveRung(_ champion: Champion, why: String) -> Bool {
    guard !climb.isClosing else { return false }
    let chance = chanceOfChampion()
    // Without attempts, what is worth one is as far as a run needs to go.
    if chance >= LoopSettings.worthAttempting, !settings.attempts { return false }
    let here = climb
    // A rung that had nothing to propose is passed by, and the reason stays.
    func reason(_ verb: String) -> String {
      here.candidates == 0 ? here.reason ?? "" : "\(verb) from \(here.rung.rawValue), \(why)"
    }
    let encoder = here.rung == .head ? champion.encoder?.rung : nil
    let above = settings.ladder.filter { $0 > here.rung }
    if let next = above.first(where: { $0 == encoder }) ?? above.first {
      climb = Climb(at: next, reason: reason("climbs"))
      return true
    }
    guard settings.ladder.first == .head, here.rung != .head, chance >= LoopSettings.hopeless else {
      return false
    }
    climb = Climb(at: .head, reason: reason("climbs down"))
    climb.isClosing = true
    return true
  }
}

extension Double {
  /// A chance as a whole percentage, never rounded to certainty either way, e.g. `> 99 %`.
  package var asChance: String {
    if self > 0 && self < 0.005 { return "< 1 %" }
    if self < 1 && self >= 0.995 { return "> 99 %" }
    return "\(Int((self * 100).rounded(.toNearestOrEven))) %"
  }
}
