import Reports
import Statistics
import Suites
import Tuning

/// Fresh data beside a claim, for people at a terminal.
package struct ClaimText {
  private let report: ClaimReport
  private let terminal: Terminal

  /// Rows that are listed of one kind.
  private static let shown = 6

  package init(_ report: ClaimReport, _ terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  package var lines: [String] {
    var lines = ClaimSentence.subjects(report, quote: \.harmless) + [""] + table
    for row in report.behaviors where row.verdict != .consistent || !row.failures.isEmpty {
      lines += [""] + details(row)
    }
    lines += listed
    return lines + [
      "",
      terminal.styled(ClaimSentence.verdict(report, name: \.harmless), report.verdict.style),
    ] + hint
  }

  private var hint: [String] {
    report.verdict == .undecided && report.exitStatus != 0
      ? ["--undecided pass lets what is undecided through."] : []
  }

  private var table: [String] {
    var table = TextTable(
      header: [
        "behavior", "verdict", "units", "passed", "rate", "bar", "claim", "p",
        "sees \(ClaimSentence.drop(report))",
      ],
      alignments: [.left, .left, .right, .right, .right, .right, .right, .right, .right])
    for row in report.behaviors {
      let (rate, bar) = ClaimSentence.rates(row)
      table.add([
        row.behavior.harmless, terminal.styled(row.verdict.rawValue, row.verdict.style),
        "\(row.units)", "\(row.passes)", rate, bar, Format.target(row.claim),
        row.units == 0 ? "–" : Format.level(row.adjustedPValue), Format.chance(row.power),
      ])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    let note = ClaimSentence.legend(report).wrapped(to: min(100, terminal.width))
    return lines + note.map { terminal.styled($0, .dim) }
  }

  private func details(_ row: ClaimReport.Row) -> [String] {
    let head = terminal.styled(row.behavior.harmless, .bold) + ": "
    var lines = (head + row.verdict.rawValue + ": " + row.message)
      .wrapped(to: min(100, terminal.width))
    for failed in row.failures.prefix(Self.shown) {
      let answer = failed.reply.map { "`\($0.harmless)`" } ?? "nothing usable"
      let told =
        "  \(failed.location.map { "\($0)".harmless } ?? "?"): \(answer) where "
        + "`\(failed.expected.harmless)` is expected"
      lines.append(told.truncated(to: max(80, terminal.width)))
      lines.append("      " + failed.text.harmless.truncated(to: max(20, terminal.width - 7)))
    }
    let rest = row.failures.count - Self.shown
    if rest > 0 { lines.append("  and \(Format.count(rest, "more failure")) (all with --json)") }
    return lines
  }

  /// Rows that are no evidence, with their places.
  private var listed: [String] {
    let groups: [(String, [String])] = [
      ("In the suite already, not asked about", report.known.map { $0.inWords }),
      ("Of no single behavior", report.unmatched.map { $0.inWords }),
      ("Not usable", report.setAside.map { $0.description }),
    ]
    return groups.flatMap { title, rows -> [String] in
      guard !rows.isEmpty else { return [] }
      let rest = rows.count - Self.shown
      return ["", terminal.styled("\(title) (\(Format.count(rows.count, "row")))", .bold)]
        + rows.prefix(Self.shown).map { "  " + $0.harmless.truncated(to: max(80, terminal.width)) }
        + (rest > 0 ? ["  and \(rest) more (all with --json)"] : [])
    }
  }
}

extension FreshRows.KnownRow {
  /// `new.csv:7:1: the same text, with another label`
  var inWords: String {
    "\(location): "
      + (isSameText ? "the same text" : "nearly a text, or of a cluster, of the suite")
      + (isRelabelled ? ", with another label" : "")
  }
}

extension FreshRows.UnmatchedRow {
  var inWords: String {
    "\(location): '\(label)'"
      + (behaviors.isEmpty ? " is expected by no behavior" : " is expected by several behaviors")
  }
}

extension ClaimTest.Verdict {
  var style: Terminal.Style {
    switch self {
    case .consistent: .green
    case .contradicted: .red
    case .undecided: .yellow
    }
  }
}
