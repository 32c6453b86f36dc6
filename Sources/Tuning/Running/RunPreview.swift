public import Suites

/// What a run would do, without doing it.
public struct RunPreview: Sendable, Hashable {
  public var start: RunStart
  public var settings: LoopSettings
  /// The first candidate's mixture, before anything falls short.
  public var mixture: Mixture
  /// Time at most, where there is a budget.
  public var time: Duration?
  /// The interrupted run that would be gone on with; all else is then what it began with.
  public var unfinished: Unfinished?

  public struct Unfinished: Sendable, Hashable {
    /// Its number in the archive.
    public var run: Int
    /// Candidates that it had proposed.
    public var rounds: Int
  }
}

extension TuningRun {
  /// Works out where a run would begin, and with what. Asks the model for nothing, writes nothing.
  ///
  /// - Throws: `RunError.unknownCheckpoint`, or what the trainer throws.
  public func preview(lock: SuiteLock) async throws -> RunPreview {
    var start = try await findStart(ledger: lock.ledger, baseline: lock.baseline)
    var settings = LoopSettings(run: self, start: start, lock: lock)
    var unfinished: RunPreview.Unfinished?
    let starts = try await startsToGoOnFrom(lock: lock)
    if let open = try archive.unfinished(key: key), try canResume(open.events, from: starts),
      let header = RunSummary(open.events).header
    {
      settings = header.settings
      start = RunStart(
        checkpoint: header.base, untuned: header.untuned,
        certified: Set(settings.behaviors.filter(\.isCertified).map(\.name)))
      unfinished = RunPreview.Unfinished(
        run: open.number, rounds: RunSummary(open.events).rounds.count)
    }
    return RunPreview(
      start: start, settings: settings,
      mixture: Mixture(of: settings.behaviors, focus: [:], isWanted: settings.isWanted),
      time: options.time ?? suite.suite.tuning.time, unfinished: unfinished)
  }
}

extension RunStart {
  /// Whether the run begins at the base model.
  public var isBase: Bool { checkpoint == untuned }
}
