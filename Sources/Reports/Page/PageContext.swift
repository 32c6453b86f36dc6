import Charts
import Foundation
import Suites

/// What the template of a page is filled with: texts, flags and lists of such, by name.
struct PageContext {
  typealias Values = [String: Any]

  let report: RunReport
  let pages: ExamplePages

  init(_ report: RunReport) {
    self.report = report
    pages = ExamplePages(report)
  }

  var values: Values {
    var values = head
    for part in [behaviorTable, roundParts, attemptParts, failureParts, modelParts, originParts] {
      values.merge(part) { first, _ in first }
    }
    return values
  }

  // MARK: - The first screen

  private var head: Values {
    let (run, verdict) = (report.run, report.verdict)
    var values: Values = [
      "version": run.version, "suite": run.suite.harmless, "number": run.number,
      "outcome": verdict.outcome.rawValue, "mark": Self.mark(verdict.outcome),
      "headline": verdict.headline,
      "sentence": ([verdict.sentence] + [verdict.blame { $0.shown() }].compactMap { $0 })
        .joined(separator: " "),
      "holds": holds,
      "certainty": verdict.certainty, "hasNext": !verdict.next.isEmpty,
      "next": verdict.next.map { $0.shown(1000) }, "warnings": warnings,
      "measured": report.behaviors.contains { $0.event != nil },
      "hasRounds": !report.rounds.isEmpty,
    ]
    values["began"] = run.began.map(Self.time)
    if let seconds = run.duration, seconds >= 1 { values["took"] = Format.seconds(seconds) }
    return values
  }

  private var holds: String {
    let verdict = report.verdict
    let all = Format.count(verdict.of, "behavior")
    switch verdict.outcome {
    case .certified: return "Yes: \(verdict.of == 1 ? "the one behavior" : "all \(all)")."
    case .infeasible: return "Not known: nothing was measured."
    case _ where report.behaviors.allSatisfy { $0.event == nil }:
      return "Not known yet: \(all) to be shown."
    default:
      let below = report.behaviors.count { $0.verdict == .violated }
      let held = "\(verdict.held) of \(all) would likely be shown by the next attempt"
      return held + (below == 0 ? "." : "; \(below) \(below == 1 ? "is" : "are") below the target.")
    }
  }

  private var warnings: [String] {
    let run = report.run
    var warnings = run.caveats.map { $0.shown(500) }
    switch run.suiteIsUnchanged {
    case nil:
      warnings.append("The suite cannot be read as it stands, so texts of examples are missing.")
    case false?:
      warnings.append(
        "The suite has changed since this run: texts are looked up where they are still there.")
    default: break
    }
    if run.rowsSetAside > 0 {
      warnings.append(
        "\(Format.count(run.rowsSetAside, "row")) set aside as unusable or contradictory; "
          + "`hone check` lists them.")
    }
    return warnings
  }

  private static func mark(_ outcome: RunVerdict.Outcome) -> String {
    switch outcome {
    case .certified: "✓"
    case .violated, .infeasible: "✗"
    case .undecided: "?"
    case .running: "…"
    case .interrupted: "‖"
    }
  }

  // MARK: - Pieces

  /// `2026-11-29 03:12 UTC`
  static func time(_ date: Date) -> String { Format.time(date).prefix(16) + " UTC" }

  static func figure(_ figure: Figure) -> Values {
    let table = figure.table
    return [
      "svg": figure.svg(.page), "title": figure.title, "header": table.header,
      "rows": table.rows.map { ["cells": $0] as Values },
    ]
  }

  /// Points with their sign, e.g. `+3.1`.
  static func points(_ difference: Double) -> String {
    let tenths = Int((difference * 1000).rounded())
    let sign = tenths > 0 ? "+" : tenths < 0 ? "−" : "±"
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  /// Where an example stands; nothing where that is not known.
  static func place(_ location: SourceLocation?) -> String {
    guard let location else { return "" }
    let file = location.file.harmless
    return location.line == 0 ? file : "\(file):\(location.line)"
  }
}
