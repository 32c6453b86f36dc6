import Foundation
import RunStorage
import Suites
import Synchronization
import Testing
import Tuning

/// A trainer of a small world: each checkpoint is named by the way that led to it, and a script says
/// what it answers.
final class PathTrainer: Trainer {
  let identity = ModelIdentity("path")
  let engine = "path"
  /// What the checkpoint with this path answers: `base`, `base.1` (round 1 from the base), ….
  let answer: @Sendable (_ path: String, _ text: String) -> String
  /// Plans in the order in which they were tuned.
  let plans = Mutex<[TuningPlan]>([])
  /// Paths that are gone from the disk.
  let missing = Mutex<Set<String>>([])

  init(answer: @escaping @Sendable (_ path: String, _ text: String) -> String) {
    self.answer = answer
  }

  func prepare(for prompts: [Prompt]) async throws {}

  func base() async throws -> Checkpoint { Checkpoint(id: "base", rung: nil) }

  func checkpoint(named id: String) throws -> Checkpoint? {
    guard id.hasPrefix("base"), !missing.withLock({ $0.contains(id) }) else { return nil }
    return Checkpoint(id: id, rung: id == "base" ? nil : .head)
  }

  func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    plans.withLock { $0.append(plan) }
    return TunedCheckpoint(
      checkpoint: Checkpoint(id: "\(champion.id).\(plan.round)", rung: plan.rung),
      l2: plan.l2 ?? 1e-3, trainingLoss: 0, iterations: 1)
  }

  func model(at checkpoint: Checkpoint) async throws -> any Model {
    ScriptedModel(identity: ModelIdentity(checkpoint.id)) { [answer] in answer(checkpoint.id, $0) }
  }
}

/// Three behaviors are certified; a fourth is added that pulls against one of them.
@Suite("A behavior is added")
struct StoryTests {
  let scratch: TuningRunTests.Scratch
  let trainer: PathTrainer

  /// Certified at `base.1`. From there the first candidate learns `urgent` by taking every fifth
  /// `refill` for it; later ones learn it at no other's cost.
  init() async throws {
    scratch = try TuningRunTests.Scratch()
    scratch.behaviors = ["billing", "greeting", "refill"].map(Self.behavior)
    trainer = PathTrainer { path, text in
      let words = text.split(separator: " ")
      let (label, number) = (String(words[0]), Int(words.last!)!)
      if path == "base" { return "billing" }
      if label == "urgent" { return path == "base.1" ? "refill" : "urgent" }
      return path == "base.1.1" && label == "refill" && number % 5 == 0 ? "urgent" : label
    }
    let result = try await scratch.run(trainer: trainer)
    #expect(result.summary.outcome == .satisfied(champion: Checkpoint(id: "base.1", rung: .head)))
  }

  static func behavior(_ label: String) -> Behavior {
    Behavior(
      name: label, requires: "It is \(label).", target: 0.85,
      examples: (0..<400).map { Example(input: "\(label) number \($0)", expected: label) },
      location: SourceLocation(file: "behaviors/\(label).yaml", line: 1, column: 1))
  }

  @Test(
    "The greedy candidate is rejected by the guard that it breaks; one that holds all is certified")
  func grows() async throws {
    scratch.behaviors.append(Self.behavior("urgent"))
    let result = try await scratch.run(trainer: trainer)

    let header = try #require(result.summary.header)
    #expect(header.base.id == "base.1")
    #expect(header.untuned.id == "base")
    #expect(
      header.settings.behaviors.map(\.isCertified) == [true, true, true, false])

    let rounds = result.summary.rounds
    let greedy = try #require(rounds.first?.decision)
    guard case .guardRegressed(let behavior, let p, _) = greedy.reason else {
      Issue.record("expected the guard to reject: \(greedy.reason)")
      return
    }
    #expect(behavior == "refill")
    #expect(p < 0.05)
    let lost = try #require(greedy.flips.first { $0.behavior == "refill" })
    #expect(lost.lost > 5 && lost.gained == 0)
    // Which examples flipped follows from the events: those of `dev` whose number is divisible by 5.
    let before = try #require(result.summary.base?[behavior: "refill"])
    let after = try #require(rounds[0].measurement?[behavior: "refill"])
    let flipped = Set(after.failures.map(\.example)).subtracting(before.failures.map(\.example))
    let texts = scratch.behaviors[2].examples.filter { flipped.contains($0.id) }.map(\.input)
    #expect(texts.count == lost.lost)
    #expect(greedy.broken == flipped.sorted())
    #expect(rounds.dropFirst().allSatisfy { $0.decision?.broken == nil || !$0.decision!.accepts })
    #expect(texts.allSatisfy { Int($0.split(separator: " ").last!)! % 5 == 0 })

