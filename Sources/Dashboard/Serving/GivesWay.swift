import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets other processes go first, a run at work above all: this one looks on.
public func giveWay() {
  #if canImport(Darwin)
    setpriority(PRIO_PROCESS, 0, 10)
  #else
    // Each thread has a priority of its own there, and gives it to those that it starts.
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    for thread in threads.compactMap(id_t.init) {
      setpriority(.init(PRIO_PROCESS.rawValue), thread, 10)
    }
  #endif
}
