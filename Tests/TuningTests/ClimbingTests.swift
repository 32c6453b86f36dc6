import Statistics
import Suites
import Testing
import Tuning

/// The loop on its ladder, against a script that says what each candidate does on `dev`.
@Suite("Climbing")
struct ClimbingTests {
  /// What becomes of a plan: how many of 100 units of `a` and `b` the candidate fails.
  enum Answer {
    case fails(Int, Int)
    case failure(String)
  }

  /// A run to its end, with what was proposed and done on the way.
  struct Run {
    var plans: [TuningPlan] = []
    /// The champion that each plan was made for.
    var champions: [Checkpoint] = []
    var accepted: [Bool] = []
    var attempts = 0
    var outcome: Outcome?

    var rungs: String { plans.map(\.rung.rawValue).joined(separator: " ") }
    var reasons: [String] { plans.map(\.reason) }
    var endReason: EndReason? {
      if case .unsatisfied(_, let reason, _) = outcome { reason } else { nil }
    }
  }

  static func settings(
    _ ladder: [Rung], rounds: Int = 40, attempts: Bool = true, units: Int = 200,
    patience: Int = 6, names: [String] = ["a", "b"]
  ) -> LoopSettings {
    LoopSettings(
      behaviors: names.map {
        LoopBehavior(
          name: $0, target: 0.85, hope: 0.95, trainUnits: 100, devUnits: 100,
          sealed: SealedPool(units: units, budget: 0.05))
      },
      confidence: 0.95, ladder: ladder, rounds: rounds, patience: patience, attempts: attempts)
  }

  /// Runs the loop.
  ///
  /// - Parameters:
  ///   - passes: Whether attempts do.
  ///   - answer: What becomes of a plan for a champion; the plan's round tells one from another.
  static func run(
    _ settings: LoopSettings, base: (Int, Int) = (60, 50), passes: Bool = false,
    answer: (TuningPlan, Checkpoint) -> Answer
  ) -> Run {
    var run = Run()
    var loop = TuningLoop(settings: settings)
    var fails: [String: (Int, Int)] = ["base": base]
    var pending = loop.handle(TuningLoopTests.started(settings))
    while let action = pending.popLast() {
      let event: RunEvent
      switch action {
      case .measure(let checkpoint):
        let (a, b) = fails[checkpoint.id] ?? (0, 0)
        event = .measured(
          TuningLoopTests.measurement(checkpoint, failing: ["a": 0..<a, "b": 0..<b]))
      case .propose(let plan):
        run.plans.append(plan)
        event = .proposed(plan)
      case .tune(let champion, let plan):
        run.champions.append(champion)
        switch answer(plan, champion) {
        case .fails(let a, let b):
          let checkpoint = Checkpoint(id: "c\(plan.round)", rung: plan.rung)
          fails[checkpoint.id] = (a, b)
          event = .tuned(
            TunedCheckpoint(
              checkpoint: checkpoint, l2: plan.l2 ?? 1e-3, trainingLoss: 0.1, iterations: 9))
        case .failure(let reason):
          event = .untuned(TuningFailure(reason: reason))
          run.accepted.append(false)
        }
      case .accept(let decision):
        run.accepted.append(true)
        event = .accepted(decision)
      case .reject(let decision):
        run.accepted.append(false)
        event = .rejected(decision)
      case .beginAttempt(let checkpoint):
        run.attempts += 1
        event = .attemptBegun(
          AttemptRecord(number: run.attempts, checkpoint: checkpoint, claims: []))
      case .concludeAttempt:
        event = .attemptConcluded(passed: passes)
      case .finish(let outcome):
        run.outcome = outcome
        event = .finished(outcome)
      }
      pending = loop.handle(event)
    }
    return run
  }

  static let all: [Rung] = [.head, .lora, .full]

  // MARK: - Up

