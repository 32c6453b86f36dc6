import ArgumentParser
import Foundation
import Tuning

/// Whether the ledger of attempts outlives the command.
struct LedgerOption: ParsableArguments {
  @Flag(
    help: """
      In CI: this job commits hone.lock back, even if it fails, so that attempts may be charged.
      """)
  var keepsLedger = false

  /// Why no attempt may be charged on a suite, if so: in CI the checkout, and the ledger with it, goes
  /// away with the job. Where no repository holds the suite, what is on disk is what is kept.
  func refusal(
    for folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> SealedAttemptError? {
    let isCI = !["", "0", "false"].contains((environment["CI"] ?? "").lowercased())
    guard !keepsLedger, isCI, Self.isCheckout(folder) else { return nil }
    return .ledgerNotKept(path: SuiteWorkspace(folder: folder).lock.path)
  }

  private static func isCheckout(_ folder: URL) -> Bool {
    var folder = folder.standardizedFileURL.resolvingSymlinksInPath()
    while true {
      let path = folder.appendingPathComponent(".git").path
      if FileManager.default.fileExists(atPath: path) { return true }
      if folder.path == "/" { return false }
      folder.deleteLastPathComponent()
    }
  }
}
