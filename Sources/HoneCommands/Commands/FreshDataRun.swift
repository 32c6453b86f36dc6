import EmbeddedModels
import Foundation
import Statistics
import Suites
import Tuning

/// One look at fresh data: read, ask, and hold against what is claimed. Writes nothing.
struct FreshDataRun: Sendable {
  let folder: URL
  let file: URL
  let fields: FieldNames
  let onBadRow: BadRowPolicy
  /// An id or a path; nil takes the certified checkpoint.
  let model: String?
  let margin: Double
  let alpha: Double?
  let threads: Int

  /// What came of it.
  struct Outcome: Sendable {
    var suite: Suite
    var rows: FreshRows
    var check: ClaimCheck
    /// That of the suite, where it is of the checkpoint.
    var certificate: Certificate?
    var duration: Duration
  }

  /// - Throws: `SuiteErrors` for suite and file, `EmbeddedModelError`, and what the model throws.
  func perform(onProgress: @escaping @Sendable (WorkProgress) -> Void) async throws -> Outcome {
    let started = ContinuousClock.now
    let workspace = SuiteWorkspace(folder: folder)
    let suite = try Suite.read(folder: folder, caches: workspace.caches)
    let lock = try SuiteLock.read(from: workspace.lock)
    let rows = try FreshRows.read(file, for: suite, fields: fields, onBadRow: onBadRow)
    let checkpoint = try CheckpointFolder(
      try TestRun.name(model, in: workspace, baseline: lock?.baseline), suite: suite)
    let (tested, classifier) = try checkpoint.load(
      threads: threads, isCaching: false, onProgress: onProgress)
    let certificate = Certificate.read(from: workspace.certificate)
    let claims = ClaimedRate.all(
      of: tested, in: suite, certificate: certificate, baseline: lock?.baseline)
    let replies = try await classifier.replies(to: ClaimCheck.prompts(for: rows, claims: claims))
    try Task.checkCancellation()
    let check = ClaimCheck(
      claims, model: tested, replies: replies, rows: rows,
      test: ClaimTest(margin: margin, alpha: alpha ?? min(0.5, suite.claims.alpha)))
    let isOfThis = certificate?.model.checkpoint == tested.checkpoint
    return Outcome(
      suite: suite, rows: rows, check: check, certificate: isOfThis ? certificate : nil,
      duration: ContinuousClock.now - started)
  }
}
