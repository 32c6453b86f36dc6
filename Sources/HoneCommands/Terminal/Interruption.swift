import ArgumentParser
import Dispatch
import Foundation

/// Ctrl-C and SIGTERM as cancellation: work ends cleanly, children included. A second Ctrl-C ends
/// the process at once.
enum Interruption {
  /// Does the work of a command. Interrupted, it says so and ends with 130; either way nothing of
  /// the progress is on the screen at the end.
  ///
  /// - Parameter ending: What to say then.
  static func cancels<Result: Sendable>(
    showing progress: any ProgressDisplay,
    ending: String = "Stopped. Run the same command again; what was computed is kept.",
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    defer { progress.clear() }
    do {
      return try await cancels(
        onFirst: {
          progress.clear()
          Terminal.errors.line("stopping …")
        }, work)
    } catch is CancellationError {
      progress.clear()
      Terminal.errors.line(ending)
      throw ExitCode(130)
    }
  }

  /// Does work that the signals cancel.
  ///
  /// - Parameter onFirst: Called once, at the first signal.
  private static func cancels<Result: Sendable>(
    onFirst: @escaping @Sendable () -> Void, _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task(operation: work)
    // One queue for both signals, so that only one of them is the first.
    let queue = DispatchQueue(label: "interruption")
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if task.isCancelled { exit(130) }
        task.cancel()
        onFirst()
      }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      signal(SIGINT, SIG_DFL)
      signal(SIGTERM, SIG_DFL)
    }
    return try await task.value
  }
}
