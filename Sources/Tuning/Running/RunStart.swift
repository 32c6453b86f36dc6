import Foundation
public import Suites

/// The checkpoint that a run begins at, and what is known of it.
public struct RunStart: Sendable, Hashable {
  public var checkpoint: Checkpoint
  /// The base model before any tuning.
  public var untuned: Checkpoint
  /// Behaviors that a certificate holds for at this checkpoint, as the suite requires them now.
  public var certified: Set<String>
  /// Why it begins there where one might expect otherwise, e.g. a certified checkpoint is missing.
  public var note: String?
}

/// Where a run shall begin.
public enum Start: Sendable, Hashable {
  /// At the checkpoint that was certified last, if it is on this machine; else at the base.
  case lastCertified
  /// At the base model, whatever was certified.
  case base
  /// At this checkpoint of the suite.
  case checkpoint(String)
}

extension TuningRun {
  /// Finds where to begin.
  ///
  /// - Throws: `RunError.unknownCheckpoint`, or what the trainer throws.
  public func findStart(ledger: Ledger, baseline: Baseline?) async throws -> RunStart {
    let base = try await trainer.base()
    let passed = ledger.attempts.last { $0.outcome == .passed }
    func start(at checkpoint: Checkpoint, note: String? = nil) -> RunStart {
      let attempt = ledger.attempts.last {
        $0.outcome == .passed && $0.checkpoint == checkpoint.id
      }
      return RunStart(
        checkpoint: checkpoint, untuned: base,
        certified: certified(by: attempt, in: ledger, baseline: baseline), note: note)
    }
    switch options.start {
    case .base:
      return start(at: base)
    case .checkpoint(let id):
      guard let checkpoint = try trainer.checkpoint(named: id) else {
        throw RunError.unknownCheckpoint(id: id, folder: workspace.checkpoints.path)
      }
      return start(at: checkpoint)
    case .lastCertified:
      guard let passed else { return start(at: base) }
      if let checkpoint = try trainer.checkpoint(named: passed.checkpoint) {
        return start(at: checkpoint)
      }
      return start(
        at: base,
        note: "checkpoint \(passed.checkpoint), which was certified last, is not on this machine "
          + "or is of another base; the run begins at the base")
    }
  }

  /// The checkpoints that a run which was interrupted may have started from, to be gone on with: where
  /// one would start now, or would have before the attempts that it made itself.
  func startsToGoOnFrom(lock: SuiteLock) async throws -> Set<String> {
    var before = lock.ledger
    before.attempts.removeAll { $0.run == key }
    return [
      try await findStart(ledger: lock.ledger, baseline: lock.baseline).checkpoint.id,
      try await findStart(ledger: before, baseline: lock.baseline).checkpoint.id,
    ]
  }

  /// The behaviors that an attempt showed and that ask for no more now: no higher target, no higher
  /// confidence, and no example that the baseline knows otherwise.
  private func certified(
    by attempt: Attempt?, in ledger: Ledger, baseline: Baseline?
  ) -> Set<String> {
    guard let attempt else { return [] }
    let known = baseline.flatMap { $0.model.checkpoint == attempt.checkpoint ? $0 : nil }
    return Set(
      attempt.pools.compactMap { claim in
        guard let behavior = suite.suite[behavior: claim.behavior],
          behavior.target <= claim.target,
          ledger.alpha(of: claim, in: attempt) <= suite.suite.claims.alpha * (1 + 1e-9)
        else { return nil }
        let ids = Set(behavior.examples.map(\.id))
        let before = known?[behavior: claim.behavior]?.examples ?? []
        return before.allSatisfy { ids.contains($0.id) } ? claim.behavior : nil
      })
  }
}
