import NIOCore
import RunStorage
import Tuning

/// Tells one client the news as they come, until the run is over or the client is gone.
struct NewsStream: Sendable {
  let watcher: ArchiveWatcher
  let folded: FoldedRuns
  let templates: Templates

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
      let store = await watcher.archive()
      var lines: [(sequence: Int, line: String)] = []
      if let (run, after) = feed.missing(at: snapshot), let store {
        lines = try store.lines(of: run, after: after)
      }
      var settings: LoopSettings?
      if let run = feed.run, snapshot.liveRun == run, let store {
        settings = try await folded.runs(at: snapshot, of: store).first { $0.number == run }?
          .summary.header?.settings
      }
      let (messages, isOver) = try feed.news(snapshot, lines: lines) {
        LivePanel(progress: $0, settings: settings).html(templates)
      }
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
