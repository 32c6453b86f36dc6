import Suites

extension TuningRun {
  /// Grades a checkpoint on `dev`: all behaviors, one example per cluster.
  ///
  /// Those who watch are told after each chunk of replies what is known. Texts of the other roles
  /// are readied after it, all alike, so that no later step shows by its time what it looked at.
  func measure(_ checkpoint: Checkpoint, on suite: DealtSuite) async throws -> Measurement {
    let model = try await trainer.unpreparedModel(at: checkpoint)
    var chunks = ChunkedMeasurement(
      checkpoint,
      on: suite.suite.behaviors.map { ($0, suite.representatives(of: $0, in: .dev)) },
      confidence: suite.suite.claims.confidence)
    monitor.note(chunks.soFar)
    while true {
      let prompts = chunks.next
      if prompts.isEmpty { break }
      try Task.checkCancellation()
      chunks.take(try await model.replies(to: prompts))
      monitor.note(chunks.soFar)
    }
    _ = try await trainer.model(at: checkpoint)
    return chunks.measurement
  }
}
