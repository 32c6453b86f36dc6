import RunStorage
import Synchronization
import Tuning

/// The events of the run whose pages were made last: its next page reads what is new, and nothing again.
final class ReadEvents: Sendable {
  private struct State {
    var generation = 0
    var run = 0
    var events: [StampedEvent] = []
  }

  private let state = Mutex(State())

  /// The events of a run as far as its standing goes, in order.
  ///
  /// - Throws: `RunError.brokenArchive`.
  func events(
    of standing: RunStore.Standing, generation: Int, from store: RunStore
  ) throws -> [StampedEvent] {
    try state.withLock { state in
      if state.generation != generation || state.run != standing.number {
        state = State(generation: generation, run: standing.number)
      }
      let last = state.events.last?.sequence ?? 0
      if last < standing.sequence {
        state.events += try store.events(of: standing.number, after: last)
      }
      return Array(state.events.prefix { $0.sequence <= standing.sequence })
    }
  }
}
