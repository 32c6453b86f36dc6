import EmbeddedModels
import Foundation
import Statistics
import Suites
import Tuning

/// One run of the regression gate: read, replay, compare; record a baseline, or spend an attempt,
/// where that was asked for.
struct TestRun: Sendable {
  let folder: URL
  /// An id or a path; nil takes the certified checkpoint.
  let model: String?
  let margin: Double
  let alpha: Double?
  let updatesBaseline: Bool
  let certifies: Bool
  /// Why no attempt may be charged here, if so.
  let refusal: SealedAttemptError?
  let threads: Int

  /// What came of it.
  struct Outcome: Sendable {
    var suite: DealtSuite
    /// With the baseline that there was; where there was none, with the new one.
    var comparison: Comparison
    /// Nil where no baseline was to be recorded.
    var recorded: TestReport.Recorded?
    /// Nil where no attempt was asked for.
    var certification: Certification?
    var duration: Duration
  }

  /// - Parameters:
  ///   - announce: Called with what an attempt will cost, before it is charged.
  /// - Throws: `TestError`, `SealedAttemptError`, and what reading and replaying throw.
  func perform(
    announce: @Sendable ([String]) -> Void,
    onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> Outcome {
    let started = ContinuousClock.now
    let (suite, lock) = try SuiteArgument.read(folder)
    let workspace = SuiteWorkspace(folder: folder)
    guard lock.baseline != nil || updatesBaseline || certifies else {
      throw TestError.noBaseline(path: workspace.lock.path)
    }
    let checkpoint = try CheckpointFolder(
      try Self.name(model, in: workspace, baseline: lock.baseline), suite: suite.suite)
    let hold = try workspace.hold()
    defer { withExtendedLifetime(hold) {} }
    var attempt: SealedAttempt?
    var loaded: (tested: TestedModel, model: EmbeddedClassifier)?
    if certifies {
      try workspace.checkUnchanged(lock, of: suite.suite)
      let ready = try checkpoint.load(threads: threads, onProgress: onProgress)
      let plan = try Self.plan(ready.tested, on: suite, lock: lock, refusal: refusal)
      announce(AttemptCost(plan).lines)
      (attempt, loaded) = (plan, ready)
    }
    let replay = try await ReplayCache(folder: workspace.caches, key: checkpoint.stamp)
      .replay(suite) {
        let ready = try loaded ?? checkpoint.load(threads: threads, onProgress: onProgress)
        return (ready.tested, ready.model)
      }
    try Task.checkCancellation()
    func fresh() -> Baseline {
      Baseline(
        replay, suite: suite, ledger: lock.ledger,
        candidates: Self.candidates(before: lock.baseline, now: replay))
    }
    let comparison = Comparison(
      lock.baseline ?? fresh(), with: replay, on: suite, margin: margin, alpha: alpha)
    var outcome = Outcome(suite: suite, comparison: comparison, duration: .zero)
    if let attempt, let loaded {
      outcome.certification = try await Self.certify(
        attempt, with: loaded.model, replay: replay, of: suite, workspace,
        hasRegressed: comparison.verdict == .regressed)
    } else if updatesBaseline {
      outcome.recorded = try record(fresh(), in: lock, of: suite, workspace)
    }
    outcome.duration = ContinuousClock.now - started
    return outcome
  }

  /// What is tested: what was named, else what is certified, else what the baseline is of.
  static func name(
    _ model: String?, in workspace: SuiteWorkspace, baseline: Baseline?
  ) throws -> String {
    if let model { return model }
    if let certified = Certificate.read(from: workspace.certificate)?.model.checkpoint {
      return certified
    }
    guard let recorded = baseline?.model.checkpoint else {
      throw PredictError.nothingTuned(folder: workspace.folder.path)
    }
    return recorded
  }

  /// Checkpoints that a baseline to be recorded was chosen from on `dev`, as far as is known.
  static func candidates(before baseline: Baseline?, now replay: Replay) -> Int? {
    guard let known = baseline?.candidates else { return nil }
    return baseline?.model.checkpoint == replay.model.checkpoint ? known : known + 1
  }

  private func record(
    _ baseline: Baseline, in lock: SuiteLock, of suite: DealtSuite, _ workspace: SuiteWorkspace
  ) throws -> TestReport.Recorded {
    try workspace.checkUnchanged(lock, of: suite.suite)
    try workspace.record(baseline, in: lock)
    guard let before = lock.baseline else { return .first }
    return before == baseline ? .unchanged : .replaced
  }
}
