import Suites

extension TuningRun {
  /// Looks at `train` and `dev` once more where a run ended without a certificate.
  ///
  /// - Returns: Nil after any other end, and where the trainer cannot.
  func study(_ summary: RunSummary) async throws -> TrainingStudy? {
    guard case .unsatisfied(let champion, _, _) = summary.outcome else { return nil }
    let tuned = summary.rounds.last { $0.tuned?.checkpoint == champion }?.tuned
    return try await trainer.study(champion, l2: tuned?.l2, suite: suite)
      .map { TrainingStudy($0, suite: suite) }
  }
}
