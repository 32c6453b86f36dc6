import Foundation
import Reports
import Suites

/// The line of checkpoints at a terminal.
///
/// ```
/// run 2 · 2026-11-28 22:10 · certified
/// ○ start    3c8eb65cad12e5e7   refill 18/20, emergency 3/15
/// ● round 1  1cd851145bbcc973 head   emergency +11 −0
/// ★ round 2  77ab… lora   certified
/// ```
struct HistoryText {
  let report: HistoryReport
  /// Whether candidates that were not accepted are told too.
  let showsRejected: Bool

  init(_ report: HistoryReport, showsRejected: Bool) {
    self.report = report
    self.showsRejected = showsRejected
  }

  func lines(_ terminal: Terminal) -> [String] {
    report.runs.flatMap { [""] + lines($0, terminal) }.dropFirst() + closing
  }

  private func lines(_ run: HistoryReport.RunRow, _ terminal: Terminal) -> [String] {
    let when = run.began.map { " · \(Self.time($0))" } ?? ""
    let dot = terminal.usesUnicode ? " · " : ", "
    let rejected = run.steps.count { $0.decision == "rejected" || $0.decision == "untuned" }
    var head = terminal.styled("run \(run.number)", .bold) + when.replacing(" · ", with: dot)
    head += dot + terminal.styled(run.outcome, run.outcome == "certified" ? .green : .yellow)
    if rejected > 0 { head += dot + Format.count(rejected, "rejected candidate") }
    var lines = [head]
    for step in run.steps {
      guard showsRejected || step.decision == "start" || step.decision == "accepted" else {
        continue
      }
      lines += self.lines(step, terminal)
    }
    let failed = run.attempts.filter { $0.passed == false }
    if !failed.isEmpty {
      lines.append(
        "  \(Format.count(failed.count, "attempt")) not shown, on "
          + Format.list(failed.map(\.checkpoint)))
    }
    return lines
  }

  private func lines(_ step: HistoryReport.StepRow, _ terminal: Terminal) -> [String] {
    let name = step.round == 0 ? "start" : "round \(step.round)"
    let mark = Self.mark(step, unicode: terminal.usesUnicode)
    let start =
      "\(mark) \(name.padding(toLength: 9, withPad: " ", startingAt: 0)) "
      + (step.checkpoint ?? "no candidate").padding(toLength: 16, withPad: " ", startingAt: 0)
      + " " + (step.rung?.rawValue ?? "base").padding(toLength: 5, withPad: " ", startingAt: 0)
    var told = step.round == 0 ? Self.rates(step) : Self.flips(step)
    if step.isCertified { told = terminal.styled("certified", .green) + "; " + told }
    var lines = [start + " " + told]
    if showsRejected, step.round > 0 {
      if let proposal = step.proposal { lines.append("    \(proposal.harmless)") }
      if let reason = step.reason { lines.append("    \(step.decision): \(reason.harmless)") }
    }
    return lines
  }

  private static func mark(_ step: HistoryReport.StepRow, unicode: Bool) -> String {
    if step.isCertified { return unicode ? "★" : "*" }
    switch step.decision {
    case "start": return unicode ? "○" : "o"
    case "accepted": return unicode ? "●" : "+"
    case "open": return "?"
    default: return unicode ? "×" : "x"
    }
  }

  private static func rates(_ step: HistoryReport.StepRow) -> String {
    let shown = step.behaviors.sorted {
      (Double($0.passes) / Double(max(1, $0.trials)), $0.behavior)
        < (Double($1.passes) / Double(max(1, $1.trials)), $1.behavior)
    }
    let rest = shown.count - 6
    return shown.prefix(6).map { "\($0.behavior.harmless) \($0.passes)/\($0.trials)" }
      .joined(separator: ", ") + (rest > 0 ? " and \(rest) higher" : "")
  }

  private static func flips(_ step: HistoryReport.StepRow) -> String {
    let changed = step.behaviors.filter { $0.gained + $0.lost > 0 }
      .sorted { ($0.gained + $0.lost, $1.behavior) > ($1.gained + $1.lost, $0.behavior) }
    guard !changed.isEmpty else { return "no flips" }
    let rest = changed.count - 6
    return changed.prefix(6).map {
      "\($0.behavior.harmless) +\($0.gained) −\($0.lost) (\($0.passes)/\($0.trials))"
    }.joined(separator: ", ") + (rest > 0 ? " and \(Format.count(rest, "more behavior"))" : "")
  }

  private static func time(_ date: Date) -> String {
    date.formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(
        includingFractionalSeconds: false))
  }

  private var closing: [String] {
    [
      "", "On dev. + passes now and failed at the champion before, − the other way round.",
    ]
  }
}
