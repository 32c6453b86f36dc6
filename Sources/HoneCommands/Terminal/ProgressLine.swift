import Foundation
import Reports
import Synchronization
package import Tuning

/// What shows how far work is, and can be taken away.
protocol ProgressDisplay: Sendable {
  /// Takes away what moves, so that what follows starts on its own line.
  func clear()
}

/// Shows how far work is: one line redrawn at a terminal, a few plain lines elsewhere.
package final class ProgressLine: ProgressDisplay {
  private let terminal: Terminal
  private let isQuiet: Bool
  private let state = Mutex(State())

  private struct State {
    var activity = ""
    var started = ContinuousClock.now
    var shown: ContinuousClock.Instant?
    /// The last line that stays, whatever it was about.
    var lastLine: ContinuousClock.Instant?
    var isOnScreen = false
    var nextTenth = 1
  }

  init(terminal: Terminal, isQuiet: Bool) {
    self.terminal = terminal
    self.isQuiet = isQuiet
  }

  func show(_ progress: WorkProgress) {
    guard !isQuiet, progress.total > 0 else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if state.activity != progress.activity {
        state = State(
          activity: progress.activity, started: now, lastLine: state.lastLine)
      }
      let elapsed = now - state.started
      if terminal.redraws {
        let isDue = state.shown.map { now - $0 > .milliseconds(100) } ?? true
        guard isDue || progress.done == progress.total else { return }
        state.shown = now
        state.isOnScreen = true
        terminal.write(
          "\r\u{1B}[K" + Self.text(progress, elapsed: elapsed, width: terminal.size.columns - 1))
      } else if progress.done * 10 >= progress.total * state.nextTenth {
        let isDue = state.lastLine.map { now - $0 > Self.pause } ?? true
        guard isDue || progress.done == progress.total else { return }
        state.nextTenth = progress.done * 10 / progress.total + 1
        state.lastLine = now
        terminal.line(Self.text(progress, elapsed: elapsed))
      }
      if progress.done == progress.total { Self.finish(&state, terminal) }
    }
  }

  /// Ends a line that is being redrawn, so that what follows starts on its own.
  func clear() {
    state.withLock { Self.finish(&$0, terminal) }
  }

  private static func finish(_ state: inout State, _ terminal: Terminal) {
    if state.isOnScreen { terminal.write("\r\u{1B}[K") }
    state = State(lastLine: state.lastLine)
  }

  /// Between lines that stay; what ends an activity is told at once.
  private static let pause = Duration.seconds(2)

  /// For example
  /// ```
  /// embedding 1240/2600 texts · 431 texts/s · 3 s left
  /// tuning lora (learning rate 0.001), epoch 2 of 8 · 640/1200 texts · 120 texts/s · 5 s left
  /// ```
  /// - Parameter width: Columns at most. First the activity is cut, then the rate is left out, then
  ///   the time.
  package static func text(
    _ progress: WorkProgress, elapsed: Duration, width: Int = .max
  ) -> String {
    let activity = progress.activity.harmless
    let separator = activity.contains(" ") ? " · " : " "
    var parts = parts(progress, elapsed: elapsed)
    func room() -> Int {
      width - parts.joined(separator: " · ").displayWidth - separator.displayWidth
    }
    let least = min(activity.displayWidth, shortestActivity)
    while parts.count > 1, room() < least { parts.remove(at: 1) }
    return
      (activity.truncated(to: max(room(), least)) + separator + parts.joined(separator: " · "))
      .truncated(to: width)
  }

  /// Columns below which an activity says nothing.
  private static let shortestActivity = 12

  /// How much, how fast, how long still.
  private static func parts(_ progress: WorkProgress, elapsed: Duration) -> [String] {
    var parts = ["\(progress.done)/\(progress.total) \(progress.unit)"]
    let seconds = elapsed / .seconds(1)
    if seconds > 0.2, progress.done > 0 {
      let rate = Double(progress.done) / seconds
      let shown = rate < 9.95 ? String(format: "%.1f", rate) : "\(Int(rate.rounded()))"
      parts.append("\(shown) \(progress.unit)/s")
      let left = Double(progress.total - progress.done) / rate
      if progress.done < progress.total { parts.append("\(Format.seconds(left)) left") }
    }
    return parts
  }
}
