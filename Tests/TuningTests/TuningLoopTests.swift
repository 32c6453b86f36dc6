import Suites
import Testing
import Tuning

@Suite("TuningLoop")
struct TuningLoopTests {
  static let base = Checkpoint(id: "base", rung: nil)

  static func settings(
    rounds: Int = 3, patience: Int = 6, attempts: Bool = true, startsCertified: Bool = false,
    guards: Set<String> = [], units: Int = 200
  ) -> LoopSettings {
    LoopSettings(
      behaviors: ["a", "b"].map {
        LoopBehavior(
          name: $0, target: 0.85, hope: 0.95, isGuard: guards.contains($0), trainUnits: 100,
          devUnits: 100, sealed: SealedPool(units: units, budget: 0.05))
      },
      confidence: 0.95, rounds: rounds, patience: patience, attempts: attempts,
      startsCertified: startsCertified)
  }

  static func started(_ settings: LoopSettings) -> RunEvent {
    .started(
      RunHeader(
        suite: "s", model: ModelIdentity("m"), base: base, seed: 1, settings: settings,
        setAsideRows: 0, repeatedRows: 0, notes: []))
  }

  /// A measurement of 100 units per behavior, of which the numbered ones fail.
  static func measurement(_ checkpoint: Checkpoint, failing: [String: Range<Int>]) -> Measurement {
    Measurement(
      checkpoint: checkpoint,
      behaviors: ["a", "b"].map { name in
        BehaviorMeasurement(
          behavior: name, trials: 100,
          failures: (failing[name] ?? 0..<0).map {
            Failure(example: "\(name)\($0)", expected: name, reply: "x", probability: 0.5)
          })
      })
  }

  static func tuned(_ id: String) -> TunedCheckpoint {
    TunedCheckpoint(
      checkpoint: Checkpoint(id: id, rung: .head), l2: 1e-3, trainingLoss: 0.1, iterations: 9)
  }

