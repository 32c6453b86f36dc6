import Foundation
import NIOCore
import Synchronization

/// Runs tasks where an event loop runs, so that one thread reads a request, answers it and writes what
/// is answered. Else each request changes threads four times, which costs more than to answer it.
///
/// Where it gives way it answers what is there, and then rests, so that what comes meanwhile is answered
/// together. A processor that is busy with a run has the run's data in its caches: the first request
/// after a pause has all code of the server loaded anew, and those that come with it have not.
///
/// What takes long is done in the `Background`: nobody is answered meanwhile.
final class LoopExecutor: TaskExecutor {
  let loop: any EventLoop
  private let givesWay: @Sendable () -> Bool
  private let waiting = Atomic(0)

  /// Seconds. Too short for anybody who looks on, long enough for some of hundreds of requests a second.
  private static let rest = 0.02

  /// - Parameter givesWay: Whether others need the processors more.
  init(loop: any EventLoop, givesWay: @escaping @Sendable () -> Bool) {
    self.loop = loop
    self.givesWay = givesWay
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    waiting.wrappingAdd(1, ordering: .relaxed)
    loop.execute { [self] in
      job.runSynchronously(on: asUnownedTaskExecutor())
      // Not before the last one that waits, whose answer would wait too.
      let left = waiting.wrappingSubtract(1, ordering: .relaxed).newValue
      if left == 0, givesWay() { Thread.sleep(forTimeInterval: Self.rest) }
    }
  }
}
