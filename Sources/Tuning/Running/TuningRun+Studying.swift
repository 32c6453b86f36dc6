import Suites

extension TuningRun {
  /// Looks at `train` and `dev` once more where a run ended with a champion. Nothing hangs on it: what
  /// is certified has its certificate by then.
  ///
  /// - Parameter suite: As the run left it: what attempts on fresh examples used up is in `dev`.
  /// - Returns: Nil where nothing was tried, and where the trainer cannot.
  func study(_ summary: RunSummary, of suite: DealtSuite) async throws -> TrainingStudy? {
    guard let champion = summary.outcome?.champion else { return nil }
    let cache = StudyCache(
      folder: workspace.caches, champion: champion, trainer: trainer, suite: suite)
    if let study = cache.read() { return study }
    let tuned = summary.rounds.last { $0.tuned?.checkpoint == champion }?.tuned
    guard let material = try await trainer.study(champion, l2: tuned?.l2, suite: suite) else {
      return nil
    }
    let study = TrainingStudy(material, suite: suite)
    cache.write(study)
    return study
  }
}
