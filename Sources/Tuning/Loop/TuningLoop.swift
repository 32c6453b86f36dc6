import Statistics
import Suites

/// Decides what a tuning run does next. A pure value: no clock, no file, no randomness.
///
/// ```
/// started ─▶ measure base ─▶ worth an attempt? ──no──▶ propose ─▶ tune ─▶ measure ─▶ decide
///                                 │ yes      ▲                                       │
///                                 ▼          └────────── accepted ◀──────────────────┤
///                       begin ─▶ conclude ──failed──▶ propose ◀──── rejected ◀───────┘
///                                 │ passed
///                                 ▼
///                             satisfied            (rounds, plateau or time: last attempt, end)
/// ```
///
/// Where attempts use fresh examples up, a failed one is followed by measuring the champion again,
/// on a `dev` that has them; the run ends when too few are left for another attempt.
public struct TuningLoop: Sendable {
  package private(set) var settings: LoopSettings
  package private(set) var champion: Champion?
  package private(set) var round = 0
  package private(set) var rejectionsInARow = 0
  private var candidate: Candidate?
  private var attempted: Set<Checkpoint> = []
  private var ending: EndReason?
  private var guards = HeldGuards()
  var chanceTable = ChanceTable()
  var climb: Climb
  var tried: Set<Tried> = []
  /// What the candidate on trial weighs more than the champion.
  var lift: Lift?

  /// The best checkpoint so far, with what `dev` showed of it.
  package struct Champion: Sendable {
    package var measurement: Measurement
    package var l2: Double?
    package var focus: [String: Double]
    package var certified: Bool
    /// The checkpoint that brought the encoder; nil where it is the base's.
    package var encoder: Checkpoint?
    /// Sets of behaviors to which so many times the weight changed no reply on `dev`.
    var idleLifts: [[String]: Double] = [:]

    mutating func note(idle lift: Lift) {
      idleLifts[lift.behaviors] = max(idleLifts[lift.behaviors] ?? 0, lift.factor)
    }
  }

  private struct Candidate {
    var plan: TuningPlan
    var tuned: TunedCheckpoint?
    var measurement: Measurement?
  }

  public init(settings: LoopSettings) {
    self.settings = settings
    climb = Climb(at: settings.ladder[0])
  }

  /// Takes in what happened and answers what to do about it.
  public mutating func handle(_ event: RunEvent) -> [Action] {
    switch event {
    case .started(let header):
      return start(at: header.base)
    case .measured(let measurement):
      return measured(measurement)
    case .proposed(let plan):
      guard let champion else { preconditionFailure("a plan follows a measured champion") }
      return [.tune(champion: champion.measurement.checkpoint, plan: plan)]
    case .tuned(let tuned):
      candidate?.tuned = tuned
      if let champion, let plan = candidate?.plan { remember(plan, l2: tuned.l2, of: champion) }
      return [.measure(tuned.checkpoint)]
    case .accepted:
      crownCandidate()
      return attemptOrPropose()
    case .rejected(let decision):
      if decision.flips.isEmpty, let lift { champion?.note(idle: lift) }
      return rejected()
    case .untuned:
      climb.untuned += 1
      return rejected()
    case .attemptBegun(let attempt):
      begin(attempt)
      return [.concludeAttempt(attempt)]
    case .attemptConcluded(let passed):
      return concluded(passed: passed)
    case .timeUp:
      candidate = nil
      return end(.time)
    case .finished, .studied:
      return []
    }
  }

  // MARK: - Measuring and deciding

  private func start(at base: Checkpoint) -> [Action] {
    let hopeless = settings.behaviors.filter { $0.sealed.test(target: $0.target) == nil }
    guard hopeless.isEmpty || !settings.attempts else {
      return [.finish(.infeasible(behaviors: hopeless.map(\.name)))]
    }
    return [.measure(base)]
  }

  private mutating func measured(_ measurement: Measurement) -> [Action] {
    guard let champion else {
      self.champion = Champion(
        measurement: measurement, l2: nil, focus: [:], certified: settings.startsCertified,
        encoder: measurement.checkpoint.rung?.changesEncoder == true
          ? measurement.checkpoint : nil)
      noteHeldGuards()
      return attemptOrPropose()
    }
    guard candidate != nil else { return measuredAgain(measurement) }
    candidate?.measurement = measurement
    let decision = decide(on: measurement, against: champion)
    return decision.accepts ? [.accept(decision)] : [.reject(decision)]
  }

