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
    /// The last look by which it is what there is to show: it is taken for that as long as the look is.
    var look: ArchiveWatcher.Look
    /// Whether somebody looks after it, before it must be.
    var isRenewed = false
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
  /// Before a page must be looked after again.
  let margin: Duration

  init(margin: Duration, limit: Int = 16) {
    self.margin = margin
    self.limit = limit
  }

  /// A page that was looked after so lately that it need not be now.
  ///
  /// - Parameter changes: The watcher's.
  /// - Returns: The page, and whether it is time to look after it: to one caller only.
  func fresh(_ route: Route, changes: Int) -> (document: Document, endsSoon: Bool)? {
    state.withLock { state in
      guard let index = state.entries.firstIndex(where: { $0.key.route == route }) else {
        return nil
      }
      let (entry, now) = (state.entries[index], ContinuousClock.now)
      guard let document = entry.document, entry.look.changes == changes, now < entry.look.until
      else { return nil }
      let endsSoon = !entry.isRenewed && now + margin >= entry.look.until
      if endsSoon { state.entries[index].isRenewed = true }
      return (document, endsSoon)
    }
  }

  /// How often a page was made.
  var made: Int { state.withLock { $0.made } }

  /// A page, kept or made.
  ///
  /// - Parameter look: By which the key is what it is.
  func document(
    _ key: Key, at look: ArchiveWatcher.Look,
    making make: @escaping @Sendable () async throws -> Document
  ) async throws -> Document {
    let making = state.withLock { state in
      if let index = state.entries.firstIndex(where: { $0.key.route == key.route }) {
        // One that was looked after later is the newer one.
        let isNewer = state.entries[index].look.until > look.until
        if state.entries[index].key == key || isNewer {
          if !isNewer { state.entries[index].look = look }
          state.entries[index].isRenewed = false
          return state.entries[index].making
        }
        state.entries.remove(at: index)
      }
      let making = Task { try await make() }
      state.made += 1
      state.entries.append(Entry(key: key, look: look, making: making))
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
