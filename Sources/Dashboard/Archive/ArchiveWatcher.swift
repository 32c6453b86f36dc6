import Foundation
import RunStorage
import Synchronization
import Tuning

/// Looks at the archive of a suite for everybody who is connected.
///
/// However many clients there are, the files are looked at a few times a second, and not at all
/// where nobody asks.
actor ArchiveWatcher {
  private let workspace: SuiteWorkspace
  /// Between two looks while somebody listens.
  private let pause: Duration
  private var store: RunStore?
  private var mark: FileMark?
  private var generation = 0
  private var pace: Pace
  private var seen: Look?
  private var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
  private var nextListener = 0
  /// Whether some process had hold of the suite at the last look.
  nonisolated let isHeld = Atomic(false)
  private nonisolated let changeCount = Atomic(0)

  /// What was found, and how long it is taken for what is there.
  struct Look: Sendable {
    var snapshot: Snapshot
    var until: ContinuousClock.Instant
    /// `changes` by then.
    var changes: Int
  }

  /// How often a look has found runs other than the one before. What was made of an earlier look may
  /// be shown for as long as it is the same.
  nonisolated var changes: Int { changeCount.load(ordering: .acquiring) }

  init(_ workspace: SuiteWorkspace, pause: Duration) {
    self.workspace = workspace
    self.pause = pause
    pace = Pace(pause: pause * 2)
  }

  /// What is there now, or was less than half a pause ago.
  ///
  /// - Parameter rest: How much longer it must be good for.
  func look(lasting rest: Duration = .zero) -> Look {
    let now = ContinuousClock.now
    if let seen, now + rest < seen.until { return seen }
    let snapshot = take(at: now)
    if let seen, !snapshot.hasSameRuns(as: seen.snapshot) {
      changeCount.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }
    let look = Look(snapshot: snapshot, until: now + pause / 2, changes: changes)
    seen = look
    return look
  }

  func snapshot() -> Snapshot { look().snapshot }

  /// The archive, where there is one that can be read.
  func archive() -> RunStore? {
    _ = snapshot()
    return store
  }

  // MARK: - Listening

  /// Ticks at once, and then with every look until it is let go. A slow listener misses ticks, and
  /// nothing else: it finds what is new by looking.
  func ticks() -> AsyncStream<Void> {
    let id = nextListener
    nextListener += 1
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    continuation.onTermination = { _ in Task { await self.forget(id) } }
    continuation.yield()
    listeners[id] = continuation
    return stream
  }

  private func forget(_ id: Int) {
    listeners[id] = nil
  }

  var listenerCount: Int { listeners.count }

  /// Ticks until it is cancelled.
  func run() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: pause)
      for listener in listeners.values { listener.yield() }
    }
    for listener in listeners.values { listener.finish() }
  }

  // MARK: - Looking

  private func take(at now: ContinuousClock.Instant) -> Snapshot {
    let archive = lookAtArchive(at: now)
    let isHeld = workspace.isHeld
    self.isHeld.store(isHeld, ordering: .relaxed)
    return Snapshot(
      archive: archive, progress: isHeld ? workspace.liveProgress() : nil, isHeld: isHeld)
  }

  private func lookAtArchive(at now: ContinuousClock.Instant) -> Snapshot.Archive {
    guard let found = FileMark(workspace.runs.path) else {
      store = nil
      return .none
    }
    do {
      let isSame = mark.map { $0.isSameFile(as: found) } ?? false
      if store == nil || !isSame {
        generation += 1
        store = try RunStore(reading: workspace.runs)
        mark = found
        pace = Pace(pause: pause * 2)
      }
      guard let store else { return .none }
      return .open(pace.shown(of: try store.standings(), at: now), generation: generation)
    } catch {
      store = nil
      return .broken("\(error)")
    }
  }
}