    let last = try #require(rounds.last)
    #expect(last.decision?.reason == .betterChance)
    #expect(result.summary.outcome == .satisfied(champion: last.decision!.checkpoint))
    let certificate = try #require(
      Certificate.read(from: SuiteWorkspace(folder: scratch.folder).certificate))
    #expect(certificate.behaviors.map(\.behavior) == ["billing", "greeting", "refill", "urgent"])

    // What holds is replayed, and the new one is tuned; shares of the loss add up.
    let mixture = try #require(rounds[0].plan.mixture)
    #expect(mixture.parts.map(\.purpose) == [.replay, .replay, .replay, .tune])
    #expect(abs(mixture.parts.reduce(0) { $0 + $1.share } - 1) < 1e-12)
  }

  @Test("The history tells it: where it began, what was rejected, what was certified")
  func history() async throws {
    scratch.behaviors.append(Self.behavior("urgent"))
    let result = try await scratch.run(trainer: trainer)
    var history = RunHistory()
    for run in try scratch.archive.runs() {
      history.add(
        number: run.number, isClosed: run.isClosed,
        events: try scratch.archive.events(of: run.number))
    }
    let champion = try #require(history.champion)
    guard case .satisfied(let certified) = result.summary.outcome else {
      Issue.record("expected satisfied")
      return
    }
    #expect(champion.checkpoint == certified)
    #expect(champion.isCertified)
    let lineage = history.lineage(of: champion.checkpoint.id)
    #expect(lineage.map(\.checkpoint.id) == ["base", "base.1", champion.checkpoint.id])
    #expect(lineage.map(\.isCertified) == [false, true, true])
    // What a champion was chosen from: base and one round, and then what the second run measured.
    #expect(history.candidates(for: "base.1") == 2)
    #expect(
      history.candidates(for: certified.id)
        == 2 + result.summary.rounds.count { $0.measurement != nil })
    #expect(history.candidates(for: "nobody") == nil)
    #expect(lineage.map(\.run) == [1, 1, 2])
    #expect(history.runs[1].line.map(\.round) == [0, champion.round])
    #expect(lineage[2].flips.map(\.behavior) == ["urgent"])
  }

  @Test("A conflict that nothing resolves is named, and what was certified stays")
  func conflict() async throws {
    scratch.behaviors.append(Self.behavior("urgent"))
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let before = try Data(contentsOf: workspace.certificate)
    // Whoever learns `urgent` breaks `refill`.
    let torn = PathTrainer { path, text in
      let words = text.split(separator: " ")
      let (label, number) = (String(words[0]), Int(words.last!)!)
      if label == "urgent" { return path == "base.1" ? "refill" : "urgent" }
      return path != "base.1" && label == "refill" && number % 5 == 0 ? "urgent" : label
    }
    let result = try await scratch.run(rounds: 12, trainer: torn)
    guard case .unsatisfied(let champion, .plateau, let violated) = result.summary.outcome else {
      Issue.record("expected a plateau: \(String(describing: result.summary.outcome))")
      return
    }
    #expect(champion.id == "base.1")
    #expect(violated == ["urgent"])
    #expect(
      result.summary.rounds.allSatisfy { round in
        if case .guardRegressed("refill", _, _)? = round.decision?.reason { return true }
        return false
      })
    #expect(try Data(contentsOf: workspace.certificate) == before)
  }

  @Test("--only tunes for one behavior and holds the others; --from begins where it is told")
  func onlyAndFrom() async throws {
    scratch.behaviors += ["urgent", "visit"].map(Self.behavior)
    let result = try await scratch.run(attempts: false, only: ["urgent"], trainer: trainer)
    #expect(result.summary.header?.settings.only == ["urgent"])
    let plans = trainer.plans.withLock { $0 }.suffix(result.summary.rounds.count)
    #expect(plans.allSatisfy { Set($0.focus.keys).isSubset(of: ["urgent"]) })
    let purposes = try #require(plans.first?.mixture?.parts.map(\.purpose))
    #expect(purposes == [.replay, .replay, .replay, .tune, .replay])

    let fresh = try await scratch.run(attempts: false, start: .base, trainer: trainer)
    #expect(fresh.summary.header?.base.id == "base")
    #expect(fresh.summary.header?.settings.behaviors.contains { $0.isCertified } == false)
    let from = try await scratch.run(
      attempts: false, rounds: 0, start: .checkpoint("base.1.1"), trainer: trainer)
    #expect(from.summary.header?.base.id == "base.1.1")
    await #expect(
      throws: RunError.unknownCheckpoint(
        id: "nobody", folder: SuiteWorkspace(folder: scratch.folder).checkpoints.path)
    ) { _ = try await scratch.run(start: .checkpoint("nobody"), trainer: trainer) }
  }

  @Test("A changed behavior is no longer taken as certified; a lower target still is")
  func changed() async throws {
    scratch.behaviors[0].target = 0.9
    scratch.behaviors[1].target = 0.8
    scratch.behaviors[2].examples.removeLast()
    let (suite, lock) = try scratch.deal()
    let run = TuningRun(suite: suite, trainer: trainer, archive: try scratch.archive)
    let start = try await run.findStart(ledger: lock.ledger, baseline: lock.baseline)
    #expect(start.checkpoint.id == "base.1")
    let removed = Self.behavior("refill").examples.sorted { $0.id < $1.id }.last!
    let wasSeen = suite.roles[removed.cluster] == nil
    #expect(wasSeen)
    let expected: Set<String> =
      lock.baseline?[behavior: "refill"]?.examples.contains { $0.id == removed.id } == true
      ? ["greeting"] : ["greeting", "refill"]
    #expect(start.certified == expected)

    trainer.missing.withLock { _ = $0.insert("base.1") }
    let lost = try await run.findStart(ledger: lock.ledger, baseline: lock.baseline)
    #expect(lost.checkpoint.id == "base")
    #expect(lost.certified.isEmpty)
    #expect(lost.note?.contains("base.1") == true)
  }

  @Test("In a clone without the certified checkpoint its grades in hone.lock guard what it held")
  func clone() async throws {
    trainer.missing.withLock { _ = $0.insert("base.1") }
    let away = try await scratch.run(attempts: false, rounds: 1, trainer: trainer)
    let settings = try #require(away.summary.header?.settings)
    let certified = try #require(settings.lastCertified)
    #expect(certified.checkpoint == "base.1")
    #expect(certified.behaviors.map(\.behavior) == ["billing", "greeting", "refill"])
    #expect(
      zip(certified.behaviors, settings.behaviors).allSatisfy {
        $0.passed.count == $1.devUnits && $0.failed.isEmpty
      })
    trainer.missing.withLock { $0.removeAll() }
    let there = try await scratch.run(attempts: false, rounds: 1, trainer: trainer)
    #expect(there.summary.header?.base.id == "base.1")
    #expect(there.summary.header?.settings.lastCertified == nil)
  }

  @Test("More confidence than an attempt had is not certified by it; less is")
  func confidence() async throws {
    func certified() async throws -> Set<String> {
      let (suite, lock) = try scratch.deal()
      return try await TuningRun(suite: suite, trainer: trainer, archive: try scratch.archive)
        .findStart(ledger: lock.ledger, baseline: lock.baseline).certified
    }
    scratch.confidence = 0.9
    #expect(try await certified().count == 3)
    scratch.confidence = 0.99
    #expect(try await certified().isEmpty)
  }

  @Test("A preview tells of the interrupted run; another start than its own begins a new one")
  func unfinished() async throws {
    scratch.behaviors.append(Self.behavior("urgent"))
    // Stopped after the first candidate was measured.
    let task = Task { [scratch, trainer] in
      try await scratch.run(trainer: trainer) { stamped in
        if case .rejected = stamped.event { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    let number = try #require(try scratch.archive.runs().last?.number)
    func preview(_ start: Start) async throws -> RunPreview {
      let (suite, lock) = try scratch.deal()
      return try await TuningRun(
        suite: suite, trainer: trainer, archive: try scratch.archive,
        options: TuningRun.Options(rounds: 4, start: start)
      ).preview(lock: lock)
    }
    let found = try await preview(.lastCertified)
    #expect(found.unfinished?.run == number)
    #expect(found.unfinished?.rounds == 1)
    #expect(found.start.checkpoint.id == "base.1")
    #expect(found.start.certified == ["billing", "greeting", "refill"])
    #expect(try await preview(.base).unfinished == nil)
    // The certified checkpoint is gone by now, so a run would begin at the base: a new one.
    trainer.missing.withLock { _ = $0.insert("base.1") }
    let other = try await preview(.lastCertified)
    #expect(other.unfinished == nil && other.start.isBase)
    let result = try await scratch.run(trainer: trainer)
    #expect(result.number == number + 1)
  }

  @Test("A preview says where it would begin, and writes nothing")
  func preview() async throws {
    scratch.behaviors.append(Self.behavior("urgent"))
    let (suite, lock) = try scratch.deal()
    let archive = try scratch.archive
    let runs = try archive.runs()
    let bytes = try Data(contentsOf: SuiteWorkspace(folder: scratch.folder).lock)
    let preview = try await TuningRun(suite: suite, trainer: trainer, archive: archive)
      .preview(lock: lock)
    #expect(preview.start.checkpoint.id == "base.1")
    #expect(!preview.start.isBase)
    #expect(preview.settings.behaviors.filter { !$0.isCertified }.map(\.name) == ["urgent"])
    #expect(try archive.runs() == runs)
    #expect(try Data(contentsOf: SuiteWorkspace(folder: scratch.folder).lock) == bytes)
  }
}
