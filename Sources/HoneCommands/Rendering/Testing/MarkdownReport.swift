import Reports
import Statistics
import Suites
import Tuning

/// A regression test as Markdown, for a pull request.
///
/// Whatever stands in the suite or comes from a model is shown as code, in which no markup, mention
/// or link is obeyed.
package struct MarkdownReport {
  private let report: TestReport

  /// Flips that are listed, over all behaviors: a comment has a limit.
  private static let flipsShown = 100

  package init(_ report: TestReport) {
    self.report = report
  }

  package var text: String {
    var lines = ["### \(title)", ""]
    lines += [TestSentence.verdict(report, name: MarkdownText.code), ""]
    if let certification = report.certification { lines += [certification.message, ""] }
    lines += TestSentence.subjects(report, quote: MarkdownText.code).map { "- \($0)" }
    lines += ["", header, "|:--|:--|:--|--:|--:|--:|--:|--:|"]
    lines += report.behaviors.map(tableRow)
    lines += [
      "",
      "At worst: points of the pass rate, one-sided at \(Format.percent(1 - report.alpha)). Sees "
        + "\(drop): the chance of an alarm had it dropped by so much; from failures that are "
        + "independent to flips that are all losses.",
    ]
    for row in report.behaviors where row.verdict != .pass {
      lines += [
        "", "**\(row.verdict.rawValue)** \(MarkdownText.code(row.behavior)): \(row.message)",
      ]
    }
    lines += flips
    lines += changes
    let counted = Counted.rows(setAside: report.rowsSetAside, repeated: report.rowsRepeated)
    if !counted.isEmpty { lines += [""] + counted }
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String {
    let mark =
      switch report.verdict {
      case .pass: "✅"
      case .regressed: "❌"
      case .undecided: "❔"
      }
    return "\(mark) hone test \(MarkdownText.code(report.suite)): \(report.verdict.rawValue)"
  }

  private var drop: String { TestSentence.points(-report.margin) }

  private var header: String {
    "| behavior | verdict | on | units | before | now | at worst | sees \(drop) |"
  }

  private func tableRow(_ row: TestReport.Row) -> String {
    let cells = [
      MarkdownText.cell(row.behavior), row.verdict.rawValue, row.role.rawValue, "\(row.units)",
      row.baselinePasses.map { "\($0)" } ?? "–", "\(row.passes)",
      row.lower.map { TestSentence.points($0, apartFrom: -report.margin) } ?? "–",
      TestSentence.power(row.power),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private var flips: [String] {
    let all = report.behaviors.flatMap { row in row.flips.map { (row.behavior, $0) } }
    guard !all.isEmpty else { return [] }
    var lines = [
      "",
      "<details><summary>\(Format.count(all.count, "example")) graded otherwise than before"
        + "</summary>", "",
    ]
    for (behavior, flip) in all.prefix(Self.flipsShown) {
      let answer = flip.reply.map(MarkdownText.code) ?? "nothing usable"
      let expected =
        flip.passes ? "" : " where \(flip.expected.worded(MarkdownText.code)) is expected"
      lines.append(
        "- \(flip.passes ? "gained" : "lost"), \(MarkdownText.code(behavior)), "
          + "\(flip.role.rawValue) \(flip.id): \(answer)\(expected)\(TestSentence.tie(flip)): "
          + MarkdownText.code(flip.text))
    }
    let rest = all.count - Self.flipsShown
    if rest > 0 { lines.append("- and \(rest) more; `hone test --json` has all of them") }
    return lines + ["", "</details>"]
  }

  private var changes: [String] {
    let change = report.suiteChange
    let lines =
      change.behaviors.map { behavior in
        "- \(MarkdownText.code(behavior.behavior)): \(behavior.added.count) added, "
          + "\(behavior.removed.count) removed, \(behavior.relabelled.count) relabelled"
          + (behavior.targetBefore.map { "; target was \(Format.target($0))" } ?? "")
      }
      + change.removedBehaviors.map { "- \(MarkdownText.code($0)): removed" }
    return lines.isEmpty ? [] : ["", "What changed in the suite:", ""] + lines
  }
}