  @Test("What a head cannot do is left after the plain fit and one focused try")
  func hopeless() {
    let run = Self.run(Self.settings(Self.all, rounds: 4)) { plan, _ in
      plan.rung == .head ? .fails(40, 30) : .fails(2, 2)
    }
    #expect(run.rungs == "head head lora head")
    #expect(
      run.reasons == [
        "all behaviors alike, regularisation by cross-validation in train",
        "1.5× weight on a",
        "climbs from head, where the last candidate was no better (chance of certifying < 1 %): "
          + "all behaviors alike",
        "climbs down from lora, to refine the head on the new encoder: 1.5× weight on a",
      ])
    #expect(run.attempts == 1)
  }

  @Test("Small steps up are no reason to stay where there is no hope")
  func crawl() {
    let run = Self.run(Self.settings(Self.all, rounds: 5)) { plan, _ in
      plan.rung == .head ? .fails(41 - plan.round, 30) : .fails(60, 60)
    }
    #expect(run.rungs == "head head lora full")
    #expect(run.accepted == [true, true, false, false])
    #expect(run.reasons[2].hasPrefix("climbs from head, where 2 candidates left the chance"))
    #expect(run.endReason == .plateau)
  }

  @Test("Two rejections in a row are a plateau where there is some hope")
  func plateau() {
    let run = Self.run(Self.settings(Self.all, rounds: 8)) { plan, _ in
      plan.round == 1 ? .fails(11, 4) : .fails(30, 30)
    }
    #expect(run.rungs == "head head head lora lora full full head")
    #expect(
      run.reasons.dropFirst(3) == [
        "climbs from head, where 2 candidates in a row were no better (chance of certifying 36 %): "
          + "all behaviors alike",
        "1.5× weight on a",
        "climbs from lora, where 2 candidates in a row were no better (chance of certifying 36 %): "
          + "all behaviors alike",
        "1.5× weight on a",
        "climbs down from full, where 2 candidates in a row were no better (chance of certifying "
          + "36 %): 2× weight on a",
      ])
    #expect(run.endReason == .rounds)
    // The champion that was not worth an attempt in mid-run is tried at the end.
    #expect(run.attempts == 1)
  }

  @Test("A plain fit that was rejected is not proposed again")
  func plainRejected() {
    let run = Self.run(Self.settings(Self.all), base: (20, 20)) { _, _ in .fails(60, 60) }
    #expect(run.rungs == "head lora full")
    #expect(run.endReason == .plateau)
  }

  @Test("A head that certifies never climbs")
  func headSuffices() {
    let run = Self.run(Self.settings(Self.all), passes: true) { _, _ in .fails(2, 2) }
    #expect(run.rungs == "head")
    #expect(run.outcome == .satisfied(champion: Checkpoint(id: "c1", rung: .head)))
  }

  @Test("After a failed attempt at a champion that still is worth one, patience is for heads first")
  func failedAttempt() {
    let run = Self.run(Self.settings(Self.all)) { plan, _ in
      plan.round == 1 ? .fails(2, 2) : .fails(3 + plan.round, 9)
    }
    #expect(run.attempts == 1)
    #expect(run.rungs == "head head head head head head head lora lora lora full full full")
    #expect(run.reasons[7].contains("where 6 candidates in a row were no better"))
    #expect(run.endReason == .plateau)
  }

  @Test("Without attempts, what is worth one is as far as a run climbs")
  func noAttempts() {
    let run = Self.run(Self.settings(Self.all, attempts: false)) { plan, _ in
      plan.round == 1 ? .fails(5, 5) : .fails(9, 9)
    }
    #expect(run.rungs == "head head head head head head head")
    #expect(run.endReason == .plateau)
    let short = Self.run(Self.settings(Self.all, attempts: false)) { plan, _ in
      plan.round == 1 ? .fails(11, 4) : .fails(30, 30)
    }
    #expect(short.rungs.hasPrefix("head head head lora"))
  }

  // MARK: - Down

  @Test("On an encoder that lora brought: refine the head, lora again with focus, then full")
  func again() {
    let run = Self.run(Self.settings(Self.all)) { plan, _ in
      switch plan.round {
      case 1: .fails(13, 5)
      case 4: .fails(12, 4)  // the first of lora
      default: .fails(30, 30)
      }
    }
    #expect(run.accepted.indices.filter { run.accepted[$0] } == [0, 3])
    #expect(
      run.rungs == "head head head lora head head lora lora full full head head head head")
    // The encoder of the champion is lora's, so lora goes on from it, and never plainly.
    #expect(run.plans[6].focus == ["a": 1.5] && run.plans[7].focus == ["a": 2])
    #expect(run.reasons[6].hasPrefix("climbs from head, where 2 candidates in a row"))
    #expect(run.reasons[8].hasSuffix("all behaviors alike"))
    #expect(run.reasons[10].hasPrefix("climbs down from full, where 2 candidates in a row"))
    // Refined heads keep the regularisation that was chosen with the encoder.
    #expect(run.plans[4].l2 == 1e-3 && run.plans[4].focus == ["a": 1.5])
    #expect(run.endReason == .plateau)
  }

  @Test("A head refined on the new encoder, and accepted, keeps that encoder")
  func refined() {
    let run = Self.run(Self.settings(Self.all)) { plan, _ in
      switch plan.round {
      case 1: .fails(13, 5)
      case 4: .fails(12, 5)  // lora
      case 5: .fails(11, 5)  // its head, with focus
      default: .fails(30, 30)
      }
    }
    // Two rejected heads later: lora again, on top of the focus that helped.
    #expect(run.rungs.hasPrefix("head head head lora head head head lora lora full full"))
    #expect(run.plans[7].focus == ["a": 2.25])
    #expect(run.champions[7] == Checkpoint(id: "c5", rung: .head))
    // full begins at the base, plainly.
    #expect(run.plans[9].focus == [:])
  }

  @Test("What full brought is refined and continued; lora is not gone back to")
  func top() {
    let run = Self.run(Self.settings(Self.all)) { plan, _ in
      switch plan.round {
      case 1: .fails(14, 5)
      case 6: .fails(11, 5)  // full
      default: .fails(30, 30)
      }
    }
    #expect(
      run.rungs == "head head head lora lora full head head full full head head head head")
  }

  @Test("Before it gives up, the loop tries the heads that are left, and goes on if one helps")
  func closing() {
    let run = Self.run(Self.settings([.head, .lora])) { plan, _ in
      switch plan.round {
      case 1: .fails(12, 5)
      case 7: .fails(11, 5)
      default: .fails(30, 30)
      }
    }
    #expect(run.rungs.hasPrefix("head head head lora lora head head head head lora"))
    #expect(run.accepted[6])
    #expect(run.endReason == .plateau)
  }

  // MARK: - Other ladders

  @Test("A ladder without head, and one of a dear rung alone")
  func withoutHead() {
    let two = Self.run(Self.settings([.lora, .full])) { plan, _ in
      plan.round == 1 ? .fails(12, 5) : .fails(30, 30)
    }
    #expect(two.rungs == "lora lora lora full full")
    #expect(two.plans[1].focus == ["a": 1.5] && two.plans[2].focus == ["a": 2])
    #expect(two.endReason == .plateau)
    let one = Self.run(Self.settings([.lora])) { _, _ in .fails(60, 60) }
    #expect(one.rungs == "lora lora lora")
    #expect(one.endReason == .plateau)
    let impatient = Self.run(Self.settings([.lora], patience: 1)) { _, _ in .fails(60, 60) }
    #expect(impatient.rungs == "lora")
  }

  @Test("A ladder of head alone repeats its variants until patience ends it, as ever")
  func headAlone() {
    let run = Self.run(Self.settings([.head], patience: 8)) { plan, _ in
      plan.round == 1 ? .fails(12, 5) : .fails(30, 30)
    }
    #expect(run.plans.count == 9)
    #expect(run.plans[7].focus == run.plans[1].focus && run.plans[7].l2 == run.plans[1].l2)
  }

  @Test("A ladder is in order whatever order it is given in")
  func order() {
    #expect(Self.settings([.full, .head, .lora, .head]).ladder == [.head, .lora, .full])
  }

  // MARK: - What is not tried

  @Test("Where there is one behavior, more weight on it is the same weight")
  func oneBehavior() {
    let run = Self.run(Self.settings([.head, .lora], names: ["a"]), base: (60, 0)) { plan, _ in
      plan.round == 1 ? .fails(11, 0) : .fails(30, 0)
    }
    #expect(run.plans.allSatisfy { $0.focus.isEmpty })
    #expect(run.rungs == "head head head lora")
  }

  @Test("Weight that changed no reply is not tried in a smaller dose")
  func idleWeight() {
    let run = Self.run(Self.settings([.head, .lora])) { plan, _ in
      plan.rung == .head ? .fails(12, 5) : .fails(30, 30)
    }
    // 1.2 and 1.25 of the same are left out.
    #expect(run.rungs == "head head head lora lora head head")
    #expect(run.plans.compactMap { $0.focus["a"] } == [1.5, 1.5, 2])
  }

  @Test("A candidate that could not be made counts as rejected, and the run goes on")
  func untuned() {
    let run = Self.run(Self.settings(Self.all)) { plan, _ in
      switch plan.rung {
      case .head: plan.round == 1 ? .fails(12, 5) : .fails(30, 30)
      case .lora: .failure("the loss was not finite at step 12")
      case .full: .fails(2, 2)
      }
    }
    #expect(run.rungs.hasPrefix("head head head lora lora full"))
    #expect(run.reasons[5].hasPrefix("climbs from lora, where 2 candidates could not be made ("))
    #expect(run.accepted.prefix(6) == [true, false, false, false, false, true])
  }

  @Test("The same is never proposed twice for one encoder, whatever comes of candidates")
  func neverTwice() {
    for ladder in [[.head, .lora], [.head, .full], Self.all, [.lora, .full], [.full]] as [[Rung]] {
      for seed in 0..<200 as Range<UInt64> {
        var generator = SeededGenerator(seed: seed)
        let mean = 8 + generator.nextUniform() * 12
        let run = Self.run(Self.settings(ladder, rounds: 400)) { _, _ in
          if generator.nextUniform() < 0.1 { return .failure("no") }
          let failures = (0..<2).map { _ in Int(mean + 12 * (generator.nextUniform() - 0.5)) }
          return .fails(failures[0], failures[1])
        }
        var made: Set<[String]> = []
        for (plan, champion) in zip(run.plans, run.champions) {
          let focus = plan.focus.filter { $0.value != 1 }.sorted { $0.key < $1.key }
          let key = [champion.id, plan.rung.rawValue, "\(plan.l2 ?? 0)", "\(focus)"]
          #expect(made.insert(key).inserted, "seed \(seed): \(plan)")
          #expect(ladder.contains(plan.rung))
        }
        #expect(run.plans.count < 400 && run.endReason == .plateau, "seed \(seed)")
      }
    }
  }
}
