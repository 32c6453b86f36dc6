import EmbeddedModels
import Foundation
import Suites
import Tuning

/// One run of the regression gate: read, replay, compare, and record where that was asked for.
struct TestRun: Sendable {
  let folder: URL
  /// An id or a path; nil takes the certified checkpoint.
  let model: String?
  let margin: Double
  let alpha: Double?
  let updatesBaseline: Bool
  let threads: Int

  /// What came of it.
  struct Outcome: Sendable {
    var suite: DealtSuite
    /// With the baseline that there was; where there was none, with the new one.
    var comparison: Comparison
    /// Nil where no baseline was to be recorded.
    var recorded: TestReport.Recorded?
    var duration: Duration
  }

  /// - Throws: `TestError`, and what reading and replaying throw.
  func perform(onProgress: @escaping @Sendable (WorkProgress) -> Void) async throws -> Outcome {
    let started = ContinuousClock.now
    let (suite, lock) = try SuiteArgument.read(folder)
    let workspace = SuiteWorkspace(folder: folder)
    guard lock.baseline != nil || updatesBaseline else {
      throw TestError.noBaseline(path: workspace.lock.path)
    }
    let checkpoint = try CheckpointFolder(
      try name(in: workspace, baseline: lock.baseline), suite: suite.suite)
    let hold = try workspace.hold()
    defer { withExtendedLifetime(hold) {} }
    let replay = try await ReplayCache(folder: workspace.caches, key: checkpoint.stamp)
      .replay(suite) { try checkpoint.load(threads: threads, onProgress: onProgress) }
    try Task.checkCancellation()
    let fresh = Baseline(replay, suite: suite, ledger: lock.ledger)
    let comparison = Comparison(
      lock.baseline ?? fresh, with: replay, on: suite, margin: margin, alpha: alpha)
    return Outcome(
      suite: suite, comparison: comparison,
      recorded: updatesBaseline ? try record(fresh, in: lock, of: suite, workspace) : nil,
      duration: ContinuousClock.now - started)
  }

  private func name(in workspace: SuiteWorkspace, baseline: Baseline?) throws -> String {
    if let model { return model }
    if let certified = Certificate.read(from: workspace.certificate)?.model.checkpoint {
      return certified
    }
    guard let recorded = baseline?.model.checkpoint else {
      throw PredictError.nothingTuned(folder: workspace.folder.path)
    }
    return recorded
  }

  private func record(
    _ baseline: Baseline, in lock: SuiteLock, of suite: DealtSuite, _ workspace: SuiteWorkspace
  ) throws -> TestReport.Recorded {
    // A run may have ended between reading the lock and taking hold of the suite.
    let now = try SuiteLock.read(from: workspace.lock)
    guard try deal(suite.suite, lock: now).1 == lock else {
      throw RunError.lockChanged(path: workspace.lock.path)
    }
    var updated = lock
    updated.baseline = baseline
    try updated.write(to: workspace.lock)
    guard let before = lock.baseline else { return .first }
    return before == baseline ? .unchanged : .replaced
  }
}

/// What can be wrong with a regression test and its reports.
enum TestError: Error, Hashable {
  case noBaseline(path: String)
  case reportNotWritten(path: String, reason: String)
  case reportIsNoFile(path: String)
}

extension TestError: DescribedError {
  var description: String {
    switch self {
    case .noBaseline(let path):
      "\(path): there is no baseline to compare with. `hone train` records one when it certifies; "
        + "`hone test --update-baseline` records what a checkpoint answers now."
    case .reportNotWritten(let path, let reason):
      "\(path): the report cannot be written (\(reason)). Name a file in a folder that can be "
        + "written to."
    case .reportIsNoFile(let path):
      "\(path): there is something here that is no file. Name a file, or take --format for standard "
        + "output."
    }
  }
}

/// Files of reports: whole, or as they were.
enum ReportFile {
  static func write(_ text: String, to path: String) throws {
    var isFolder: ObjCBool = false
    let manager = FileManager.default
    if manager.fileExists(atPath: path, isDirectory: &isFolder) {
      let type =
        try? manager.attributesOfItem(
          atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.type]
        as? FileAttributeType
      guard type == .typeRegular else { throw TestError.reportIsNoFile(path: path) }
    }
    do {
      try PlainFile.replace(path, with: Array(text.utf8))
    } catch {
      let reason = if case .failed(let text) = error { text } else { "\(error)" }
      throw TestError.reportNotWritten(path: path, reason: reason)
    }
  }
}
