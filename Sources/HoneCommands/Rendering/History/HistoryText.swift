import Foundation
import Reports
import Suites

/// The line of checkpoints at a terminal, the oldest first.
///
/// ```
///      run 1 · 2026-11-28 22:10:02 · certified
/// ○    start     3c8eb65cad12e5e7 base   emergency 3/15, refill 18/20
/// ●    round 1   1cd851145bbcc973 head   certified; emergency +11 −0 (14/15)
/// ├─╮
/// │ │  run 2 · 2026-11-29 09:31:40 · undecided, 2 rejected candidates
/// │ │  from      1cd851145bbcc973 head   emergency 14/15, refill 18/20
/// ○ │  round 3   77ab0c5d1f2e9a36 lora   emergency +1 −0 (15/15)
/// ```
package struct HistoryText {
  private let report: HistoryReport
  /// Whether candidates that were not accepted are told too.
  private let showsRejected: Bool
  private let terminal: Terminal

  package init(_ report: HistoryReport, showsRejected: Bool, _ terminal: Terminal) {
    self.report = report
    self.showsRejected = showsRejected
    self.terminal = terminal
  }

  /// Some lines of text beside one row of the graph, and beside what follows it.
  private struct Entry {
    var graph: [String]
    var below: String
    /// What stands before the text, in columns of its own.
    var columns = ""
    var text: String
  }

  package var lines: [String] {
    let entries = entries()
    let width = entries.flatMap { $0.graph + [$0.below] }.map(\.displayWidth).max() ?? 0
    return entries.flatMap { lines($0, graphWidth: width) }
      + [
        "",
        "On dev. + passes now and failed at the champion before, \(minus) the other way round. "
          + "\(mark(.certified)) certified, \(mark(.accepted)) not.",
      ].flatMap { $0.isEmpty ? [$0] : $0.wrapped(to: max(40, terminal.width)) }
  }

  // MARK: - Laying out

  private func lines(_ entry: Entry, graphWidth: Int) -> [String] {
    func beside(_ graph: String, _ text: String) -> String {
      var line = graph.padded(to: graphWidth) + "  " + text
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
    let room = max(20, terminal.width - graphWidth - 2)
    let indent = entry.columns.displayWidth
    var rows: [String]
    if room - indent >= 24 || entry.text.isEmpty {
      let told = entry.text.wrapped(to: max(20, room - indent))
      let blanks = String(repeating: " ", count: indent)
      rows = told.enumerated().map { ($0 == 0 ? entry.columns : blanks) + $1 }
      if rows.isEmpty { rows = [entry.columns] }
    } else {
      rows = [entry.columns] + entry.text.wrapped(to: room - 2).map { "  " + $0 }
    }
    // The rows of the graph go first, and its lanes go on beside the rest.
    return (0..<max(rows.count, entry.graph.count)).map { index in
      beside(
        index < entry.graph.count ? entry.graph[index] : entry.below,
        index < rows.count ? rows[index] : "")
    }
  }

  // MARK: - The story

  private func entries() -> [Entry] {
    let family = Family(report, withRejected: showsRejected)
    var graph = CheckpointGraph(
      children: family.children, stubs: family.stubs, unicode: terminal.usesUnicode)
    var entries: [Entry] = []
    /// The run that a checkpoint was drawn in.
    var drawn: [String: Int] = [:]
    func tell(_ text: String, columns: String = "") {
      entries.append(
        Entry(graph: [graph.between], below: graph.between, columns: columns, text: text))
    }
    for (place, run) in report.runs.enumerated() {
      if place > 0 { tell("") }
      tell(head(of: run))
      var champion: String?
      for step in run.steps {
        guard let id = step.checkpoint, step.isChampion else {
          if showsRejected, let champion {
            let row = graph.stub(of: champion, mark: mark(Sign(step, isCertified: false)))
            entries += self.entries(of: step, graph: [row], below: graph.between)
          }
          continue
        }
        if let earlier = drawn[id] {
          if step.round == 0 {
            tell(terminal.shown(rates(step)), columns: columns(step, name: "from"))
          } else {
            tell("as in run \(earlier)", columns: columns(step))
          }
        } else {
          drawn[id] = run.number
          let isCertified = family.certified[id] != nil
          let rows = graph.node(
            id, parent: champion, mark: mark(Sign(step, isCertified: isCertified)))
          entries += self.entries(
            of: step, graph: rows, below: graph.between,
            certifiedBy: family.certified[id].map { $0 == run.number ? "" : " in run \($0)" })
        }
        champion = id
      }
      if let failed = failedAttempts(of: run) { tell(failed) }
    }
    return entries
  }

  private func head(of run: HistoryReport.RunRow) -> String {
    let rejected = run.steps.count { $0.decision == "rejected" || $0.decision == "untuned" }
    var parts = [terminal.styled("run \(run.number)", .bold)]
    if let began = run.began { parts.append(Format.time(began)) }
    if let seed = run.seed { parts.append("seed \(seed), one of several") }
    parts.append(
      terminal.styled(run.outcome, run.outcome == "certified" ? .green : .yellow)
        + (rejected > 0 ? ", " + Format.count(rejected, "rejected candidate") : ""))
    return parts.joined(separator: terminal.usesUnicode ? " · " : ", ")
  }

  private func entries(
    of step: HistoryReport.StepRow, graph: [String], below: String, certifiedBy: String? = nil
  ) -> [Entry] {
    var told = terminal.shown(step.round == 0 ? rates(step) : flips(step))
    if let certifiedBy {
      told = terminal.styled("certified", .green) + certifiedBy + (told.isEmpty ? "" : "; " + told)
    }
    var entries = [Entry(graph: graph, below: below, columns: columns(step), text: told)]
    if showsRejected, step.round > 0 {
      let reasons = [
        step.proposal, step.reason.map { "\(step.decision): \($0)" },
      ]
      entries += reasons.compactMap(\.self).map {
        Entry(graph: [], below: below, columns: "  ", text: terminal.shown($0.harmless))
      }
      entries += broken(step).map { Entry(graph: [], below: below, columns: "    ", text: $0) }
    }
    return entries
  }

  /// Examples that are named for each rejection.
  private static let namedExamples = 6

  /// What a guard lost, for which the candidate was rejected.
  private func broken(_ step: HistoryReport.StepRow) -> [String] {
    guard let all = step.broken, !all.isEmpty else { return [] }
    let rest = all.count - Self.namedExamples
    return all.prefix(Self.namedExamples).map { one in
      let place = one.location?.description ?? one.example
      let reply = one.reply.map { "answered `\($0)`" } ?? "without an answer"
      let text = one.text.map { ": \($0)" } ?? ""
      return terminal.shown(
        "\(minus) \(place) \(reply)\(text)".harmless
          .truncated(to: max(40, terminal.width - 12)))
    } + (rest > 0 ? ["and \(rest) more (all with --json)"] : [])
  }

  private func columns(_ step: HistoryReport.StepRow, name: String? = nil) -> String {
    let name = name ?? (step.round == 0 ? "start" : "round \(step.round)")
    return name.padded(to: 9) + " " + (step.checkpoint ?? "no candidate").padded(to: 16) + " "
      + (step.rung?.rawValue ?? "base").padded(to: 5) + "  "
  }

  private func failedAttempts(of run: HistoryReport.RunRow) -> String? {
    let failed = run.attempts.filter { $0.passed == false }
    guard !failed.isEmpty else { return nil }
    return "\(Format.count(failed.count, "attempt")) not shown, on "
      + Format.list(failed.map(\.checkpoint))
  }

  private func rates(_ step: HistoryReport.StepRow) -> String {
    let shown = step.behaviors.sorted {
      (Double($0.passes) / Double(max(1, $0.trials)), $0.behavior)
        < (Double($1.passes) / Double(max(1, $1.trials)), $1.behavior)
    }
    let rest = shown.count - 6
    return shown.prefix(6).map { "\($0.behavior.harmless) \($0.passes)/\($0.trials)" }
      .joined(separator: ", ") + (rest > 0 ? " and \(rest) higher" : "")
  }

  private func flips(_ step: HistoryReport.StepRow) -> String {
    if step.behaviors.isEmpty { return "" }
    let changed = step.behaviors.filter { $0.gained + $0.lost > 0 }
      .sorted { ($0.gained + $0.lost, $1.behavior) > ($1.gained + $1.lost, $0.behavior) }
    guard !changed.isEmpty else { return "no flips" }
    let rest = changed.count - 6
    return changed.prefix(6).map {
      "\($0.behavior.harmless) +\($0.gained) \(minus)\($0.lost) (\($0.passes)/\($0.trials))"
    }.joined(separator: ", ") + (rest > 0 ? " and \(Format.count(rest, "more behavior"))" : "")
  }

  // MARK: - Signs

  private var minus: String { terminal.usesUnicode ? "−" : "-" }

  private enum Sign {
    case certified, accepted, open, rejected

    init(_ step: HistoryReport.StepRow, isCertified: Bool) {
      switch step.decision {
      case _ where isCertified: self = .certified
      case "start", "accepted": self = .accepted
      case "open": self = .open
      default: self = .rejected
      }
    }
  }

  private func mark(_ sign: Sign) -> Character {
    switch sign {
    case .certified: terminal.usesUnicode ? "●" : "*"
    case .accepted: terminal.usesUnicode ? "○" : "o"
    case .open: "?"
    case .rejected: terminal.usesUnicode ? "×" : "x"
    }
  }
}

/// Which checkpoint came of which, over all runs that are told.
private struct Family {
  private(set) var children: [String: Int] = [:]
  private(set) var stubs: [String: Int] = [:]
  /// The first run that certified a checkpoint.
  private(set) var certified: [String: Int] = [:]

  init(_ report: HistoryReport, withRejected: Bool) {
    var known: Set<String> = []
    for run in report.runs {
      var champion: String?
      for step in run.steps {
        if let id = step.checkpoint, step.isChampion {
          if step.isCertified, certified[id] == nil { certified[id] = run.number }
          if known.insert(id).inserted, let champion { children[champion, default: 0] += 1 }
          champion = id
        } else if withRejected, let champion {
          stubs[champion, default: 0] += 1
        }
      }
    }
  }
}

extension HistoryReport.StepRow {
  /// Whether it was the best so far when it came: where a run began, or an accepted candidate.
  fileprivate var isChampion: Bool { decision == "start" || decision == "accepted" }
}
