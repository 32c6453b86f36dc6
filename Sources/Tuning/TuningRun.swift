import Crypto
public import Foundation
import Statistics
public import Suites

/// One run, from a suite to a certificate or a diagnosis: load, measure, tune, decide, measure
/// again, certify.
///
/// `TuningLoop` decides, and this performs. Each action yields one event, which is on disk before
/// the loop sees it, so what a log holds is all that was acted on. Running an unchanged suite
/// again takes the same way: what was computed comes from caches, and an attempt that the ledger
/// holds is replayed or continued, never charged twice.
public struct TuningRun: Sendable {
  public let suite: DealtSuite
  public let trainer: any Trainer
  public let options: Options
  private let workspace: SuiteWorkspace

  public struct Options: Sendable {
    /// False tunes without touching a sealed example.
    public var attempts: Bool
    /// Candidates at most; nil takes the suite's budget, else 12.
    public var rounds: Int?
    /// Takes the time that stands beside each event.
    public var now: @Sendable () -> Date

    public init(
      attempts: Bool = true, rounds: Int? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
      self.attempts = attempts
      self.rounds = rounds
      self.now = now
    }
  }

  /// What a run leaves behind.
  public struct Result: Sendable {
    public var summary: RunSummary
    /// `.hone/runs/<n>/`.
    public var folder: URL
    /// The certificate's file, where one was issued.
    public var certificate: URL?
    /// What the examples show, where none was issued and the trainer can tell.
    public var study: TrainingStudy?
  }

  public init(suite: DealtSuite, trainer: any Trainer, options: Options = Options()) {
    self.suite = suite
    self.trainer = trainer
    self.options = options
    workspace = SuiteWorkspace(folder: suite.suite.folder)
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - lock: `hone.lock` as dealt; written with every attempt.
  ///   - onEvent: Called with each event once it is on disk.
  /// - Throws: `CancellationError` when cancelled, `RunError`, or what the trainer throws. Run
  ///   again, it goes on from what is on disk.
  public func run(
    lock: SuiteLock, onEvent: @Sendable (StampedEvent) -> Void
  ) async throws -> Result {
    let hold = try workspace.hold()
    defer { withExtendedLifetime(hold) {} }
    try checkThatNothingChanged(since: lock)
    var session = try await Session(self, lock: lock)
    let log = try RunLog(runs: workspace.runs)
    let started = ContinuousClock.now
    var events: [StampedEvent] = []

    func happened(_ event: RunEvent) throws {
      let stamped = StampedEvent(sequence: events.count + 1, time: options.now(), event: event)
      try log.append(stamped)
      events.append(stamped)
      onEvent(stamped)
    }

    var loop = TuningLoop(settings: session.header.settings)
    let first = RunEvent.started(session.header)
    try happened(first)
    var pending = loop.handle(first)
    while let action = pending.popLast() {
      try Task.checkCancellation()
      let isLate = suite.suite.tuning.time.map { ContinuousClock.now - started > $0 } ?? false
      let event = try await session.perform(action, isLate: isLate)
      try happened(event)
      pending = loop.handle(event)
    }
    let summary = RunSummary(events)
    return Result(
      summary: summary, folder: log.folder,
      certificate: try await session.issueCertificate(summary, at: options.now()),
      study: try await study(summary))
  }
}

extension TuningRun {
  /// Performs the loop's actions against the files, the trainer and the ledger.
  private struct Session {
    let run: TuningRun
    let header: RunHeader
    private let key: String
    private let sets: [SealedSet]
    private let alpha: Double
    private var lock: SuiteLock

    init(_ run: TuningRun, lock: SuiteLock) async throws {
      let suite = run.suite.suite
      self.run = run
      self.lock = lock
      alpha = suite.claims.alpha
      sets = SealedSet.all(in: run.suite)
      key = run.key
      try run.writeLock(lock)
      try await run.trainer.prepare(
        for: suite.behaviors.flatMap { $0.examples.map { Prompt($0.input) } })
      let settings = LoopSettings(run: run, ledger: lock.ledger, sets: sets, key: key)
      header = RunHeader(
        suite: suite.contentHash, model: run.trainer.identity, base: try await run.trainer.base(),
        seed: suite.tuning.seed, settings: settings, setAsideRows: suite.setAside.count,
        repeatedRows: suite.rows.repeats, notes: suite.notes.map(\.description))
    }

    mutating func perform(_ action: TuningLoop.Action, isLate: Bool) async throws -> RunEvent {
      switch action {
      case .measure(let checkpoint):
        return .measured(try await run.measure(checkpoint, in: .dev))
      case .propose(let plan):
        return .proposed(plan)
      case .tune(let champion, let plan):
        if isLate { return .timeUp }
        let examples = TrainingExample.all(in: run.suite, focus: plan.focus)
        do {
          return .tuned(try await run.trainer.tune(champion, plan: plan, examples: examples))
        } catch let failure as TuningFailure {
          return .untuned(failure)
        }
      case .accept(let decision):
        return .accepted(decision)
      case .reject(let decision):
        return .rejected(decision)
      case .beginAttempt(let checkpoint):
        return .attemptBegun(try begin(checkpoint))
      case .concludeAttempt(let attempt):
        return .attemptConcluded(passed: try await conclude(attempt))
      case .finish(let outcome):
        return .finished(outcome)
      }
    }

    // MARK: - Attempts

