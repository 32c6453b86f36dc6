import Suites

extension TuningRun {
  /// Looks at `train` and `dev` once more where a run ended with a champion. Nothing hangs on it: what
  /// is certified has its certificate by then.
  ///
  /// - Parameter suite: As the run left it: what attempts on fresh examples used up is in `dev`.
  /// - Returns: Nil where nothing was tried, and where the trainer cannot.
  func study(_ summary: RunSummary, of suite: DealtSuite) async throws -> TrainingStudy? {
    guard let champion = summary.outcome?.champion else { return nil }
    let tuned = summary.rounds.last { $0.tuned?.checkpoint == champion }?.tuned
    return try await trainer.study(champion, l2: tuned?.l2, suite: suite)
      .map { TrainingStudy($0, suite: suite) }
  }
}
