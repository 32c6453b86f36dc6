import Dispatch
import Foundation

/// Ctrl-C and SIGTERM as cancellation: work ends cleanly, children included. A second Ctrl-C ends
/// the process at once.
enum Interruption {
  static func cancels<Result: Sendable>(
    _ task: Task<some Sendable, any Error>, during work: () async throws -> Result
  ) async throws -> Result {
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if task.isCancelled { exit(130) }
        task.cancel()
      }
      source.resume()
      return source
    }
    defer {
      sources.forEach { $0.cancel() }
      signal(SIGINT, SIG_DFL)
      signal(SIGTERM, SIG_DFL)
    }
    return try await work()
  }
}
