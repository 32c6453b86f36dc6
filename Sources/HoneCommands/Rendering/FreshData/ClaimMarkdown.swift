import Reports
import Statistics
import Suites
import Tuning

/// Fresh data beside a claim, as Markdown. Text of others is shown as code, as in `MarkdownReport`.
package struct ClaimMarkdown {
  private let report: ClaimReport

  /// Rows that are listed in all: a comment has a limit.
  private static let rowsShown = 100

  package init(_ report: ClaimReport) {
    self.report = report
  }

  package var text: String {
    var lines = ["### \(title)", ""]
    lines += [ClaimSentence.verdict(report, name: MarkdownText.code), ""]
    lines += ClaimSentence.subjects(report, quote: MarkdownText.code).map { "- \($0)" }
    lines += [
      "",
      "| behavior | verdict | units | passed | rate | bar | claim | p | sees "
        + "\(ClaimSentence.drop(report)) |",
      "|:--|:--|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += report.behaviors.map(tableRow)
    lines += ["", ClaimSentence.legend(report)]
    for row in report.behaviors where row.verdict != .consistent {
      lines += [
        "", "**\(row.verdict.rawValue)** \(MarkdownText.code(row.behavior)): \(row.message)",
      ]
    }
    lines += details(
      "answered otherwise than expected",
      report.behaviors.flatMap(\.failures).map { failed in
        let answer = failed.reply.map(MarkdownText.code) ?? "nothing usable"
        return "\(place(failed.location)): \(answer) where "
          + "\(MarkdownText.code(failed.expected)) is expected: \(MarkdownText.code(failed.text))"
      })
    lines += details(
      "in the suite already, not asked about", report.known.map { MarkdownText.code($0.inWords) })
    lines += details(
      "of no single behavior", report.unmatched.map { MarkdownText.code($0.inWords) })
    lines += details("not usable", report.setAside.map { MarkdownText.code($0.description) })
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String {
    let mark =
      switch report.verdict {
      case .consistent: "✅"
      case .contradicted: "❌"
      case .undecided: "❔"
      }
    return "\(mark) hone test \(MarkdownText.code(report.suite)) on "
      + "\(MarkdownText.code(report.file)): \(report.verdict.rawValue)"
  }

  private func tableRow(_ row: ClaimReport.Row) -> String {
    let (rate, bar) = ClaimSentence.rates(row)
    let cells = [
      MarkdownText.cell(row.behavior), row.verdict.rawValue, "\(row.units)", "\(row.passes)", rate,
      bar, Format.target(row.claim), row.units == 0 ? "–" : Format.level(row.adjustedPValue),
      Format.chance(row.power),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func place(_ location: SourceLocation?) -> String {
    MarkdownText.code(location?.description ?? "?")
  }

  private func details(_ title: String, _ rows: [String]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let rest = rows.count - Self.rowsShown
    return ["", "<details><summary>\(Format.count(rows.count, "row")) \(title)</summary>", ""]
      + rows.prefix(Self.rowsShown).map { "- \($0)" }
      + (rest > 0 ? ["- and \(rest) more; `--json` has all of them"] : []) + ["", "</details>"]
  }
}
