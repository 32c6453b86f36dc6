import Reports
import Statistics
import Suites
import Tuning

/// What fresh data says, in sentences: the same at a terminal, in JUnit and in Markdown.
///
/// No name stands in them but those that are passed in: they may be the text of others.
enum ClaimSentence {
  static func text(_ row: ClaimReport.Row, in test: ClaimTest) -> String {
    let claim = "at least \(Format.target(row.claim)) is \(word(row.claimedBy))"
    guard row.units > 0 else { return "no fresh unit, where \(claim)." }
    let counts = "\(row.passes)/\(row.units) pass, where \(claim)"
    let confidence = Format.percent(1 - test.alpha)
    let near = Format.target(test.floor(of: row.claim))
    switch row.verdict {
    case .contradicted:
      return "\(counts): the rate is below that, with an adjusted p of "
        + "\(Format.level(row.adjustedPValue))."
    case .consistent:
      return "\(counts): not below it by \(TestSentence.points(test.margin, signed: false)) points "
        + "or more, with \(confidence) confidence."
    case .undecided:
      var text =
        "\(counts): neither a rate below that nor one above \(near) is shown. A rate of "
        + "\(near) would have been seen with a chance of \(Format.chance(row.power))"
      if let needed = row.unitsNeeded { text += "; \(needed.grouped) units see it 8 times in 10" }
      return text + "."
    }
  }

  static func word(_ source: ClaimedRate.Source) -> String {
    switch source {
    case .certificate: "certified"
    case .baseline: "what the baseline was recorded for"
    case .suite: "required by the suite"
    }
  }

  /// What is held against what, a line for each of claim, model and data.
  ///
  /// - Parameter quote: How names that stand in files are shown.
  static func subjects(_ report: ClaimReport, quote: (String) -> String) -> [String] {
    let sources = ClaimedRate.Source.allCases.filter { source in
      report.behaviors.contains { $0.claimedBy == source }
    }
    let named = sources.map { source in
      switch source {
      case .certificate:
        "certificate.json" + (report.certificate.map { ", attempt \($0.attempt)" } ?? "")
      case .baseline: "the baseline in hone.lock"
      case .suite: "the targets of the suite, which nothing claims of this checkpoint"
      }
    }
    let rows = report.rows
    let parts = [
      Format.count(rows.freshUnits, "fresh unit"),
      rows.repeated > 0 ? "\(rows.repeated) that share a unit with another row" : "",
      rows.known > 0
        ? "\(rows.known) that the suite has"
          + (rows.relabelled > 0 ? " (\(rows.relabelled) with another label)" : "") : "",
      rows.unmatched > 0 ? "\(rows.unmatched) whose label no single behavior has" : "",
      rows.setAside > 0 ? "\(rows.setAside) that cannot be used" : "",
    ].filter { !$0.isEmpty }
    return [
      "claim: \(Format.list(named))", "model: checkpoint \(quote(report.model.checkpoint))",
      "data: \(quote(report.file)), \(Format.count(rows.usable + rows.setAside, "row")): "
        + Format.list(parts),
    ]
  }

  /// The verdict of the whole; behaviors are named by `name`.
  static func verdict(_ report: ClaimReport, name: (String) -> String) -> String {
    func names(_ verdict: ClaimTest.Verdict) -> String {
      let all = report.behaviors.filter { $0.verdict == verdict }.map { name($0.behavior) }
      return all.count > 12
        ? all.prefix(12).joined(separator: ", ") + " and \(all.count - 12) more"
        : Format.list(all)
    }
    let undecided = "Too few to tell: \(names(.undecided))."
    switch report.verdict {
    case .consistent:
      return "Consistent with the claim: \(Format.count(report.behaviors.count, "behavior"))."
    case .contradicted:
      return "The claim is contradicted: \(names(.contradicted))."
        + (report.count(.undecided) > 0 ? " " + undecided : "")
    case .undecided: return undecided
    }
  }

  /// What the last column of tables is.
  static func legend(_ report: ClaimReport) -> String {
    "Bar: Wilson, two-sided \(Format.percent(report.confidence)). p: against \"at least the "
      + "claim\", exact, adjusted for the number of behaviors. Sees \(drop(report)): the chance "
      + "that a rate so far below the claim would have contradicted it."
  }

  static func drop(_ report: ClaimReport) -> String { TestSentence.points(-report.margin) }

  /// `65.0 %` and `54–75 %`; dashes without units.
  static func rates(_ row: ClaimReport.Row) -> (rate: String, bar: String) {
    guard row.units > 0 else { return ("–", "–") }
    let percents = [row.lower, row.upper].map { Format.percent($0).replacing(" %", with: "") }
    return (
      Format.percent(Double(row.passes) / Double(row.units)), percents.joined(separator: "–")
    )
  }
}
