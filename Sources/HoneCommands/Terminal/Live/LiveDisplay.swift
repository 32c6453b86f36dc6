import Dispatch
import Foundation
import Synchronization
import Tuning

/// A run at work at a terminal: lines that stay, and below them a block that is redrawn in place, at
/// most ten times a second.
final class LiveDisplay: Sendable {
  private let terminal: Terminal
  private let monitor: RunMonitor
  private let queue = DispatchQueue(label: "live display")
  private let state = Mutex(State())
  /// Made at the start and touched by nobody afterwards but to cancel it.
  private nonisolated(unsafe) let resumption: any DispatchSourceSignal

  private struct State {
    var run = LiveRun()
    var block = RedrawnBlock()
    var isOver = false
  }

  private static let pause = DispatchTimeInterval.milliseconds(100)

  init(terminal: Terminal, monitor: RunMonitor) {
    self.terminal = terminal
    self.monitor = monitor
    resumption = DispatchSource.makeSignalSource(signal: SIGCONT, queue: queue)
    // After Ctrl-Z the shell has written below the block, and the cursor is elsewhere.
    resumption.setEventHandler { [weak self] in self?.state.withLock { $0.block.leave() } }
    resumption.resume()
    queue.async { self.tick() }
  }

  /// Takes in an event, and writes lines that stay.
  func say(_ lines: [String], after events: [StampedEvent] = []) {
    state.withLock { state in
      for event in events { state.run.take(event) }
      state.run.progress = monitor.progress()
      if state.isOver || !terminal.isInForeground {
        state.block.leave()
        terminal.lines(lines)
      } else if !lines.isEmpty {
        draw(&state, above: lines.flatMap { $0.hung(to: terminal.size.columns - 1) })
      }
    }
  }

  /// Takes the block off the screen for good.
  func close() {
    state.withLock { state in
      guard !state.isOver else { return }
      state.isOver = true
      if terminal.isInForeground { terminal.write(state.block.frame([], size: terminal.size)) }
      resumption.cancel()
    }
  }

  private func tick() {
    let isOver = state.withLock { state in
      if terminal.isInForeground, !state.isOver {
        state.run.progress = monitor.progress()
        draw(&state)
      } else {
        state.block.leave()
      }
      return state.isOver
    }
    if isOver { return }
    queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.tick() }
  }

  private func draw(_ state: inout State, above: [String] = []) {
    let size = terminal.size
    let lines = LiveBlock(state.run, size: size, terminal: terminal).lines
    let bytes = state.block.frame(lines, above: above, size: size)
    if !bytes.isEmpty { terminal.write(bytes) }
  }
}
