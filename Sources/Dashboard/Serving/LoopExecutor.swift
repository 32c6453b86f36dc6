import NIOCore

/// Runs tasks where an event loop runs, so that one thread reads a request, answers it and writes what
/// is answered. Else each request changes threads four times, which costs more than to answer it.
///
/// What takes long is done in the `Background`: nobody is answered meanwhile.
final class LoopExecutor: TaskExecutor {
  let loop: any EventLoop
  private let rest: Rest

  init(loop: any EventLoop, rest: Rest) {
    self.loop = loop
    self.rest = rest
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    rest.taskWaits()
    loop.execute { [self] in
      job.runSynchronously(on: asUnownedTaskExecutor())
      rest.taskHasRun()
    }
  }
}
