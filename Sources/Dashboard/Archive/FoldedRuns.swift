import Foundation
import RunStorage
import Synchronization
import Tuning

/// A run as the pages need it: what happened so far, folded.
struct FoldedRun: Sendable {
  var number: Int
  var isClosed: Bool
  /// Of the newest event that is folded in.
  var sequence = 0
  var began: Date?
  /// Of the newest event.
  var last: Date?
  var summary = RunSummary([RunEvent]())

  mutating func fold(_ stamped: StampedEvent) {
    summary.fold(stamped.event, at: stamped.time)
    sequence = stamped.sequence
    began = began ?? stamped.time
    last = stamped.time
  }
}

/// All runs of an archive, folded as their events come: each event is read once.
final class FoldedRuns: Sendable {
  private struct State {
    var runs: [Int: FoldedRun] = [:]
    var generation = 0
  }

  private let state = Mutex(State())

  /// The runs up to a snapshot, the oldest first.
  ///
  /// - Throws: `RunError.brokenArchive`.
  func runs(at snapshot: Snapshot, of store: RunStore) async throws -> [FoldedRun] {
    // The first fold of a long archive takes its time.
    try await Background.run { [self] in
      try state.withLock { state in
        if snapshot.generation > state.generation {
          state = State(generation: snapshot.generation)
        }
        return try snapshot.standings.map { standing in
          let run = try Self.fold(standing, onto: state.runs[standing.number], from: store)
          state.runs[standing.number] = run
          return run
        }
      }
    }
  }

  private static func fold(
    _ standing: RunStore.Standing, onto known: FoldedRun?, from store: RunStore
  ) throws -> FoldedRun {
    var run = known ?? FoldedRun(number: standing.number, isClosed: standing.isClosed)
    run.isClosed = run.isClosed || standing.isClosed
    guard run.sequence < standing.sequence else { return run }
    for event in try store.events(of: standing.number, after: run.sequence) { run.fold(event) }
    return run
  }
}
