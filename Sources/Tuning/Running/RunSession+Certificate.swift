import Foundation
import Suites

extension TuningRun.Session {
  /// Writes the certificate and the baseline of a run that was satisfied.
  func issueCertificate(_ summary: RunSummary, at time: Date) async throws -> URL? {
    guard case .satisfied = summary.outcome, let attempt = summary.attempts.last else {
      return nil
    }
    let certificate = Certificate(
      attempt: attempt.record, suite: run.suite.suite, trainer: run.trainer, issued: time)
    try certificate.write(to: run.workspace.certificate)
    try run.trainer.attach(certificate, to: attempt.record.checkpoint)
    try await recordBaseline(attempt.record.checkpoint, of: summary)
    return run.workspace.certificate
  }

  /// What was certified is what later models are compared with.
  private func recordBaseline(_ checkpoint: Checkpoint, of summary: RunSummary) async throws {
    let model = try await run.trainer.model(at: checkpoint)
    let replay = Replay(
      model: TestedModel(
        base: run.trainer.identity.hash, checkpoint: checkpoint.id, engine: run.trainer.engine),
      replies: try await model.replies(to: Replay.prompts(for: book.suite)), suite: book.suite)
    try run.workspace.record(
      Baseline(
        replay, suite: book.suite, ledger: book.lock.ledger,
        candidates: candidates(of: summary)), in: book.lock)
  }

  /// Checkpoints that the champion was chosen from on `dev`, by this run and those before it.
  private func candidates(of summary: RunSummary) -> Int {
    let own = 1 + summary.rounds.count { $0.measurement != nil }
    if header.base == header.untuned { return own }
    return own + (book.lock.baseline?.candidates ?? Comparison.assumedCandidates) - 1
  }
}
