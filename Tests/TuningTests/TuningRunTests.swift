import Foundation
import RunStorage
import Statistics
import Suites
import Synchronization
import TestSupport
import Testing
import Tuning

/// Runs against scripted models, on disk, in a folder that is removed afterwards.
@Suite("TuningRun")
struct TuningRunTests {
  /// A suite of two behaviors with `count` examples each, in its own scratch folder.
  final class Scratch: Sendable {
    private let scratch: ScratchFolder
    var folder: URL { scratch.url }
    private let state: Mutex<[Behavior]>
    private let level = Mutex(0.95)

    var behaviors: [Behavior] {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }

    var confidence: Double {
      get { level.withLock { $0 } }
      set { level.withLock { $0 = newValue } }
    }

    /// What attempts do with sealed examples.
    var sealed: Claims.SealedUse {
      get { use.withLock { $0 } }
      set { use.withLock { $0 = newValue } }
    }

    private let use = Mutex(Claims.SealedUse.verdictOnly)

    init(count: Int = 400, target: Double = 0.85) throws {
      scratch = try ScratchFolder()
      state = Mutex(
        ["left", "right"].map { label in
          Behavior(
            name: label, requires: "It is \(label).", target: target,
            examples: (0..<count).map { Example(input: "\(label) number \($0)", expected: label) },
            location: SourceLocation(file: "behaviors/\(label).yaml", line: 1, column: 1))
        })
    }

    /// The suite as it is now, dealt by the lock on disk.
    func deal() throws -> (DealtSuite, SuiteLock) {
      let lock = try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock)
      let claims = Claims(confidence: confidence, sealed: sealed)
      return try Suites.deal(
        Suite(folder: folder, claims: claims, behaviors: behaviors), lock: lock)
    }

    func run(
      attempts: Bool = true, rounds: Int = 4, start: Start = .lastCertified,
      only: [String] = [], trainer: any Trainer, monitor: RunMonitor = RunMonitor(),
      onEvent: @Sendable (StampedEvent) -> Void = { _ in },
      onResume: @Sendable ([StampedEvent]) -> Void = { _ in }
    ) async throws -> TuningRun.Result {
      let (suite, lock) = try deal()
      let options = TuningRun.Options(
        attempts: attempts, rounds: rounds, start: start, only: only,
        now: { Date(timeIntervalSince1970: 0) })
      return try await TuningRun(
        suite: suite, trainer: trainer, archive: try archive, options: options, monitor: monitor
      ).run(lock: lock, onResume: onResume, onEvent: onEvent)
    }

    var archive: RunStore {
      get throws { try RunStore(SuiteWorkspace(folder: folder).runs) }
    }