  private mutating func decide(on challenger: Measurement, against champion: Champion) -> Decision {
    let before = chanceTable.chances(of: champion.measurement, behaviors: settings.wanted)
    let after = chanceTable.chances(of: challenger, behaviors: settings.wanted)
    let flips = Flipped.all(from: champion.measurement, to: challenger)
    let reason: Decision.Reason
    var broken: [String]?
    if let regression = guards.worstRegression(
      of: challenger, against: champion.measurement, among: settings.behaviors)
    {
      (reason, broken) = (regression.reason, regression.broken)
    } else if champion.certified {
      let focus = candidate?.plan.focus ?? [:]
      let pooled = flips.filter { focus.isEmpty || focus[$0.behavior] != nil }
      let eValue = SequentialMcNemar(
        gains: pooled.reduce(0) { $0 + $1.gained }, losses: pooled.reduce(0) { $0 + $1.lost }
      ).eValue
      reason =
        eValue >= 1 / LoopSettings.decisionLevel
        ? .evidence(eValue: eValue) : .tooLittleEvidence(eValue: eValue)
    } else {
      reason = after.isBetter(than: before) ? .betterChance : .notBetter
    }
    return Decision(
      round: round, checkpoint: challenger.checkpoint, reason: reason,
      championChance: before.joint, candidateChance: after.joint, flips: flips,
      broken: broken)
  }

  private mutating func crownCandidate() {
    guard let candidate, let measurement = candidate.measurement else {
      preconditionFailure("only a measured candidate is accepted")
    }
    let plan = candidate.plan
    champion = Champion(
      measurement: measurement, l2: candidate.tuned?.l2, focus: plan.focus, certified: false,
      encoder: plan.rung.changesEncoder ? measurement.checkpoint : champion?.encoder)
    climbAfterAcceptance(of: plan)
    self.candidate = nil
    rejectionsInARow = 0
    noteHeldGuards()
  }

  private mutating func rejected() -> [Action] {
    rejectionsInARow += 1
    climb.rejections += 1
    candidate = nil
    return propose()
  }

  private mutating func noteHeldGuards() {
    guard let champion else { return }
    for behavior in settings.behaviors {
      guard let measured = champion.measurement[behavior: behavior.name] else { continue }
      let holds =
        champion.certified || behavior.isCertified
        || chanceTable.chance(of: behavior, measured) >= LoopSettings.worthAttempting
      if holds || behavior.isGuard { guards.note(measured) }
      if holds, let certified = settings.lastCertified?[behavior: behavior.name] {
        guards.note(certified)
      }
    }
  }

  // MARK: - Attempts

  mutating func chanceOfChampion() -> Double {
    guard let champion else { return 0 }
    return chanceTable.chances(of: champion.measurement, behaviors: settings.behaviors).joint
  }

  private mutating func attempt(ifChanceIsAtLeast threshold: Double) -> Action? {
    guard settings.attempts, let champion, !attempted.contains(champion.measurement.checkpoint),
      chanceOfChampion() >= threshold
    else { return nil }
    return .beginAttempt(champion.measurement.checkpoint)
  }

  private mutating func attemptOrPropose() -> [Action] {
    if let action = attempt(ifChanceIsAtLeast: LoopSettings.worthAttempting) { return [action] }
    return propose()
  }

  private mutating func begin(_ attempt: AttemptRecord) {
    attempted.insert(attempt.checkpoint)
    settings.charge()
  }

  private mutating func concluded(passed: Bool) -> [Action] {
    guard let champion else { preconditionFailure("an attempt is made with a champion") }
    settings.settle(passed: passed)
    if passed { return [.finish(.satisfied(champion: champion.measurement.checkpoint))] }
    // What was certified of it no longer is, as the suite stands now.
    self.champion?.certified = false
    if let ending { return end(ending) }
    // What the attempt used is in `dev` now: the champion is measured again there.
    if settings.usesFreshUnits { return [.measure(champion.measurement.checkpoint)] }
    return propose()
  }

  /// Takes in the champion's measurement on a `dev` that an attempt on fresh examples made larger.
  ///
  /// Guards are compared with it from here on: pairs with an older measurement lack the new units.
  private mutating func measuredAgain(_ measurement: Measurement) -> [Action] {
    champion?.measurement = measurement
    guards = HeldGuards()
    noteHeldGuards()
    return settings.hasTooFewFreshUnits ? end(.plateau) : propose()
  }

  // MARK: - Proposing and ending

  private mutating func propose() -> [Action] {
    guard let champion else { preconditionFailure("a champion is measured before a proposal") }
    if round >= settings.rounds { return end(.rounds) }
    let isFlawless = champion.measurement.behaviors.allSatisfy {
      $0.failures.isEmpty || !settings.isWanted($0.behavior)
    }
    guard !isFlawless, let plan = nextPlan(after: champion) else { return end(.plateau) }
    round = plan.round
    candidate = Candidate(plan: plan)
    return [.propose(plan)]
  }

  /// A champion that was not tried yet is tried before the run gives up, unless that is hopeless.
  private mutating func end(_ reason: EndReason) -> [Action] {
    ending = reason
    if let action = attempt(ifChanceIsAtLeast: LoopSettings.hopeless) { return [action] }
    guard let champion else { preconditionFailure("a run ends with a champion") }
    return [
      .finish(
        .unsatisfied(
          champion: champion.measurement.checkpoint, reason: reason,
          violated: settings.violated(on: champion.measurement)))
    ]
  }
}

extension Decision {
  package var accepts: Bool {
    switch reason {
    case .betterChance, .evidence: true
    case .notBetter, .tooLittleEvidence, .guardRegressed: false
    }
  }
}
