import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps a file that says what a run is doing, a few times a second, until the run ends.
///
/// It is written aside and renamed, on a queue of its own: a reader finds it whole, and the run never
/// waits for it. Where it cannot be written, it is not.
final class ProgressFile: Sendable {
  private let file: URL
  private let monitor: RunMonitor
  private let queue = DispatchQueue(label: "progress file", qos: .utility)
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    /// As the monitor counts them.
    var written: Int?
  }

  private static let pause = DispatchTimeInterval.milliseconds(200)

  init(_ file: URL, of monitor: RunMonitor) {
    self.file = file
    self.monitor = monitor
    queue.async { self.tick() }
  }

  /// Ends the writing and removes the file.
  func remove() {
    state.withLock { $0.isOver = true }
    queue.sync {
      unlink(file.path)
      unlink(aside.path)
    }
  }

  private var aside: URL { file.appendingPathExtension("aside") }

  private func tick() {
    guard !state.withLock({ $0.isOver }) else { return }
    write()
    queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.tick() }
  }

  private func write() {
    guard let (changes, progress) = monitor.snapshot(),
      state.withLock({ $0.written != changes })
    else { return }
    state.withLock { $0.written = changes }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    do {
      try encoder.encode(progress).write(to: aside)
      guard rename(aside.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      unlink(aside.path)
    }
  }
}
