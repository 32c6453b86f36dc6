public import Suites

/// What a run would do, without doing it.
public struct RunPreview: Sendable, Hashable {
  public var start: RunStart
  public var settings: LoopSettings
  /// The first candidate's mixture, before anything falls short.
  public var mixture: Mixture
  /// Time at most, where there is a budget.
  public var time: Duration?
}

extension TuningRun {
  /// Works out where a run would begin, and with what. Asks the model for nothing, writes nothing.
  ///
  /// - Throws: `RunError.unknownCheckpoint`, or what the trainer throws.
  public func preview(lock: SuiteLock) async throws -> RunPreview {
    let start = try await findStart(ledger: lock.ledger, baseline: lock.baseline)
    let settings = LoopSettings(
      run: self, start: start, ledger: lock.ledger)
    return RunPreview(
      start: start, settings: settings,
      mixture: Mixture(of: settings.behaviors, focus: [:], isWanted: settings.isWanted),
      time: options.time ?? suite.suite.tuning.time)
  }
}

extension RunStart {
  /// Whether the run begins at the base model.
  public var isBase: Bool { checkpoint == untuned }
}
