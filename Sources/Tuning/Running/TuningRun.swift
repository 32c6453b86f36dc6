import Crypto
public import Foundation
public import Suites

/// One run, from a suite to a certificate or a diagnosis: load, measure, tune, decide, measure
/// again, certify.
///
/// `TuningLoop` decides, and a session performs. Each action yields one event, which is on disk
/// before the loop sees it, so what an archive holds is all that was acted on. A run that was
/// interrupted goes on from its last event; the same suite run once more takes the same way from
/// caches. An attempt that the ledger holds is replayed or continued, never charged twice.
public struct TuningRun: Sendable {
  public let suite: DealtSuite
  public let trainer: any Trainer
  public let archive: any RunArchive
  public let options: Options
  let monitor: RunMonitor
  let workspace: SuiteWorkspace

  public struct Options: Sendable {
    /// False tunes without touching a sealed example.
    public var attempts: Bool
    /// Why no attempt may be charged here, if so: the run stops before it, to be gone on with where
    /// one may. Verdicts that the ledger has are replayed.
    public var refusal: SealedAttemptError?
    /// Candidates at most; nil takes the suite's budget, else 12.
    public var rounds: Int?
    /// The most time to spend, from the call of `run`; nil takes the suite's budget.
    public var time: Duration?
    /// Where to begin.
    public var start: Start
    /// Behaviors to tune for; all others are replayed and guarded. Empty takes all.
    public var only: [String]
    /// Whether to look at `train` and `dev` once more when the run has ended.
    public var studies: Bool
    /// Whether it is one of several under different seeds, which together say something of the recipe:
    /// its champion is not the suite's.
    public var isOfSeveral: Bool
    /// Takes the time that stands beside each event.
    public var now: @Sendable () -> Date

    public init(
      attempts: Bool = true, refusal: SealedAttemptError? = nil, rounds: Int? = nil,
      time: Duration? = nil,
      start: Start = .lastCertified, only: [String] = [],
      studies: Bool = true, isOfSeveral: Bool = false,
      now: @escaping @Sendable () -> Date = { Date() }
    ) {
      self.attempts = attempts
      self.refusal = refusal
      self.rounds = rounds
      self.time = time
      self.start = start
      self.only = only.sorted()
      self.studies = studies
      self.isOfSeveral = isOfSeveral
      self.now = now
    }
  }

  /// What a run leaves behind.
  public struct Result: Sendable {
    /// Its number in the archive.
    public var number: Int
    public var summary: RunSummary
    /// The certificate's file, where one was issued.
    public var certificate: URL?
  }

  /// - Parameter monitor: Told what the run is doing; the trainer should be telling it too.
  public init(
    suite: DealtSuite, trainer: any Trainer, archive: any RunArchive, options: Options = Options(),
    monitor: RunMonitor = RunMonitor()
  ) {
    self.suite = suite
    self.trainer = trainer
    self.archive = archive
    self.options = options
    self.monitor = monitor
    workspace = SuiteWorkspace(folder: suite.suite.folder)
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - lock: `hone.lock` as dealt; written with every attempt.
  ///   - onResume: Called first where an interrupted run is gone on with, with its events so far.
  ///   - onEvent: Called with each new event once it is on disk.
  /// - Throws: `CancellationError` when cancelled, `RunError`, or what the trainer throws. Run
  ///   again, it goes on from what is on disk.
  public func run(
    lock: SuiteLock, onResume: @Sendable ([StampedEvent]) -> Void = { _ in },
    onEvent: @Sendable (StampedEvent) -> Void
  ) async throws -> Result {
    let hold = try workspace.hold()
    defer { withExtendedLifetime(hold) {} }
    monitor.began(at: options.now(), rounds: rounds)
    let progress = ProgressFile(workspace.progress, of: monitor)
    defer {
      progress.remove()
      monitor.ended()
    }
    try workspace.checkUnchanged(lock, of: suite.suite)
    try write(lock)
    try await trainer.prepare(for: suite.suite.behaviors.flatMap(\.prompts))
    let started = ContinuousClock.now
    let starts = try await startsToGoOnFrom(lock: lock)
    let record = try archive.record(key: key) { try canResume($0, from: starts) }
    var events = record.events
    let time = options.time ?? suite.suite.tuning.time
    monitor.opened(run: record.number, deadline: time.map { started + $0 })
    if !events.isEmpty { onResume(events) }
    var session = try await Session(self, lock: lock, events: events)
    var loop = TuningLoop(settings: session.header.settings)
    var pending: [TuningLoop.Action] = []
    for stamped in events {
      try session.took(stamped.event, grades: record.sealedGrades)
      monitor.took(stamped.event)
      pending = loop.handle(stamped.event)
    }

    func happened(_ event: RunEvent, sealed: [SealedGrade] = []) throws {
      let stamped = StampedEvent(sequence: events.count + 1, time: options.now(), event: event)
      try record.append(stamped, sealed: sealed)
      events.append(stamped)
      monitor.took(event)
      onEvent(stamped)
      try session.took(event) { _ in sealed }
      pending = loop.handle(event)
    }

    if events.isEmpty { try happened(.started(session.header)) }
    while let action = pending.popLast() {
      try Task.checkCancellation()
      monitor.begins(action)
      let isLate = time.map { ContinuousClock.now - started > $0 } ?? false
      let (event, sealed) = try await session.perform(
        action, isLate: isLate, behaviors: loop.settings.behaviors)
      try happened(event, sealed: sealed)
    }
    let summary = RunSummary(events)
    let certificate = try await session.issueCertificate(summary, at: options.now())
    if options.studies, summary.study == nil,
      let study = try await study(summary, of: session.book.suite)
    {
      try happened(.studied(study))
    }
    try record.close()
    return Result(
      number: record.number, summary: RunSummary(events), certificate: certificate)
  }

  func write(_ lock: SuiteLock) throws {
    do {
      try lock.write(to: workspace.lock)
    } catch {
      throw RunError.ledgerNotWritten(path: workspace.lock.path, reason: "\(error)")
    }
  }

  /// Names the run by all that decides its course but where it begins, which its first event says.
  /// The same key takes the same way again.
  var key: String {
    let parts =
      [
        "run-3", suite.suite.contentHash, trainer.identity.hash, trainer.engine, "\(rounds)",
        options.attempts ? "attempts" : "none",
      ] + options.only + roles + (options.isOfSeveral ? ["one of several seeds"] : [])
    return SHA256.hash(data: Data(parts.joined(separator: "\0").utf8)).hexadecimal(digits: 16)
  }

  /// The role of each cluster. Attempts on fresh examples change them within a run, which is the same
  /// run after that.
  private var roles: [String] {
    guard suite.suite.claims.sealed != .fresh else { return [] }
    return suite.roles.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
  }

  var rounds: Int {
    options.rounds ?? suite.suite.tuning.rounds ?? LoopSettings.defaultRounds
  }

  /// Whether the checkpoints that an interrupted run made are there, and it began where this one
  /// would.
  func canResume(_ events: [StampedEvent], from starts: Set<String>) throws -> Bool {
    for stamped in events {
      switch stamped.event {
      case .started(let header):
        guard starts.contains(header.base.id),
          try trainer.checkpoint(named: header.base.id) != nil
        else { return false }
      case .tuned(let tuned):
        guard try trainer.checkpoint(named: tuned.checkpoint.id) != nil else { return false }
      default: continue
      }
    }
    return true
  }
}

extension Behavior {
  fileprivate var prompts: [Prompt] { examples.map { Prompt($0.input) } }
}
