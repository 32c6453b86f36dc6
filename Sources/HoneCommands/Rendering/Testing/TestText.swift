import Reports
import Statistics
import Suites
import Tuning

/// A regression test for people at a terminal.
package struct TestText {
  private let report: TestReport
  private let terminal: Terminal

  /// Flips that are listed of a behavior that passes, and of another one.
  private static let flipsShown = (passing: 2, others: 6)

  package init(_ report: TestReport, _ terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  package var lines: [String] {
    var lines = TestSentence.subjects(report, quote: \.harmless) + ["", ""]
    lines.removeLast()
    lines += table
    let told = report.behaviors.filter { $0.verdict != .pass || !$0.flips.isEmpty }
    for row in told { lines += [""] + details(row) }
    lines += changes
    lines += Counted.rows(setAside: report.rowsSetAside, repeated: report.rowsRepeated)
    return lines + [""] + closing
  }

  private var table: [String] {
    let drop = TestSentence.points(-report.margin)
    var table = TextTable(
      header: ["behavior", "verdict", "on", "units", "before", "now", "at worst", "sees \(drop)"],
      alignments: [.left, .left, .left, .right, .right, .right, .right, .right])
    for row in report.behaviors {
      table.add([
        row.behavior.harmless, terminal.styled(row.verdict.rawValue, row.verdict.style),
        row.role.rawValue, "\(row.units)", row.baselinePasses.map { "\($0)" } ?? "–",
        "\(row.passes)",
        row.lower.map { TestSentence.points($0, apartFrom: -report.margin) } ?? "–",
        TestSentence.power(row.power),
      ])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    let note =
      "before, now: units passed. At worst: points of the pass rate, one-sided at "
      + "\(Format.percent(1 - report.alpha)). Sees \(drop): the chance of an alarm had it dropped "
      + "by so much; from failures that are independent to flips that are all losses."
    return lines
      + note.wrapped(to: min(100, terminal.width)).map { terminal.styled($0, .dim) }
  }

  private func details(_ row: TestReport.Row) -> [String] {
    let head = terminal.styled(row.behavior.harmless, .bold) + ": "
    var lines = (head + row.verdict.rawValue + ": " + row.message)
      .wrapped(to: min(100, terminal.width))
    let shown = row.verdict == .pass ? Self.flipsShown.passing : Self.flipsShown.others
    for flip in row.flips.prefix(shown) {
      let sign = flip.passes ? "+" : "−"
      let answer = flip.reply.map { "`\($0.harmless)`" } ?? "nothing usable"
      let told =
        "  \(sign) \(flip.role.rawValue) \(flip.id): \(answer)"
        + (flip.passes ? "" : " where \(flip.expected.worded(\.ticked)) is expected")
        + TestSentence.tie(flip)
      lines.append(told.truncated(to: max(80, terminal.width)))
      lines.append("      " + flip.text.harmless.truncated(to: max(20, terminal.width - 7)))
    }
    let rest = row.flips.count - shown
    if rest > 0 { lines.append("  and \(Format.count(rest, "more flip")) (all with --json)") }
    return lines
  }

  /// What changed in the suite, behavior by behavior.
  private var changes: [String] {
    let change = report.suiteChange
    var lines = change.behaviors.prefix(12).map { behavior in
      let parts = [
        Self.ids("added", behavior.added), Self.ids("removed", behavior.removed),
        Self.ids("relabelled", behavior.relabelled),
        behavior.targetBefore.map { "target was \(Format.target($0))" } ?? "",
      ].filter { !$0.isEmpty }
      return "\(behavior.behavior.harmless): " + parts.joined(separator: "; ")
    }
    let rest = change.behaviors.count - 12
    if rest > 0 { lines.append("and \(Format.count(rest, "more behavior")) (all with --json)") }
    lines += change.removedBehaviors.prefix(12).map {
      "\($0.harmless): removed; its baseline is not compared with anything"
    }
    guard !lines.isEmpty else { return [] }
    return ["", terminal.styled("What changed in the suite", .bold)] + lines
  }

  private static func ids(_ what: String, _ ids: [String]) -> String {
    guard !ids.isEmpty else { return "" }
    let rest = ids.count > 4 ? " and \(ids.count - 4) more" : ""
    return "\(what) \(ids.prefix(4).joined(separator: ", "))\(rest)"
  }

  private var closing: [String] {
    let verdict = TestSentence.verdict(report, name: \.harmless)
    var lines = [terminal.styled(verdict, report.verdict.style)]
    if let certification = report.certification {
      let style: Terminal.Style = certification.passed == true ? .green : .yellow
      return lines
        + certification.message.wrapped(to: min(100, terminal.width)).map {
          terminal.styled($0, style)
        }
    }
    switch report.recorded {
    case .first: lines.append("Recorded as the first baseline, in hone.lock; commit it.")
    case .replaced: lines.append("The baseline in hone.lock is replaced by this; commit it.")
    case .unchanged: lines.append("The baseline in hone.lock says this already.")
    case nil:
      if report.verdict == .undecided, report.exitStatus != 0 {
        lines.append("--undecided pass lets what is undecided through.")
      }
    }
    return lines
  }
}

extension TestReport.Verdict {
  var style: Terminal.Style {
    switch self {
    case .pass: .green
    case .regressed: .red
    case .undecided, .new: .yellow
    }
  }
}

extension PairedRegression.Verdict {
  var style: Terminal.Style {
    switch self {
    case .pass: .green
    case .regressed: .red
    case .undecided: .yellow
    }
  }
}
