import NIOCore

/// Tells one client the news as they come, until the run is over or the client is gone.
struct NewsStream: Sendable {
  let watcher: ArchiveWatcher

  /// After so long without news the client is told that the server is there.
  static let silence = Duration.seconds(10)

  /// - Parameter write: Sends bytes; throws where the client is gone.
  /// - Throws: `CancellationError`, or what `write` throws.
  func run(_ start: NewsFeed, write: (ByteBuffer) async throws -> Void) async throws {
    var feed = start
    var spoke = ContinuousClock.now
    try await write(ByteBuffer(string: ServerSentEvent.retry))
    for await _ in await watcher.ticks() {
      let snapshot = await watcher.snapshot()
      // A broken archive ends the stream; the browser comes back, and its page says what is wrong.
      if case .broken = snapshot.archive { return }
      let (messages, isOver) = try feed.news(snapshot)
      let text = messages.map(\.text).joined()
      if !text.isEmpty {
        try await write(ByteBuffer(string: text))
        spoke = .now
      } else if ContinuousClock.now - spoke >= Self.silence {
        try await write(ByteBuffer(string: ServerSentEvent.heartbeat))
        spoke = .now
      }
      if isOver { return }
    }
    try Task.checkCancellation()
  }
}
