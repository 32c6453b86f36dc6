import RunStorage
import Tuning

/// What one client has heard, and what it must hear next. Pure.
///
/// ```
/// event      a new event of the run; `id` is its sequence. What it says is on the page, which knows
///            what is sealed by now
/// progress   what the run at work is doing (`LiveProgress`); null where nobody works on it any more
/// closed     the run is over; nothing follows
/// event      of the list: it has changed
/// ```
struct NewsFeed: Sendable {
  /// The run that it is about; nil for the list of all.
  let run: Int?
  /// The newest event that the client knows.
  private(set) var sequence: Int
  private var progress: LiveProgress?
  /// The state of the list that the client knows.
  private var listMark: String?

  /// - Parameter sequence: 0 where the client knows nothing.
  init(run: Int, after sequence: Int) {
    self.run = run
    self.sequence = sequence
  }

  /// - Parameter mark: Of the list that the client shows; nil where it shows none yet.
  init(listAt mark: String?) {
    run = nil
    sequence = 0
    listMark = mark
  }

  /// Takes in a snapshot.
  ///
  /// - Returns: What to send, and whether the stream ends with it.
  mutating func news(
    _ snapshot: Snapshot
  ) throws -> (messages: [ServerSentEvent], isOver: Bool) {
    guard let run else { return (listNews(snapshot), false) }
    guard let standing = snapshot.standing(of: run) else { return ([], true) }
    var messages: [ServerSentEvent] = []
    while sequence < standing.sequence {
      sequence += 1
      messages.append(ServerSentEvent("event", id: sequence, data: "{}"))
    }
    let now = snapshot.liveRun == run ? snapshot.progress : nil
    if now != progress {
      messages.append(ServerSentEvent("progress", data: try ServerSentEvent.json(now)))
    }
    progress = now
    let isOver = standing.isClosed && sequence >= standing.sequence
    if isOver { messages.append(ServerSentEvent("closed")) }
    return (messages, isOver)
  }

  private mutating func listNews(_ snapshot: Snapshot) -> [ServerSentEvent] {
    let mark = snapshot.listMark
    defer { listMark = mark }
    return listMark == mark ? [] : [ServerSentEvent("event")]
  }
}