    private mutating func begin(_ checkpoint: Checkpoint) throws -> AttemptRecord {
      let key = Attempt.key(
        checkpoint: checkpoint, sets: sets, ledger: lock.ledger, alpha: alpha)
      if let made = lock.ledger.attempt(keyed: key) {
        guard made.pools.map(\.behavior) == sets.map(\.behavior),
          made.pools.map(\.target) == sets.map(\.target)
        else {
          throw RunError.attemptUnlikeSuite(number: made.number, path: run.workspace.lock.path)
        }
        return AttemptRecord(number: made.number, checkpoint: checkpoint, claims: made.claims)
      }
      var charged = lock
      let attempt = charged.ledger.begin(
        checkpoint: checkpoint, key: key, run: self.key, sets: sets, alpha: alpha)
      try run.writeLock(charged)
      lock = charged
      return AttemptRecord(number: attempt.number, checkpoint: checkpoint, claims: attempt.claims)
    }

    private mutating func conclude(_ attempt: AttemptRecord) async throws -> Bool {
      switch lock.ledger.attempts.first(where: { $0.number == attempt.number })?.outcome {
      case .passed: return true
      case .failed: return false
      case .open, nil: break
      }
      let model = try await run.trainer.model(at: attempt.checkpoint)
      // All behaviors are graded whatever the first ones show: how long an attempt takes, and
      // what it asks, says nothing about its verdict.
      var passed = true
      for (set, claim) in zip(sets, attempt.claims) {
        let replies = try await model.replies(to: set.representatives.map { Prompt($0.input) })
        let failures = LabelGrader.failures(of: replies, to: set.representatives)
        if !claim.passes(failures: failures.count) { passed = false }
      }
      lock.ledger.conclude(attempt: attempt.number, passed: passed)
      try run.writeLock(lock)
      return passed
    }

    mutating func issueCertificate(_ summary: RunSummary, at time: Date) async throws -> URL? {
      guard case .satisfied = summary.outcome, let attempt = summary.attempts.last else {
        return nil
      }
      let certificate = Certificate(
        attempt: attempt.record, suite: run.suite.suite, trainer: run.trainer, issued: time)
      try certificate.write(to: run.workspace.certificate)
      try run.trainer.attach(certificate, to: attempt.record.checkpoint)
      try await recordBaseline(attempt.record.checkpoint)
      return run.workspace.certificate
    }

    /// What was certified is what later models are compared with.
    private mutating func recordBaseline(_ checkpoint: Checkpoint) async throws {
      let model = try await run.trainer.model(at: checkpoint)
      let replay = Replay(
        model: TestedModel(
          base: run.trainer.identity.hash, checkpoint: checkpoint.id, engine: run.trainer.engine),
        replies: try await model.replies(to: Replay.prompts(for: run.suite)), suite: run.suite)
      lock.baseline = Baseline(replay, suite: run.suite, ledger: lock.ledger)
      do {
        try lock.write(to: run.workspace.lock)
      } catch {
        throw RunError.cannotWrite(path: run.workspace.lock.path, reason: "\(error)")
      }
    }
  }

  /// Grades a checkpoint: all behaviors, one example per cluster of the role.
  private func measure(_ checkpoint: Checkpoint, in role: Role) async throws -> Measurement {
    let model = try await trainer.model(at: checkpoint)
    var measured: [BehaviorMeasurement] = []
    for behavior in suite.suite.behaviors {
      let examples = suite.representatives(of: behavior, in: role)
      let replies = try await model.replies(to: examples.map { Prompt($0.input) })
      measured.append(
        BehaviorMeasurement(
          behavior: behavior.name, trials: examples.count,
          failures: LabelGrader.failures(of: replies, to: examples)))
    }
    return Measurement(checkpoint: checkpoint, behaviors: measured)
  }

  /// Another run may have ended between reading `hone.lock` and taking hold of the suite; to write
  /// the lock as it was read would undo the attempts of that run.
  private func checkThatNothingChanged(since lock: SuiteLock) throws {
    let now = try SuiteLock.read(from: workspace.lock)
    guard try deal(suite.suite, lock: now).1 == lock else {
      throw RunError.lockChanged(path: workspace.lock.path)
    }
  }

  private func writeLock(_ lock: SuiteLock) throws {
    do {
      try lock.write(to: workspace.lock)
    } catch {
      throw RunError.ledgerNotWritten(path: workspace.lock.path, reason: "\(error)")
    }
  }

  /// Names the run by all that decides its course. The same key takes the same way again.
  private var key: String {
    let tuning = suite.suite.tuning
    let parts = [
      "run-1", suite.suite.contentHash, trainer.identity.hash, trainer.engine, "\(tuning.seed)",
      "\(tuning.ladder.map(\.rawValue))",
      "\(options.rounds ?? tuning.rounds ?? LoopSettings.defaultRounds)",
    ]
    return SHA256.hash(data: Data(parts.joined(separator: "\0").utf8)).hexadecimal(digits: 16)
  }
}

extension LoopSettings {
  /// What the loop is told of the suite.
  ///
  /// Where the ledger holds attempts of this same run, the pools are those before the first of
  /// them: the loop then takes the same way, and each attempt it comes to is found as made.
  fileprivate init(run: TuningRun, ledger: Ledger, sets: [SealedSet], key: String) {
    let suite = run.suite
    let before = ledger.firstAttempt(ofRun: key)
    let now = ledger.pools(of: sets, alpha: suite.suite.claims.alpha)
    let behaviors = zip(suite.suite.behaviors, now).map { behavior, now in
      let pool =
        before?.pools.first { $0.behavior == behavior.name }.map(SealedPool.init(before:)) ?? now
      return LoopBehavior(behavior, in: suite, sealed: pool)
    }
    self.init(
      behaviors: behaviors, confidence: suite.suite.claims.confidence,
      ladder: suite.suite.tuning.ladder,
      rounds: run.options.rounds ?? suite.suite.tuning.rounds ?? Self.defaultRounds,
      attempts: run.options.attempts)
  }
}
