import Foundation
import Suites

/// Attempts on a suite's sealed examples, by the rules of its ledger: charged on disk before the
/// first sealed reply, never charged twice, and one bit leaves each.
struct AttemptBook: Sendable {
  /// `hone.lock` as it stands on disk.
  private(set) var lock: SuiteLock
  /// As dealt; attempts on fresh examples move those they used to `dev`.
  private(set) var suite: DealtSuite
  private var sets: [SealedSet]
  private let refusal: SealedAttemptError?
  private let write: @Sendable (SuiteLock) throws -> Void

  /// - Parameters:
  ///   - refusal: Why no attempt may be charged, if so; verdicts that the ledger has are replayed.
  ///   - write: Puts a lock on disk, or throws.
  init(
    suite: DealtSuite, lock: SuiteLock, refusal: SealedAttemptError? = nil,
    write: @escaping @Sendable (SuiteLock) throws -> Void
  ) {
    self.suite = suite
    self.lock = lock
    self.refusal = refusal
    self.write = write
    sets = SealedSet.all(in: suite)
  }

  private var alpha: Double { suite.suite.claims.alpha }
  private var isFresh: Bool { suite.suite.claims.sealed == .fresh }

  // MARK: - Before

  /// The attempt already made, or begun, on this checkpoint: its verdict is replayed, free.
  ///
  /// - Throws: `RunError.attemptUnlikeSuite` for one that was edited.
  func made(with checkpoint: Checkpoint) throws -> Attempt? {
    guard let made = lock.ledger.attempt(keyed: key(of: checkpoint)) else { return nil }
    guard made.pools.map(\.behavior) == sets.map(\.behavior),
      made.pools.map(\.target) == sets.map(\.target)
    else {
      throw RunError.attemptUnlikeSuite(number: made.number, path: suite.suite.lockFile.path)
    }
    return made
  }

  /// What a new attempt would claim of each behavior, in the suite's order.
  ///
  /// - Parameter units: How many units of each behavior to take, where attempts use them up.
  func claims(units: [String: Int]) -> [AttemptClaim] {
    let taken = taken(units)
    let states =
      isFresh
      ? taken.map { lock.ledger.freshPool(of: $0, alpha: alpha) }
      : lock.ledger.pools(of: taken, alpha: alpha)
    return zip(taken, states).map { set, state in
      AttemptClaim(behavior: set.behavior, target: set.target, pool: state)
    }
  }

  // MARK: - The attempt

  /// Charges an attempt; one that was made or begun before is taken up, free.
  ///
  /// - Throws: `SealedAttemptError`, before anything is charged.
  /// - Parameters:
  ///   - run: The key of the run that makes it.
  ///   - units: As for `claims(units:)`.
  mutating func begin(
    _ checkpoint: Checkpoint, run: String, units: [String: Int]
  ) throws -> AttemptRecord {
    if let made = try made(with: checkpoint) {
      return AttemptRecord(number: made.number, checkpoint: checkpoint, claims: made.claims)
    }
    if let refusal { throw refusal }
    let key = key(of: checkpoint)
    var charged = lock
    let attempt =
      isFresh
      ? charged.ledger.beginFresh(
        checkpoint: checkpoint, key: key, run: run, sets: taken(units), alpha: alpha)
      : charged.ledger.begin(
        checkpoint: checkpoint, key: key, run: run, sets: sets, alpha: alpha)
    let hopeless = attempt.claims.filter { $0.maximumFailures < 0 }
    guard hopeless.isEmpty else { throw SealedAttemptError.cannotPass(hopeless) }
    try put(charged)
    return AttemptRecord(number: attempt.number, checkpoint: checkpoint, claims: attempt.claims)
  }

  /// Grades the sealed examples, unless the ledger has the verdict.
  ///
  /// All behaviors are graded whatever the first ones show: how long an attempt takes, and what it
  /// asks, says nothing about its verdict.
  func grade(
    _ attempt: AttemptRecord, with model: () async throws -> any Model
  ) async throws -> (passed: Bool, grades: [SealedGrade]) {
    switch lock.ledger.attempts.first(where: { $0.number == attempt.number })?.outcome {
    case .passed: return (true, [])
    case .failed: return (false, [])
    case .open, nil: break
    }
    let model = try await model()
    var passed = true
    var grades: [SealedGrade] = []
    for (set, claim) in zip(graded(attempt), attempt.claims) {
      let replies = try await model.replies(to: set.representatives.map { Prompt($0.input) })
      let failed = Set(
        LabelGrader.failures(of: replies, to: set.representatives).map(\.example))
      if !claim.passes(failures: failed.count) { passed = false }
      grades += zip(set.representatives, replies).map { example, reply in
        SealedGrade(
          behavior: set.behavior, example: example.id, passed: !failed.contains(example.id),
          margin: reply.margin.flatMap { $0.isFinite ? $0 : nil })
      }
    }
    return (passed, grades)
  }

  /// Writes the one bit down, where the ledger does not have it.
  ///
  /// - Parameter grades: What the verdict rests on; called only where it is to be written down.
  mutating func conclude(
    _ attempt: AttemptRecord, passed: Bool, grades: () throws -> [SealedGrade]
  ) throws {
    guard let open = lock.ledger.attempts.first(where: { $0.number == attempt.number }),
      open.outcome == .open
    else { return }
    var concluded = lock
    if isFresh { moveUsed(by: attempt, in: &concluded) }
    concluded.ledger.conclude(
      attempt: attempt.number, passed: passed,
      evidence: EvidenceFingerprint.all(of: try grades(), attempt: open.key))
    try put(concluded)
    sets = SealedSet.all(in: suite)
  }

  // MARK: - Sets

  private mutating func put(_ lock: SuiteLock) throws {
    try write(lock)
    self.lock = lock
    suite.ledger = lock.ledger
  }

  private func key(of checkpoint: Checkpoint) -> String {
    isFresh
      ? Attempt.freshKey(checkpoint: checkpoint, sets: sets, alpha: alpha)
      : Attempt.key(checkpoint: checkpoint, sets: sets, ledger: lock.ledger, alpha: alpha)
  }

  /// The units that a new attempt would grade.
  private func taken(_ units: [String: Int]) -> [SealedSet] {
    guard isFresh else { return sets }
    return sets.map { $0.unexposed(in: lock.ledger).first(units[$0.behavior] ?? 0) }
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
  private mutating func moveUsed(by attempt: AttemptRecord, in lock: inout SuiteLock) {
    let used = Set(graded(attempt).flatMap { $0.representatives.map(\.cluster) })
    for cluster in suite.suite.clusters where used.contains(cluster.id) {
      suite.roles[cluster.id] = .dev
      for key in cluster.keys { lock.roles[key] = .dev }
    }
  }
}