  /// Takes a loop from its start to the measurement of its first candidate.
  static func toFirstCandidate(
    _ settings: LoopSettings, base failing: [String: Range<Int>],
    candidate: [String: Range<Int>]
  ) throws -> (loop: TuningLoop, actions: [TuningLoop.Action]) {
    var loop = TuningLoop(settings: settings)
    #expect(loop.handle(started(settings)) == [.measure(base)])
    var actions = loop.handle(.measured(measurement(base, failing: failing)))
    guard case .propose(let plan) = try #require(actions.first) else {
      Issue.record("expected a proposal, not \(actions)")
      return (loop, actions)
    }
    #expect(loop.handle(.proposed(plan)) == [.tune(champion: base, plan: plan)])
    let checkpoint = tuned("c1")
    #expect(loop.handle(.tuned(checkpoint)) == [.measure(checkpoint.checkpoint)])
    actions = loop.handle(.measured(measurement(checkpoint.checkpoint, failing: candidate)))
    return (loop, actions)
  }

  @Test("Where nothing that is wanted can be tuned, the loop ends by itself")
  func nothingToTune() throws {
    var settings = Self.settings(rounds: 6, attempts: false, guards: ["a"])
    settings.only = ["a"]
    var loop = TuningLoop(settings: settings)
    _ = loop.handle(Self.started(settings))
    var actions = loop.handle(.measured(Self.measurement(Self.base, failing: ["a": 0..<40])))
    for round in 1...20 {
      guard case .propose(let plan) = actions.first else { break }
      _ = loop.handle(.proposed(plan))
      let checkpoint = Self.tuned("c\(round)")
      _ = loop.handle(.tuned(checkpoint))
      actions = loop.handle(
        .measured(Self.measurement(checkpoint.checkpoint, failing: ["a": 0..<(40 - 2 * round)])))
      switch actions.first {
      case .accept(let decision): actions = loop.handle(.accepted(decision))
      case .reject(let decision): actions = loop.handle(.rejected(decision))
      default: break
      }
    }
    guard case .finish(.unsatisfied) = actions.first else {
      Issue.record("expected an end, not \(actions)")
      return
    }
  }

  @Test("A base that already passes is attempted before anything is tuned")
  func baseFirst() {
    let settings = Self.settings()
    var loop = TuningLoop(settings: settings)
    _ = loop.handle(Self.started(settings))
    let actions = loop.handle(.measured(Self.measurement(Self.base, failing: [:])))
    #expect(actions == [.beginAttempt(Self.base)])
  }

  @Test("A plan that cannot succeed ends before anything is measured")
  func infeasible() {
    let settings = Self.settings(units: 10)
    var loop = TuningLoop(settings: settings)
    #expect(loop.handle(Self.started(settings)) == [.finish(.infeasible(behaviors: ["a", "b"]))])
  }

  @Test("Without attempts a small suite is tuned all the same, and never attempted")
  func noAttempt() throws {
    let settings = Self.settings(rounds: 1, attempts: false, units: 10)
    var (loop, actions) = try Self.toFirstCandidate(
      settings, base: ["a": 0..<50], candidate: [:])
    guard case .reject(let decision) = try #require(actions.first) else {
      Issue.record("with a chance of 0 on both sides nothing gets better")
      return
    }
    actions = loop.handle(.rejected(decision))
    guard case .finish(.unsatisfied(_, .rounds, let violated)) = try #require(actions.first) else {
      Issue.record("expected the end, not \(actions)")
      return
    }
    #expect(violated == ["a"])
  }

  @Test("A better candidate is accepted, attempted, and certified")
  func satisfied() throws {
    var (loop, actions) = try Self.toFirstCandidate(
      Self.settings(), base: ["a": 0..<40, "b": 0..<30], candidate: ["a": 0..<3])
    guard case .accept(let decision) = try #require(actions.first) else {
      Issue.record("expected acceptance, not \(actions)")
      return
    }
    #expect(decision.reason == .betterChance)
    #expect(
      decision.flips == [
        Decision.Flips(behavior: "a", gained: 37, lost: 0),
        Decision.Flips(behavior: "b", gained: 30, lost: 0),
      ])
    let champion = Checkpoint(id: "c1", rung: .head)
    actions = loop.handle(.accepted(decision))
    #expect(actions == [.beginAttempt(champion)])
    let attempt = AttemptRecord(number: 1, checkpoint: champion, claims: [])
    #expect(loop.handle(.attemptBegun(attempt)) == [.concludeAttempt(attempt)])
    #expect(
      loop.handle(.attemptConcluded(passed: true)) == [.finish(.satisfied(champion: champion))])
  }

  @Test("A champion is attempted once; a failed attempt lowers the level of the next")
  func attemptedOnce() throws {
    var (loop, actions) = try Self.toFirstCandidate(
      Self.settings(rounds: 1), base: ["a": 0..<40], candidate: ["a": 0..<3])
    guard case .accept(let decision) = try #require(actions.first) else {
      Issue.record("expected acceptance")
      return
    }
    _ = loop.handle(.accepted(decision))
    let attempt = AttemptRecord(
      number: 1, checkpoint: Checkpoint(id: "c1", rung: .head), claims: [])
    _ = loop.handle(.attemptBegun(attempt))
    actions = loop.handle(.attemptConcluded(passed: false))
    guard case .finish(.unsatisfied(_, .rounds, let violated)) = try #require(actions.first) else {
      Issue.record("the rounds are spent and the champion was tried: \(actions)")
      return
    }
    #expect(violated.isEmpty)
  }

  @Test("At the end a champion that was not worth an attempt before is tried, unless hopeless")
  func lastAttempt() throws {
    // 10 of 100 fail in each: a chance between the two thresholds.
    var (loop, actions) = try Self.toFirstCandidate(
      Self.settings(rounds: 1), base: ["a": 0..<40], candidate: ["a": 0..<11, "b": 0..<4])
    guard case .accept(let decision) = try #require(actions.first) else {
      Issue.record("expected acceptance")
      return
    }
    #expect(decision.candidateChance > LoopSettings.hopeless)
    #expect(decision.candidateChance < LoopSettings.worthAttempting)
    actions = loop.handle(.accepted(decision))
    #expect(actions == [.beginAttempt(Checkpoint(id: "c1", rung: .head))])
  }

  @Test("A candidate that breaks a behavior that held is rejected, however much it gains")
  func guardHolds() throws {
    let (_, actions) = try Self.toFirstCandidate(
      Self.settings(guards: ["b"]), base: ["a": 0..<60, "b": 0..<2],
      candidate: ["a": 0..<1, "b": 0..<12])
    guard case .reject(let decision) = try #require(actions.first),
      case .guardRegressed(let behavior, let p, _) = decision.reason
    else {
      Issue.record("expected the guard to hold, not \(actions)")
      return
    }
    #expect(behavior == "b")
    #expect(p <= LoopSettings.decisionLevel)
  }

  @Test("Where a run starts elsewhere, what was certified is held by the grades on record")
  func lastCertified() throws {
    var settings = Self.settings()
    let start = ["a": 0..<40, "b": 0..<3]
    // Four more failures of `b` than at the start are too few to accuse a candidate of.
    let drifted = ["a": 0..<5, "b": 0..<7]
    func reason() throws -> Decision.Reason? {
      let (_, actions) = try Self.toFirstCandidate(settings, base: start, candidate: drifted)
      switch actions.first {
      case .accept(let decision), .reject(let decision): return decision.reason
      default: return nil
      }
    }
    #expect(try reason() == .betterChance)
    // Where `b` was certified it passed all of these; the last ten were not graded there.
    func certified(ungraded: Int) -> CertifiedGrades {
      CertifiedGrades(
        checkpoint: "gone",
        behaviors: [
          CertifiedGrades.Behavior(
            behavior: "b", passed: (ungraded..<100).map { "b\($0)" }, failed: [])
        ])
    }
    settings.lastCertified = certified(ungraded: 0)
    guard case .guardRegressed("b", let p, .lastCertified) = try reason() else {
      Issue.record("expected a guard to reject: \(String(describing: try reason()))")
      return
    }
    // Seven lost and none gained, among two comparisons of `b` and none of `a`, which did not hold.
    #expect(abs(p - 2 * 0.0078125) < 1e-12)
    // What was not graded there takes no part: three of the seven are left.
    settings.lastCertified = certified(ungraded: 4)
    #expect(try reason() == .betterChance)
  }

  @Test("A certified champion is replaced on evidence only")
  func certifiedChampion() throws {
    // A joint chance below .5 keeps the start from being attempted again at once.
    let settings = Self.settings(startsCertified: true)
    let failing = ["a": 0..<14, "b": 0..<3]
    var (_, actions) = try Self.toFirstCandidate(
      settings, base: failing, candidate: ["a": 0..<13, "b": 0..<3])
    guard case .reject(let few) = try #require(actions.first) else {
      Issue.record("one flip is no evidence: \(actions)")
      return
    }
    #expect(few.candidateChance > few.championChance)
    (_, actions) = try Self.toFirstCandidate(
      settings, base: failing, candidate: ["a": 0..<4, "b": 0..<3])
    guard case .accept(let many) = try #require(actions.first),
      case .evidence(let eValue) = many.reason
    else {
      Issue.record("ten gains and no loss are evidence: \(actions)")
      return
    }
    #expect(eValue >= 1 / LoopSettings.decisionLevel)
  }

  @Test("Rejections in a row are a plateau")
  func plateau() throws {
    let settings = Self.settings(rounds: 50, patience: 2)
    var (loop, actions) = try Self.toFirstCandidate(
      settings, base: ["a": 0..<60], candidate: ["a": 0..<60])
    for round in 2...3 {
      guard case .reject(let decision) = try #require(actions.first) else {
        Issue.record("nothing got better: \(actions)")
        return
      }
      actions = loop.handle(.rejected(decision))
      guard round < 3, case .propose(let plan) = try #require(actions.first) else { break }
      #expect(plan.round == round)
      _ = loop.handle(.proposed(plan))
      let checkpoint = Self.tuned("c\(round)")
      _ = loop.handle(.tuned(checkpoint))
      actions = loop.handle(
        .measured(Self.measurement(checkpoint.checkpoint, failing: ["a": 0..<60])))
    }
    guard case .finish(.unsatisfied(_, .plateau, ["a"])) = try #require(actions.first) else {
      Issue.record("expected a plateau with a violated, not \(actions)")
      return
    }
  }

  @Test("No time left ends the run with what there is")
  func timeUp() {
    let settings = Self.settings()
    var loop = TuningLoop(settings: settings)
    _ = loop.handle(Self.started(settings))
    _ = loop.handle(.measured(Self.measurement(Self.base, failing: ["a": 0..<60])))
    #expect(
      loop.handle(.timeUp) == [
        .finish(.unsatisfied(champion: Self.base, reason: .time, violated: ["a"]))
      ])
  }

  @Test("Of two hundred hopeless behaviors, fewer failures are better all the same")
  func manyBehaviors() throws {
    let names = (100..<300).map { "b\($0)" }
    let settings = LoopSettings(
      behaviors: names.map {
        LoopBehavior(
          name: $0, target: 0.9, hope: 0.97, trainUnits: 10, devUnits: 20,
          sealed: SealedPool(units: 60, budget: 0.05))
      }, confidence: 0.95)
    func measurement(_ checkpoint: Checkpoint, failures: Int) -> Measurement {
      Measurement(
        checkpoint: checkpoint,
        behaviors: names.map { name in
          BehaviorMeasurement(
            behavior: name, trials: 20,
            failures: (0..<failures).map {
              Failure(example: "\(name) \($0)", expected: name, reply: nil, probability: 0)
            })
        })
    }
    for (failures, isBetter) in [(9, true), (10, false), (11, false)] {
      var loop = TuningLoop(settings: settings)
      _ = loop.handle(Self.started(settings))
      _ = loop.handle(.measured(measurement(Self.base, failures: 10)))
      _ = loop.handle(.tuned(Self.tuned("c")))
      let action = loop.handle(
        .measured(measurement(Self.tuned("c").checkpoint, failures: failures))
      ).first
      guard case .accept(let decision) = action else {
        #expect(!isBetter, "\(failures) failures each")
        continue
      }
      #expect(isBetter && decision.candidateChance == 0)
    }
  }

  @Test("The same events give the same actions")
  func deterministic() throws {
    func actions() throws -> [TuningLoop.Action] {
      try Self.toFirstCandidate(
        Self.settings(), base: ["a": 0..<40, "b": 0..<30], candidate: ["a": 0..<20]
      ).actions
    }
    #expect(try actions() == actions())
  }
}
