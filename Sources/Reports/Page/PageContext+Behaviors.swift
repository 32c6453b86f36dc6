import Charts
import Suites
import Tuning

extension PageContext {
  var behaviorTable: Values {
    let rows = report.behaviors
    let many = rows.count > 12
    let domain = report.barDomain
    let confidence = Format.percent(report.run.confidence)
    return [
      "scale": IntervalBar.scale(domain: domain, theme: .page),
      "behaviors": rows.enumerated().map { behavior($1, index: $0, in: domain) },
      "behaviorsNote":
        "Pass rates of the champion on dev, with two-sided \(confidence) error bars; the likeliest "
        + "to fail come first. \(compared)",
      "keyTarget":
        "Whole line: the target that must be shown. Dotted line: the hope, at which it usually is. "
        + "Hollow mark: where the run began.",
      "baseNote": comparedWithBase ?? "", "hasBaseNote": comparedWithBase != nil,
      "manyBehaviors": many, "behaviorCount": rows.count, "verdicts": verdicts,
    ]
  }

  /// Which checkpoints "since the start" stands for.
  private var compared: String {
    let run = report.run
    guard let champion = run.champion else { return "" }
    let start = run.start == run.base ? "the untuned base" : "a checkpoint of an earlier run"
    if champion == run.start {
      return "The champion, \(champion), is where the run began: \(start)."
    }
    return "“Since the start” compares the champion, \(champion), with \(run.start), where the run "
      + "began: \(start)."
  }

  /// Where the run did not begin at the base: what is known of that.
  private var comparedWithBase: String? {
    let run = report.run
    guard run.start != run.base, report.behaviors.contains(where: { $0.event != nil }) else {
      return nil
    }
    guard let base = report.base else {
      return
        "The untuned base, \(run.base), was measured by no earlier run of this archive, so nothing "
        + "is compared with it."
    }
    return
      "“Since the base” compares the champion with the untuned base, \(base.checkpoint), as run "
      + "\(base.run) measured it (its event \(base.event)), on the examples that both were asked."
  }

  private func sinceBase(_ row: BehaviorRow) -> String? {
    row.sinceBase.map { flips in
      let change = Double(flips.passes - flips.basePasses) / Double(flips.units)
      return
        "\(Self.points(change)) points since the base: \(flips.gained) gained, \(flips.lost) lost"
    }
  }

  /// The verdicts there are, for a filter.
  private var verdicts: [Values] {
    let counts = Dictionary(grouping: report.behaviors, by: \.verdict).mapValues(\.count)
    return counts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      ["key": $0.key.rawValue, "word": $0.key.word, "count": $0.value]
    }
  }

  private func behavior(
    _ row: BehaviorRow, index: Int, in domain: ClosedRange<Double>
  ) -> Values {
    let rate = row.rate.map(Format.percent) ?? "–"
    var values: Values = [
      "index": index + 1, "behavior": row.behavior.shown(), "name": row.behavior.shown(),
      "verdict": row.verdict.rawValue, "word": row.verdict.word, "mark": row.verdict.mark,
      "verdictNote": note(row), "target": Format.target(row.target),
      "bar": report.bar(of: row, in: domain).svg(), "rate": rate,
      "counts": row.trials == 0 ? "not measured" : "\(row.passes) of \(row.trials)",
      "change": change(row), "flips": row.gained + row.lost == 0 ? "" : flips(row),
      "fullCounts": fullCounts(row), "fullTarget": fullTarget(row),
      "answered": row.confusions.prefix(5).map(answered),
      "advice": row.advice.map { $0.shown(1000).sentence },
      "figures": report.figures(of: row, index: index).map(Self.figure),
    ]
    values["requires"] = row.requires.isEmpty ? nil : row.requires.shown(1000)
    values["event"] = row.event
    values["sinceBase"] = sinceBase(row)
    let failing = row.trials - row.passes
    if failing > 0, let choice = pages.name(behavior: row.behavior) {
      values["failing"] = ["choice": choice, "count": Format.count(failing, "failing example")]
    }
    values["revealed"] = row.revealed.map { revealed in
      let limit =
        revealed.maximumFailures < 0
        ? "it could not have passed" : "at most \(revealed.maximumFailures) may"
      return "Its sealed set was revealed since attempt \(revealed.attempt), which saw "
        + "\(Format.count(revealed.failures, "failure")) in \(Format.count(revealed.units, "unit")); "
        + "\(limit)."
    }
    if row.path == nil, row.trials > 0, row.hope > row.target, row.hope < 1 {
      values["noPath"] =
        "Its evidence unit by unit cannot be drawn: dev is not what this run measured on."
    }
    values["learning"] = row.learning.map { $0.shown(1000).sentence + "." }
    return values
  }

  private func note(_ row: BehaviorRow) -> String {
    let guarded = row.isGuard ? "guard" : ""
    let chance: String
    switch row.verdict {
    case .certified, .unknown: chance = ""
    case .infeasible: chance = "\(row.sealedUnits) sealed units are too few"
    case .violated: chance = "shown on dev"
    case .likely, .undecided: chance = "shown with chance \(Format.chance(row.chance))"
    }
    return [guarded, chance].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func change(_ row: BehaviorRow) -> String {
    guard let rate = row.rate, let start = row.startRate else { return "–" }
    return row.event == row.startEvent ? "" : Self.points((rate - start)) + " points"
  }

  private func flips(_ row: BehaviorRow) -> String {
    "\(row.gained) gained, \(row.lost) lost"
  }

  private func fullCounts(_ row: BehaviorRow) -> String {
    guard let rate = row.rate else { return "Not measured yet." }
    var text =
      "\(row.passes) of \(row.trials) units on dev pass: \(Format.percent(rate)), error bar "
      + "\(Format.percent(row.lower)) to \(Format.percent(row.upper))"
    if let start = row.startPasses, let trials = row.startTrials, row.event != row.startEvent {
      text += "; \(start) of \(trials) where the run began, \(flips(row)) since"
    }
    if let base = row.sinceBase {
      text +=
        "; at the untuned base \(base.basePasses) of \(base.units) that both were asked, "
        + "\(base.gained) gained, \(base.lost) lost since"
    }
    return text + "."
  }

  private func fullTarget(_ row: BehaviorRow) -> String {
    var text =
      "Target \(Format.target(row.target)), hope \(Format.target(row.hope)), "
      + "\(Format.count(row.sealedUnits, "sealed unit")) to show it on"
    if row.verdict != .certified, row.trials > 0 {
      text += "; the next attempt would show it with chance \(Format.chance(row.chance))"
    }
    if let needing = row.needing { text += "; \(needing) more sealed units would usually do" }
    return text + "."
  }

  private func answered(_ confusion: BehaviorRow.Confusion) -> String {
    let reply = confusion.reply.map { "“\($0.shown())”" } ?? "nothing usable"
    let expected = confusion.expected.worded { "“\($0.shown())”" }
    return "\(confusion.count) × \(expected) answered \(reply)."
  }
}

extension BehaviorRow.Verdict {
  package var word: String {
    switch self {
    case .certified: "certified"
    case .likely: "likely shown"
    case .undecided: "undecided"
    case .violated: "below target"
    case .unknown: "not measured"
    case .infeasible: "cannot be shown"
    }
  }

  var mark: String {
    switch self {
    case .certified, .likely: "✓"
    case .violated, .infeasible: "✗"
    case .undecided: "?"
    case .unknown: "…"
    }
  }
}
