import RunStorage
import Synchronization

/// Pages that are asked for more often than they change. Each is made once, however many wait for it.
final class PageCache: Sendable {
  /// What a page shows, and all that decides its bytes.
  struct Key: Hashable {
    var route: Route
    var generation: Int
    /// Of the runs that it shows.
    var standings: [RunStore.Standing]
    /// The one of these that is at work.
    var liveRun: Int?
    var texts: Int
  }

  private struct Entry {
    var key: Key
    /// Until then nobody looks whether it has changed.
    var until: ContinuousClock.Instant
    var making: Task<Document, any Error>
    /// Nil until it is made.
    var document: Document?
  }

  private struct State {
    var entries: [Entry] = []
    var made = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int = 16) {
    self.limit = limit
  }

  /// A page that was looked after so lately that it need not be now.
  func fresh(_ route: Route) -> Document? {
    state.withLock { state in
      guard let entry = state.entries.first(where: { $0.key.route == route }) else { return nil }
      return ContinuousClock.now < entry.until ? entry.document : nil
    }
  }

  /// How often a page was made.
  var made: Int { state.withLock { $0.made } }

  /// A page, kept or made.
  ///
  /// - Parameter until: How long what the key says is taken for true.
  func document(
    _ key: Key, until: ContinuousClock.Instant,
    making make: @escaping @Sendable () async throws -> Document
  ) async throws -> Document {
    let making = state.withLock { state in
      if let index = state.entries.firstIndex(where: { $0.key.route == key.route }) {
        // One that was looked after later is the newer one.
        if state.entries[index].key == key || state.entries[index].until > until {
          state.entries[index].until = max(state.entries[index].until, until)
          return state.entries[index].making
        }
        state.entries.remove(at: index)
      }
      let making = Task { try await make() }
      state.made += 1
      state.entries.append(Entry(key: key, until: until, making: making))
      if state.entries.count > limit { state.entries.removeFirst() }
      return making
    }
    let result = await making.result
    state.withLock { state in
      guard let index = state.entries.firstIndex(where: { $0.making == making }) else { return }
      switch result {
      case .success(let document): state.entries[index].document = document
      // It may go better the next time.
      case .failure: state.entries.remove(at: index)
      }
    }
    return try result.get()
  }
}
