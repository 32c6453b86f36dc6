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
  public var lock: SuiteLock { book.lock }
  private var book: AttemptBook
  private let units: [String: Int]
  private let workspace: SuiteWorkspace
  private let keep: @Sendable (KeptAttempt, Attempt) throws -> Void

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
    try self.init(of: checkpoint, on: suite, lock: lock) { _, _ in }
  }

  /// - Parameters:
  ///   - refusal: Why a new attempt may not be charged, if so.
  ///   - keep: Keeps what a verdict rests on, before `hone.lock` has it.
  package init(
    of checkpoint: String, on suite: DealtSuite, lock: SuiteLock,
    refusal: SealedAttemptError? = nil,
    keep: @escaping @Sendable (KeptAttempt, Attempt) throws -> Void
  ) throws {
    self.checkpoint = checkpoint
    self.keep = keep
    let workspace = SuiteWorkspace(folder: suite.suite.folder)
    self.workspace = workspace
    book = AttemptBook(suite: suite, lock: lock, refusal: refusal) { lock in
      do {
        try lock.write(to: workspace.lock)
      } catch {
        throw SealedAttemptError.ledgerNotWritten(path: workspace.lock.path, reason: "\(error)")
      }
    }
    let behaviors = LoopBehavior.all(in: suite, ledger: lock.ledger)
    units = Dictionary(uniqueKeysWithValues: behaviors.map { ($0.name, $0.sealed.units) })
    if let made = try book.made(with: Checkpoint(id: checkpoint, rung: nil)) {
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
    if let refusal { throw refusal }
    number = lock.ledger.attempts.count + 1
    claims = book.claims(units: units)
    state = .new
    let hopeless = claims.filter { $0.maximumFailures < 0 }
    guard hopeless.isEmpty else { throw SealedAttemptError.cannotPass(hopeless) }
  }

  /// Charges the attempt, grades every sealed unit, and records the verdict.
  ///
  /// - Parameter model: The checkpoint's. Asked only where the ledger has no verdict.
  /// - Returns: The one bit.
  /// - Throws: `SealedAttemptError.ledgerNotWritten` before any sealed example is looked at, and
  ///   what the model throws; performed again, the attempt goes on.
  public mutating func perform(with model: any Model) async throws -> Bool {
    if case .concluded(let passed) = state { return passed }
    let attempt = try book.begin(
      Checkpoint(id: checkpoint, rung: nil), run: Self.run, units: units)
    state = .begun
    let (passed, grades) = try await book.grade(attempt) { model }
    if let charged = lock.ledger.attempts.first(where: { $0.number == attempt.number }) {
      try keep(
        KeptAttempt(checkpoint: checkpoint, passed: passed, claims: nil, grades: grades), charged)
    }
    try book.conclude(attempt, passed: passed) { grades }
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
      attempt: record, suite: book.suite.suite,
      model: Certificate.ModelFacts(
        base: ModelIdentity(model.base), checkpoint: model.checkpoint, engine: model.engine),
      issued: time)
    try certificate.write(to: workspace.certificate)
    return certificate
  }
}
