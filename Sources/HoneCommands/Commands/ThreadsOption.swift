import ArgumentParser
import Foundation

/// How many workers a command may use.
struct ThreadsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads at most (default: all cores). The result does not depend on it.",
      valueName: "count"))
  var threads: Int?

  /// What was asked for, else one for each core.
  var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes 1 or more.") }
  }
}
