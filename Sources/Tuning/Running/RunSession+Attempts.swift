import Foundation
import Suites

/// Attempts: charged on disk before the first sealed reply, and never charged twice.
extension TuningRun.Session {
  mutating func begin(
    _ checkpoint: Checkpoint, _ behaviors: [LoopBehavior]
  ) throws -> AttemptRecord {
    if isFresh { return try beginFresh(checkpoint, behaviors) }
    let key = Attempt.key(checkpoint: checkpoint, sets: sets, ledger: lock.ledger, alpha: alpha)
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
      checkpoint: checkpoint, key: key, run: run.key, sets: sets, alpha: alpha)
    try run.write(charged)
    lock = charged
    return AttemptRecord(number: attempt.number, checkpoint: checkpoint, claims: attempt.claims)
  }

  private var isFresh: Bool { suite.suite.claims.sealed == .fresh }

  /// Takes never-exposed units, as many as the loop planned for.
  private mutating func beginFresh(
    _ checkpoint: Checkpoint, _ behaviors: [LoopBehavior]
  ) throws -> AttemptRecord {
    let open = lock.ledger.attempts.last {
      $0.outcome == .open && $0.run == run.key && $0.checkpoint == checkpoint.id
    }
    if let open {
      return AttemptRecord(number: open.number, checkpoint: checkpoint, claims: open.claims)
    }
    let units = Dictionary(uniqueKeysWithValues: behaviors.map { ($0.name, $0.sealed.units) })
    let taken = sets.map { $0.unexposed(in: lock.ledger).first(units[$0.behavior] ?? 0) }
    var charged = lock
    let attempt = charged.ledger.beginFresh(
      checkpoint: checkpoint, run: run.key, sets: taken, alpha: alpha)
    try run.write(charged)
    lock = charged
    return AttemptRecord(number: attempt.number, checkpoint: checkpoint, claims: attempt.claims)
  }

  /// The sets that an attempt grades.
  private func graded(_ attempt: AttemptRecord) -> [SealedSet] {
    guard isFresh, let made = lock.ledger.attempts.first(where: { $0.number == attempt.number })
    else { return sets }
    return made.pools.compactMap { claim in
      guard let pool = lock.ledger.pools.first(where: { $0.id == claim.pool }) else { return nil }
      return sets.first { $0.behavior == claim.behavior }?.only(Set(pool.exposed.map(\.id)))
    }
  }

  /// Moves what an attempt has used to `dev`, with all of its clusters.
  private mutating func use(_ attempt: AttemptRecord, in lock: inout SuiteLock) {
    let used = Set(graded(attempt).flatMap { $0.representatives.map(\.cluster) })
    for cluster in suite.suite.clusters where used.contains(cluster.id) {
      suite.roles[cluster.id] = .dev
      for key in cluster.keys { lock.roles[key] = .dev }
    }
  }

  /// Grades the sealed examples, unless the ledger has the verdict.
  func grade(_ attempt: AttemptRecord) async throws -> (passed: Bool, grades: [SealedGrade]) {
    switch lock.ledger.attempts.first(where: { $0.number == attempt.number })?.outcome {
    case .passed: return (true, [])
    case .failed: return (false, [])
    case .open, nil: break
    }
    let model = try await run.trainer.model(at: attempt.checkpoint)
    // All behaviors are graded whatever the first ones show: how long an attempt takes, and
    // what it asks, says nothing about its verdict.
    var passed = true
    var grades: [SealedGrade] = []
    for (set, claim) in zip(graded(attempt), attempt.claims) {
      let replies = try await model.replies(to: set.representatives.map { Prompt($0.input) })
      let failed = Set(
        LabelGrader.failures(of: replies, to: set.representatives).map(\.example))
      if !claim.passes(failures: failed.count) { passed = false }
      grades += set.representatives.map {
        SealedGrade(
          behavior: set.behavior, example: $0.id, passed: !failed.contains($0.id))
      }
    }
    return (passed, grades)
  }

  mutating func conclude(_ attempt: AttemptRecord, passed: Bool) throws {
    guard lock.ledger.attempts.first(where: { $0.number == attempt.number })?.outcome == .open
    else { return }
    var concluded = lock
    if isFresh { use(attempt, in: &concluded) }
    concluded.ledger.conclude(attempt: attempt.number, passed: passed)
    try run.write(concluded)
    lock = concluded
    suite.ledger = lock.ledger
    if isFresh { sets = SealedSet.all(in: suite) }
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
      replies: try await model.replies(to: Replay.prompts(for: suite)), suite: suite)
    lock.baseline = Baseline(replay, suite: suite, ledger: lock.ledger)
    do {
      try lock.write(to: run.workspace.lock)
    } catch {
      throw RunError.cannotWrite(path: run.workspace.lock.path, reason: "\(error)")
    }
  }
}
