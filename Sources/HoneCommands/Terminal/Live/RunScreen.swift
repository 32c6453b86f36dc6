import Foundation
import Reports
import Suites
import Tuning

/// What people see of a run at work: at a terminal a block that is redrawn, below lines that stay;
/// elsewhere, and where `NO_COLOR` is set, plain lines only.
final class RunScreen: ProgressDisplay {
  /// Told by trainers and runs.
  let monitor: RunMonitor
  private let output: Terminal
  private let line: ProgressLine
  private let live: LiveDisplay?
  private let isSilent: Bool

  /// - Parameter isSilent: Shows nothing at all.
  init(isSilent: Bool, output: Terminal = .output, errors: Terminal = .errors) {
    self.isSilent = isSilent
    self.output = output
    let isLive = !isSilent && output.redraws && errors.redraws
    let line = ProgressLine(terminal: errors, isQuiet: isSilent || isLive)
    self.line = line
    monitor = RunMonitor { progress in
      if case .work(let work) = progress { line.show(work) }
    }
    live = isLive ? LiveDisplay(terminal: output, monitor: monitor) : nil
  }

  /// Runs to the end, and tells it.
  func show(_ run: TuningRun, lock: SuiteLock) async throws -> TuningRun.Result {
    let narrator = RunNarrator(terminal: output)
    return try await run.run(lock: lock) { events in
      self.say(narrator.resumed(events) + self.link(to: run), after: events)
    } onEvent: { stamped in
      var lines = narrator.lines(for: stamped)
      if case .started = stamped.event { lines += self.link(to: run) }
      self.say(lines, after: [stamped])
    }
  }

  /// Where the run can be watched in a browser: for people at a terminal.
  private func link(to run: TuningRun) -> [String] {
    guard output.isInteractive, let number = monitor.progress()?.run else { return [] }
    let command = ["hone dashboard", FolderArgument.text(run.suite.suite.folder)].compactMap(\.self)
    return [
      "watch it with `\(command.joined(separator: " "))`: "
        + "http://127.0.0.1:\(DashboardCommand.usualPort)/runs/\(number)"
    ]
  }

  /// Writes lines that stay, and takes in the events that they tell of.
  func say(_ lines: [String], after events: [StampedEvent] = []) {
    if isSilent { return }
    if let live {
      live.say(lines, after: events)
    } else {
      line.clear()
      output.lines(lines)
    }
  }

  /// Takes away what moves, for good.
  func clear() {
    line.clear()
    live?.close()
  }
}