    var ledger: Ledger {
      get throws {
        try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock)?.ledger ?? Ledger()
      }
    }
  }

  /// Right from version 1 on; the base always says `left`.
  static let learns = ScriptedTrainer { version, text in
    version == 0 ? "left" : String(text.prefix { $0 != " " })
  }

  /// Never right about `right`.
  static let hopeless = ScriptedTrainer { _, _ in "left" }

  @Test("A model that learns is certified, with the ledger and the certificate on disk")
  func certifies() async throws {
    let scratch = try Scratch()
    let result = try await scratch.run(trainer: Self.learns)
    guard case .satisfied(let checkpoint) = result.summary.outcome else {
      Issue.record("expected satisfied, not \(String(describing: result.summary.outcome))")
      return
    }
    #expect(checkpoint.id == "version-1")
    let certificate = try #require(
      Certificate.read(from: SuiteWorkspace(folder: scratch.folder).certificate))
    #expect(certificate.model.checkpoint == "version-1")
    #expect(certificate.behaviors.map(\.behavior) == ["left", "right"])
    #expect(certificate.behaviors.allSatisfy { $0.units > 100 && $0.attemptOnPool == 1 })
    let ledger = try scratch.ledger
    #expect(ledger.attempts.map(\.outcome) == [.passed])
    #expect(ledger.pools.allSatisfy { $0.spent == 0 && $0.share < 1 })
  }

  @Test("A run climbs to what certifies; what came to nothing is in the log and ends no run")
  func climbs() async throws {
    let scratch = try Scratch()
    // A head is right about one in two of `right`; all of lora's fail to be made.
    let trainer = ScriptedTrainer(
      failing: { plan in
        plan.rung == .lora ? TuningFailure(reason: "the loss was not finite at step 12") : nil
      },
      answering: { version, text in
        let label = String(text.prefix { $0 != " " })
        return version.encoder == .full || version.number > 0 && text.hashes ? label : "left"
      })
    let result = try await scratch.run(rounds: 12, trainer: trainer)
    let rounds = result.summary.rounds
    #expect(rounds.map(\.plan.rung) == [.head, .head, .lora, .full])
    #expect(
      rounds.map(\.failure) == [
        nil, nil, TuningFailure(reason: "the loss was not finite at step 12"), nil,
      ])
    #expect(
      result.summary.outcome
        == .satisfied(champion: Checkpoint(id: "version-4-full", rung: .full)))
    let events = try scratch.archive.events(of: result.number)
    #expect(RunSummary(events) == result.summary)
  }

  @Test("Trials and untuned rounds stand in the log, and a head's line is as it always was")
  func tuningEvents() throws {
    func line(_ event: RunEvent) throws -> String {
      let stamped = StampedEvent(
        sequence: 1, time: Date(timeIntervalSince1970: 0), event: event)
      let line = try stamped.line()
      #expect(try StampedEvent(line: line) == stamped)
      return line
    }
    let head = TunedCheckpoint(
      checkpoint: Checkpoint(id: "c", rung: .head), l2: 0.5, trainingLoss: 0.25, iterations: 3)
    #expect(
      try line(.tuned(head)) == """
        {"event":"tuned","sequence":1,"time":"1970-01-01T00:00:00Z","tuned":{"checkpoint":\
        {"id":"c","rung":"head"},"iterations":3,"l2":0.5,"trainingLoss":0.25}}
        """)
    let lora = TunedCheckpoint(
      checkpoint: Checkpoint(id: "c", rung: .lora), l2: 0.5, trainingLoss: 0.25, iterations: 3,
      trials: [
        TuningTrial(learningRate: 0.5, heldOutLosses: [0.75, 0.5], epochs: 2),
        TuningTrial(learningRate: 8, heldOutLosses: [], epochs: 0, failure: "no number at step 2"),
      ], chosen: 0, contrastiveSteps: 40)
    #expect(
      try line(.tuned(lora)) == """
        {"event":"tuned","sequence":1,"time":"1970-01-01T00:00:00Z","tuned":{"checkpoint":\
        {"id":"c","rung":"lora"},"chosen":0,"contrastiveSteps":40,"iterations":3,"l2":0.5,\
        "trainingLoss":0.25,"trials":[{"epochs":2,"heldOutLosses":[0.75,0.5],"learningRate":0.5},\
        {"epochs":0,"failure":"no number at step 2","heldOutLosses":[],"learningRate":8}]}}
        """)
    #expect(
      try line(.untuned(TuningFailure(reason: "no number at step 2"))) == """
        {"event":"untuned","sequence":1,"time":"1970-01-01T00:00:00Z",\
        "untuned":{"reason":"no number at step 2"}}
        """)
  }

  @Test("Running again begins at what is certified, charges nothing, and leaves the files alone")
  func runsAgain() async throws {
    let scratch = try Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let first = try await scratch.run(trainer: Self.learns)
    let lock = try Data(contentsOf: workspace.lock)
    let certificate = try Data(contentsOf: workspace.certificate)
    let second = try await scratch.run(trainer: Self.learns)
    #expect(try Data(contentsOf: workspace.lock) == lock)
    #expect(try Data(contentsOf: workspace.certificate) == certificate)
    #expect(second.number == first.number + 1)
    #expect(second.summary.rounds.isEmpty)
    #expect(second.summary.outcome == first.summary.outcome)
    // From the base it takes the way that it took.
    let third = try await scratch.run(start: .base, trainer: Self.learns)
    #expect(
      try scratch.archive.lines(of: first.number) == scratch.archive.lines(of: third.number))
    #expect(try Data(contentsOf: workspace.lock) == lock)
  }

  @Test(
    "An attempt is on disk before the first sealed reply, and a killed one is not charged twice")
  func killedInAttempt() async throws {
    let scratch = try Scratch()
    let ledgerAtAttempt = Mutex<Ledger?>(nil)
    struct Killed: Error {}
    // Cancelling at the attempt's event stops the run where a kill would: the attempt is open.
    let task = Task {
      try await scratch.run(trainer: Self.learns) { stamped in
        if case .attemptBegun = stamped.event {
          ledgerAtAttempt.withLock { $0 = try? scratch.ledger }
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    let open = try #require(ledgerAtAttempt.withLock { $0 })
    #expect(open.attempts.map(\.outcome) == [.open])
    #expect(open.pools.allSatisfy { $0.spent == 1 })
    _ = try await scratch.run(trainer: Self.learns)
    #expect(try scratch.ledger.attempts.map(\.outcome) == [.passed])
  }

  @Test("What cannot be learned ends with the behavior named as violated")
  func violated() async throws {
    let scratch = try Scratch()
    let result = try await scratch.run(trainer: Self.hopeless)
    guard case .unsatisfied(_, _, let violated) = result.summary.outcome else {
      Issue.record("expected unsatisfied")
      return
    }
    #expect(violated == ["right"])
    #expect(try scratch.ledger.attempts.isEmpty)
    #expect(result.certificate == nil)
  }

  @Test("Without attempts no sealed example is asked about, and the ledger stays empty")
  func noAttempt() async throws {
    let scratch = try Scratch()
    let (suite, _) = try scratch.deal()
    let sealed = Set(
      suite.suite.behaviors.flatMap { suite.examples(of: $0, in: .sealed).map(\.input) })
    let asked = Mutex<Set<String>>([])
    let spy = ScriptedTrainer { version, text in
      asked.withLock { _ = $0.insert(text) }
      return version == 0 ? "left" : String(text.prefix { $0 != " " })
    }
    let result = try await scratch.run(attempts: false, trainer: spy)
    #expect(result.certificate == nil)
    #expect(asked.withLock { $0 }.isDisjoint(with: sealed))
    #expect(try scratch.ledger.attempts.isEmpty)
  }

  @Test("The loop's events hold no sealed example, and of an attempt one bit")
  func sealHolds() async throws {
    let scratch = try Scratch()
    let result = try await scratch.run(trainer: Self.learns)
    let (suite, _) = try scratch.deal()
    let lines = try scratch.archive.lines(of: result.number)
    let log = lines.joined(separator: "\n")
    for behavior in suite.suite.behaviors {
      for example in suite.examples(of: behavior, in: .sealed) {
        #expect(!log.contains(example.id))
      }
    }
    let conclusions = lines.filter { $0.contains("attemptConcluded") }
    #expect(conclusions.count == 1)
    #expect(conclusions.first?.contains(#""passed":true"#) == true)
  }

  @Test("What is certified becomes the baseline: every grade but those of sealed examples")
  func baseline() async throws {
    let scratch = try Scratch()
    // Certified though it is wrong about one in twenty.
    let trainer = ScriptedTrainer { version, text in
      version == 0 || text.hasSuffix("7") && text.hashes
        ? "left" : String(text.prefix { $0 != " " })
    }
    _ = try await scratch.run(trainer: trainer)
    let (suite, lock) = try scratch.deal()
    let baseline = try #require(lock.baseline)
    #expect(baseline.model.checkpoint == "version-1")
    #expect(baseline.suite == suite.suite.contentHash)
    #expect(baseline.behaviors.map(\.name) == ["left", "right"])
    for (behavior, recorded) in zip(suite.suite.behaviors, baseline.behaviors) {
      let open = behavior.examples.filter { suite.roles[$0.cluster] != .sealed }
      #expect(recorded.examples.map(\.id) == open.map(\.id))
      #expect(recorded.gate.units == suite.units(of: behavior, in: .gate))
      let claim = try #require(
        lock.ledger.attempts.last?.pools.first { $0.behavior == behavior.name })
      #expect(recorded.sealed?.units == claim.trials)
      #expect(recorded.sealed?.maximumFailures == claim.maximumFailures)
    }
    #expect(baseline.behaviors[0].examples.allSatisfy { $0.passed })
    let failed = Set(baseline.behaviors[1].examples.filter { !$0.passed }.map(\.id))
    #expect(
      failed
        == Set(
          suite.suite.behaviors[1].examples.filter {
            suite.roles[$0.cluster] != .sealed && $0.input.hasSuffix("7") && $0.input.hashes
          }.map(\.id)))
    #expect(!failed.isEmpty)
  }

  @Test("Two runs of one suite at a time are refused")
  func oneAtATime() async throws {
    let scratch = try Scratch()
    let hold = try SuiteWorkspace(folder: scratch.folder).hold()
    await #expect(throws: RunError.suiteInUse(folder: scratch.folder.path)) {
      _ = try await scratch.run(trainer: Self.learns)
    }
    withExtendedLifetime(hold) {}
  }
}

extension String {
  /// Whether a text is of the half that a poor model gets right.
  fileprivate var hashes: Bool { utf8.reduce(0) { $0 &+ Int($1) } % 2 == 0 }
}
