import Suites

/// A run as Markdown, for a pull request or a wiki.
///
/// Whatever stands in the suite or comes from a model is shown as code, in which no markup, mention
/// or link is obeyed.
public struct RunMarkdown {
  private let report: RunReport

  /// Rows of a table at most: a comment has a limit.
  private static let shown = 100

  public init(_ report: RunReport) {
    self.report = report
  }

  public var text: String {
    let (run, verdict) = (report.run, report.verdict)
    var lines = [
      "### \(mark) hone train \(MarkdownText.code(run.suite)): \(verdict.headline.lowercased())",
      "",
      ([verdict.sentence] + [verdict.blame(MarkdownText.code)].compactMap { $0 })
        .joined(separator: " "), "", "How sure: \(verdict.certainty)", "",
    ]
    if !verdict.next.isEmpty {
      lines += ["What next:", ""] + verdict.next.map { "- \(MarkdownText.code($0))" } + [""]
    }
    lines += behaviors
    lines += rounds
    lines += attempts
    lines += confusions
    lines += origin
    return lines.joined(separator: "\n") + "\n"
  }

  private var mark: String {
    switch report.verdict.outcome {
    case .certified: "✅"
    case .violated, .infeasible: "❌"
    case .undecided, .interrupted: "❔"
    case .running: "⏳"
    }
  }

  private var behaviors: [String] {
    var lines = [
      "| behavior | verdict | target | on dev | error bar | at the start | gained | lost |",
      "|:--|:--|--:|--:|:--|--:|--:|--:|",
    ]
    for row in report.behaviors.prefix(Self.shown) {
      let measured = row.trials > 0
      let cells = [
        MarkdownText.cell(row.behavior), row.verdict.word, Format.target(row.target),
        measured ? "\(row.passes)/\(row.trials)" : "–",
        measured ? "\(Format.percent(row.lower)) to \(Format.percent(row.upper))" : "–",
        row.startPasses.map { "\($0)/\(row.startTrials ?? 0)" } ?? "–", "\(row.gained)",
        "\(row.lost)",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines + more(report.behaviors.count, than: Self.shown) + [
      "",
      "Error bars: Wilson, two-sided \(Format.percent(report.run.confidence)), on dev; the "
        + "likeliest to fail come first." + start,
    ] + base
  }

  /// Which checkpoint "at the start" is.
  private var start: String {
    let run = report.run
    let what = run.start == run.base ? "the untuned base" : "a checkpoint of an earlier run"
    return " The start is `\(run.start)`: \(what)."
  }

  /// The same against the untuned base, where the run did not begin there.
  private var base: [String] {
    guard let base = report.base else { return [] }
    let rows = report.behaviors.compactMap { row in row.sinceBase.map { (row.behavior, $0) } }
    return [
      "",
      "Against the untuned base `\(base.checkpoint)`, from run \(base.run), on examples that both "
        + "were asked:", "",
    ]
      + rows.prefix(Self.shown).map { name, flips in
        "- \(MarkdownText.code(name)): \(flips.basePasses)/\(flips.units) there, "
          + "\(flips.passes)/\(flips.units) now; \(flips.gained) gained, \(flips.lost) lost"
      } + more(rows.count, than: Self.shown)
  }

  private var rounds: [String] {
    guard !report.rounds.isEmpty else { return [] }
    var lines = [
      "", "| round | rung | tried | came of it | chance of certifying |", "|--:|:--|:--|:--|:--|",
    ]
    for row in report.rounds.prefix(Self.shown) {
      let chance =
        row.chanceBefore.flatMap { before in
          row.chanceAfter.map { "\(Format.chance(before)) → \(Format.chance($0))" }
        } ?? "–"
      let cells = [
        "\(row.round)", row.rung.rawValue, MarkdownText.cell(row.proposal),
        row.decision.rawValue + (row.reason.map { ": \(MarkdownText.cell($0))" } ?? ""),
        chance.replacing("<", with: "&lt;"),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines + more(report.rounds.count, than: Self.shown)
  }

  private var attempts: [String] {
    guard !report.attempts.isEmpty else { return [] }
    return [""]
      + report.attempts.map { attempt in
        let outcome = attempt.passed.map { $0 ? "every behavior is shown" : "not shown" } ?? "open"
        return "- attempt \(attempt.number) on the sealed examples, checkpoint "
          + "`\(attempt.checkpoint)`: \(outcome)"
      }
  }

  private var confusions: [String] {
    guard let confused = report.confusion?.confused, !confused.isEmpty else { return [] }
    return ["", "<details><summary>Taken for one another on dev</summary>", ""]
      + confused.prefix(20).map {
        "- \($0.count) × \(MarkdownText.code($0.expected)) answered \(MarkdownText.code($0.reply))"
      } + ["", "</details>"]
  }

  private var origin: [String] {
    let run = report.run
    return [
      "",
      "Run \(run.number), seed \(run.seed), suite `\(run.suiteHash.prefix(16))`, champion "
        + "`\(run.champion ?? "none")`, Hone \(run.version). Population: "
        + MarkdownText.code(run.population ?? "not stated") + ".",
    ]
  }

  private func more(_ count: Int, than shown: Int) -> [String] {
    count > shown ? ["", "… and \(count - shown) more; `hone report --format json` has all."] : []
  }
}
