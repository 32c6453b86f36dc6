import Foundation

/// The seconds that this thread works on `work`: the same however busy the machine is.
///
/// It tells another order of growth (minutes) from the right one (milliseconds), and nothing finer.
func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  let start = now()
  try work()
  return now() - start
}
