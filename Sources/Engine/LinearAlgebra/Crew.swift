import Foundation
import Synchronization

/// A few threads that share out the tasks of one step after another.
///
/// What a task does, and so its bits, may depend on its index alone: which thread takes it is
/// chance.
struct Crew: Sendable {
  let threads: Int

  init(threads: Int) {
    self.threads = max(1, threads)
  }

  /// Runs tasks 0..<`count` and waits for all of them.
  ///
  /// - Parameter task: `worker`, below `threads`, is no two tasks' at a time: it names scratch
  ///   memory.
  func run(_ count: Int, _ task: (_ index: Int, _ worker: Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { task(index, 0) }
      return
    }
    withoutActuallyEscaping(task) { task in
      // Tasks write what is theirs alone, and all have ended before this returns.
      nonisolated(unsafe) let task = task
      let next = Counter()
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while true {
          let index = next.take()
          guard index < count else { return }
          task(index, worker)
        }
      }
    }
  }

  private final class Counter: Sendable {
    private let value = Atomic(0)

    func take() -> Int { value.add(1, ordering: .relaxed).oldValue }
  }
}

/// Cuts `count` things into equal runs of at most `size`, the last one perhaps shorter.
struct Slices {
  let count: Int
  let size: Int

  /// - Parameter multiple: What the size of a run is rounded up to.
  init(_ count: Int, atMost size: Int, multiple: Int = 1) {
    self.count = count
    let runs = max(1, (count + size - 1) / size)
    let even = (count + runs - 1) / runs
    self.size = max(1, (even + multiple - 1) / multiple * multiple)
  }

  var number: Int { (count + size - 1) / size }

  subscript(index: Int) -> Range<Int> { index * size..<min(count, (index + 1) * size) }
}
