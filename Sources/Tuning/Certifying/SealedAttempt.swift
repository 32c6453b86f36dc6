public import Foundation
public import Suites

/// One attempt at certifying a checkpoint on purpose, outside a run.
///
/// ```swift
/// var attempt = try SealedAttempt(of: "1cd851145bbcc973", on: suite, lock: lock)
/// attempt.claims                                  // what it will cost; nothing is spent yet
/// let passed = try await attempt.perform(with: model)
/// if passed { try attempt.issueCertificate(for: tested, at: Date()) }
/// ```
///
/// The rules are those of a run. The attempt is charged, and `hone.lock` on disk, before the first
/// sealed reply; one bit leaves it. The same checkpoint, examples and targets replay the recorded
/// verdict, free, and an attempt that was cut off goes on.
public struct SealedAttempt: Sendable {
  /// What the ledger knew of the attempt beforehand.
  public enum State: Sendable, Hashable {
    /// Nothing: it will be charged.
    case new
    /// Charged, and cut off before its verdict.
    case begun
    /// Made before, with this verdict.
    case concluded(passed: Bool)
  }

  public let checkpoint: String
  /// Counted from 1.
  public let number: Int
  /// The exact test of each behavior, in the suite's order.
  public let claims: [AttemptClaim]
  public private(set) var state: State
  /// `hone.lock` as it stands now.
  public private(set) var lock: SuiteLock
  private let suite: DealtSuite
  private let sets: [SealedSet]
  private let key: String
  private let workspace: SuiteWorkspace

  /// What the ledger names as the run of an attempt that no run made; keys of runs are longer.
  private static let run = "test"

  /// Plans the attempt; writes nothing.
  ///
  /// - Parameters:
  ///   - checkpoint: The content id of a checkpoint that was made by this suite. Of another suite's
  ///     nobody could say that it was not tuned on what is sealed here.
  ///   - lock: `hone.lock` as dealt, with a hold on the suite.
  /// - Throws: `SealedAttemptError` where it cannot pass even without a failure, or
  ///   `RunError.attemptUnlikeSuite`.
  public init(of checkpoint: String, on suite: DealtSuite, lock: SuiteLock) throws {
    self.checkpoint = checkpoint
    self.suite = suite
    self.lock = lock
    workspace = SuiteWorkspace(folder: suite.suite.folder)
    sets = SealedSet.all(in: suite)
    let alpha = suite.suite.claims.alpha
    key = Attempt.key(
      checkpoint: Checkpoint(id: checkpoint, rung: nil), sets: sets, ledger: lock.ledger,
      alpha: alpha)
    if let made = lock.ledger.attempt(keyed: key) {
      guard made.pools.map(\.behavior) == sets.map(\.behavior),
        made.pools.map(\.target) == sets.map(\.target)
      else { throw RunError.attemptUnlikeSuite(number: made.number, path: workspace.lock.path) }
      number = made.number
      claims = made.claims
      state =
        switch made.outcome {
        case .open: .begun
        case .passed: .concluded(passed: true)
        case .failed: .concluded(passed: false)
        }
      return
    }
    number = lock.ledger.attempts.count + 1
    claims = zip(sets, lock.ledger.pools(of: sets, alpha: alpha)).map { set, pool in
      AttemptClaim(behavior: set.behavior, target: set.target, pool: pool)
    }
    state = .new
    let hopeless = claims.filter { $0.maximumFailures < 0 }
    guard hopeless.isEmpty else { throw SealedAttemptError.cannotPass(hopeless) }
  }

  /// Charges the attempt, grades every sealed unit, and records the verdict.
  ///
  /// All behaviors are graded whatever the first ones show: how long an attempt takes, and what it
  /// asks, says nothing about its verdict.
  ///
  /// - Parameter model: The checkpoint's. Asked only where the ledger has no verdict.
  /// - Returns: The one bit.
  /// - Throws: `SealedAttemptError.ledgerNotWritten` before any sealed example is looked at, and
  ///   what the model throws; performed again, the attempt goes on.
  public mutating func perform(with model: any Model) async throws -> Bool {
    if case .concluded(let passed) = state { return passed }
    if case .new = state {
      var charged = lock
      _ = charged.ledger.begin(
        checkpoint: Checkpoint(id: checkpoint, rung: nil), key: key, run: Self.run, sets: sets,
        alpha: suite.suite.claims.alpha)
      try write(charged)
      lock = charged
      state = .begun
    }
    var passed = true
    for (set, claim) in zip(sets, claims) {
      let replies = try await model.replies(to: set.representatives.map { Prompt($0.input) })
      let failures = LabelGrader.failures(of: replies, to: set.representatives)
      if !claim.passes(failures: failures.count) { passed = false }
    }
    var concluded = lock
    concluded.ledger.conclude(attempt: number, passed: passed)
    try write(concluded)
    lock = concluded
    state = .concluded(passed: passed)
    return passed
  }

  /// Writes `certificate.json`: aside, and renamed.
  ///
  /// - Precondition: The attempt has passed.
  @discardableResult
  public func issueCertificate(for model: TestedModel, at time: Date) throws -> Certificate {
    precondition(state == .concluded(passed: true), "a certificate follows an attempt that passed")
    let record = AttemptRecord(
      number: number, checkpoint: Checkpoint(id: checkpoint, rung: nil), claims: claims)
    let certificate = Certificate(
      attempt: record, suite: suite.suite,
      model: Certificate.ModelFacts(
        base: ModelIdentity(model.base), checkpoint: model.checkpoint, engine: model.engine),
      issued: time)
    try certificate.write(to: workspace.certificate)
    return certificate
  }

  private func write(_ lock: SuiteLock) throws {
    do {
      try lock.write(to: workspace.lock)
    } catch {
      throw SealedAttemptError.ledgerNotWritten(path: workspace.lock.path, reason: "\(error)")
    }
  }
}
