import Foundation
import Synchronization

/// Batches that a few workers take one after another.
final class BatchQueue: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var failure: (any Error)?
  }

  private let batches: [[Int]]
  private let progress: (@Sendable (_ done: Int) throws -> Void)?
  private let state = Mutex(State())

  init(batches: [[Int]], progress: (@Sendable (_ done: Int) throws -> Void)?) {
    self.batches = batches
    self.progress = progress
  }

  /// Why the work ended early, if it did.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Runs all batches on `threads` threads and waits for them.
  ///
  /// - Parameter makeWorker: Called once on each thread; what it returns does one batch.
  func run(threads: Int, makeWorker: @escaping @Sendable () -> (_ batch: [Int]) -> Void) {
    let workers = DispatchGroup()
    for _ in 1..<max(1, threads) {
      workers.enter()
      let thread = Thread {
        self.work(makeWorker())
        workers.leave()
      }
      thread.start()
    }
    work(makeWorker())
    workers.wait()
  }

  private func work(_ run: (_ batch: [Int]) -> Void) {
    while let batch = take() {
      run(batch)
      finish(batch)
    }
  }

  private func take() -> [Int]? {
    state.withLock { state in
      guard state.failure == nil, state.next < batches.count else { return nil }
      state.next += 1
      return batches[state.next - 1]
    }
  }

  private func finish(_ batch: [Int]) {
    state.withLock { state in
      state.done += batch.count
      do {
        try progress?(state.done)
      } catch {
        if state.failure == nil { state.failure = error }
      }
    }
  }
}
