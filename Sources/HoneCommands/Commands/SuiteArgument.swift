import ArgumentParser
import Foundation
import Suites
import Tuning

/// The suite that a command works on.
struct SuiteArgument: ParsableArguments {
  @Argument(help: "The suite's folder.", completion: .directory)
  var suite = "."

  var folder: URL { URL(fileURLWithPath: suite, isDirectory: true).standardizedFileURL }

  /// Reads the suite and deals its roles, as `hone.lock` has them and anew where it has not.
  func read() throws -> (suite: DealtSuite, lock: SuiteLock) {
    try Self.read(folder)
  }

  static func read(_ folder: URL) throws -> (suite: DealtSuite, lock: SuiteLock) {
    let workspace = SuiteWorkspace(folder: folder)
    let suite = try Suite.read(folder: folder, caches: workspace.caches)
    let lock = try SuiteLock.read(from: workspace.lock)
    return try deal(suite, lock: lock)
  }
}
