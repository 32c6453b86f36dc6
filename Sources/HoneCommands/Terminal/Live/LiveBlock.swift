import Foundation
import Reports
import Statistics
import Suites
import Tuning

/// The run at work as a few lines: where it is, what it is doing, and each behavior with its error
/// bar. Pure.
///
/// ```
/// round 3 of 12 · lora · 12 min left of the budget
/// measuring 512/968 replies · 702 replies/s · 1 s left
///   behavior   target      dev  0.5     0.6     0.7     0.8     0.9     1.0
/// ? refill       0.85    64/74                              ├──┃──●───┤
/// ✗ emergency    0.90    40/74       ├─────●─────┤                 ┃
/// … 71 more: 60 ✓, 8 ?, 3 ✗
/// ```
package struct LiveBlock {
  private let run: LiveRun
  private let terminal: Terminal
  /// Columns and lines at most.
  private let width: Int
  private let height: Int

  package init(_ run: LiveRun, size: RedrawnBlock.Size, terminal: Terminal) {
    self.run = run
    self.terminal = terminal
    // The last column is left alone: what a terminal does after it differs.
    width = size.columns - 1
    // What was decided before stays in sight.
    height = min(size.rows - 1, max(3, size.rows * 2 / 3))
  }

  /// No line is wider than the terminal, and there are fewer than it has rows.
  package var lines: [String] {
    guard let progress = run.progress, width > 8, height > 0 else { return [] }
    var lines = [work(progress)]
    if let round = round(progress) { lines.insert(terminal.styled(round, .bold), at: 0) }
    lines += BehaviorLines(run.rows, width: width, height: height - lines.count, terminal).lines
    return Array(lines.prefix(height))
  }

  /// Where the run is.
  private func round(_ progress: LiveProgress) -> String? {
    guard run.summary.header != nil else { return nil }
    var parts: [String]
    if progress.round == 0 {
      parts = [run.summary.header?.base.rung == nil ? "base" : "start"]
    } else {
      parts = ["round \(progress.round) of \(progress.rounds)"]
      if let rung = progress.rung { parts.append(rung.rawValue) }
    }
    if let seconds = progress.budgetSecondsLeft {
      parts.append("\(Self.coarse(seconds)) left of the budget")
    }
    return terminal.shown(parts.joined(separator: " · ")).truncated(to: width)
  }

  /// What it is doing. The numbers are kept, and the activity is cut.
  private func work(_ progress: LiveProgress) -> String {
    let elapsed = Duration.seconds(progress.secondsElapsed)
    guard let unit = progress.unit, let done = progress.done, let total = progress.total else {
      let time = progress.secondsElapsed < 1 ? "" : " · \(Self.coarse(progress.secondsElapsed))"
      return terminal.shown(progress.activity.harmless + time).truncated(to: width)
    }
    return terminal.shown(
      ProgressLine.text(
        WorkProgress(activity: progress.activity, unit: unit, done: done, total: total),
        elapsed: elapsed, width: width))
  }

  /// Seconds where they matter, then minutes.
  private static func coarse(_ seconds: Double) -> String {
    seconds < 120 ? "\(Int(seconds)) s" : "\(Int(seconds / 60)) min"
  }
}

extension Terminal {
  /// A text as this terminal can show it: where it knows no Unicode, in ASCII and as wide as before.
  func shown(_ text: String) -> String {
    if usesUnicode { return text }
    return text.map { character in
      switch character {
      case _ where character.isASCII: String(character)
      case "·": "-"
      case "…": "~"
      default: String(repeating: "?", count: String(character).displayWidth)
      }
    }.joined()
  }
}
