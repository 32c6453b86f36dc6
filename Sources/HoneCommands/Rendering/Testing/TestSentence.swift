import Foundation
import Reports
import Statistics
import Suites
import Tuning

/// Why a behavior got its verdict, and what changed, in words. Holds no text of the suite.
enum TestSentence {
  static func text(
    _ row: TestReport.Row, of behavior: BehaviorComparison, in comparison: Comparison
  ) -> String {
    let test = comparison.test
    guard let before = row.baselinePasses else {
      return "there is nothing to compare with yet: \(row.passes)/\(row.units) on "
        + "\(row.role.rawValue). `hone train` certifies it and records a baseline."
    }
    if behavior.isUnchanged {
      return "unchanged on this suite: "
        + (row.flips.isEmpty
          ? "no example is graded otherwise than before."
          : "the checkpoint is the baseline's own, and all that is graded otherwise is within "
            + "rounding (\(ties(row))).")
    }
    guard row.units > 0, let lower = row.lower else {
      return "no unit of gate or dev stands in the baseline; "
        + "\(row.unitsNeeded ?? 0) would be enough where nothing flips."
    }
    let counts =
      "\(before)/\(row.units) before, \(row.passes)/\(row.units) now on \(row.role.rawValue) "
      + "(\(row.losses) lost, \(row.gains) gained)"
    let confidence = Format.percent(1 - test.alpha)
    let worst = points(lower, apartFrom: -test.margin)
    var text: String
    switch row.verdict {
    case .pass, .new:
      text =
        "\(counts): at worst \(worst) points, with \(confidence) confidence; "
        + "\(points(-test.margin)) would be too much."
      if row.adjustedPValue ?? 1 <= test.alpha {
        text += " It is worse, by less than that."
      }
    case .regressed:
      text =
        "\(counts): worse, with an adjusted p of \(Format.level(row.adjustedPValue ?? 0)), at "
        + "worst \(worst) points."
    case .undecided:
      text =
        "\(counts): at worst \(worst) points, with \(confidence) confidence, so neither "
        + "\"worse\" nor \"not worse by \(points(test.margin, signed: false)) points\" is shown."
      if let needed = row.unitsNeeded {
        text += " About \(needed.grouped) units that flip like these would decide it."
      }
    }
    if row.ties > 0 { text += " Among the flips: \(ties(row)); counted like the others." }
    if row.role == .dev {
      text +=
        " The gate is too small, and dev serves: the baseline was chosen there, which flatters it, "
        + "so p counts \(comparison.candidates)-fold, once for each checkpoint it may have been chosen from."
    }
    return text
  }

  /// E.g. `2 numerical ties, margin below 0.0001`.
  private static func ties(_ row: TestReport.Row) -> String {
    Format.count(row.ties, "numerical tie")
      + ", margin below \(Format.level(NumericalTie.limit))"
  }

  /// What is said of a flip that is a tie.
  static func tie(_ flip: TestReport.Flip) -> String { flip.isTie ? " (numerical tie)" : "" }

  /// Points of a rate with their sign, e.g. `−1.8`; with a second decimal where one would make it
  /// `limit`, which it is not.
  static func points(_ value: Double, signed: Bool = true, apartFrom limit: Double? = nil) -> String
  {
    let isNear = limit.map { $0 != value && points($0) == points(value) } ?? false
    let text = String(format: isNear ? "%.2f" : "%.1f", abs(value * 100))
    guard signed, text != "0.0" else { return text }
    return (value < 0 ? "−" : "+") + text
  }

  /// The chance of an alarm at a drop of the margin, e.g. `17–64 %`.
  static func power(_ power: TestReport.Power?) -> String {
    guard let power else { return "–" }
    let ends = [power.withChurn, power.withoutChurn].map(Format.chance)
    if ends[0] == ends[1] { return ends[0] }
    return ends[0].hasPrefix("<") || ends[1].hasPrefix(">")
      ? ends.joined(separator: " to ") : ends[0].replacing(" %", with: "") + "–" + ends[1]
  }

  /// What is compared with what, a line for each of baseline, model and suite.
  ///
  /// - Parameter quote: How names that stand in files are shown.
  static func subjects(_ report: TestReport, quote: (String) -> String) -> [String] {
    let isSame = report.model.checkpoint == report.baseline.checkpoint
    var model =
      "checkpoint \(quote(report.model.checkpoint))" + (isSame ? ", that of the baseline" : "")
    if report.model.base != report.baseline.base { model += ", on another base model" }
    if report.model.engine != report.baseline.engine {
      model +=
        ", computed by \(quote(report.model.engine)) where it was "
        + quote(report.baseline.engine)
    }
    return [
      "baseline: checkpoint \(quote(report.baseline.checkpoint))", "model: \(model)",
      "suite: \(change(report.suiteChange))",
    ]
  }

  private static func change(_ change: SuiteChange) -> String {
    guard change.isChanged else { return "as it was for the baseline" }
    let counts = change.counts
    let targets = change.behaviors.count { $0.targetBefore != nil }
    let parts = [
      counts.added > 0 ? Format.count(counts.added, "example") + " added" : "",
      counts.removed > 0 ? Format.count(counts.removed, "example") + " removed" : "",
      counts.relabelled > 0 ? Format.count(counts.relabelled, "example") + " relabelled" : "",
      change.newBehaviors.isEmpty ? "" : Format.count(change.newBehaviors.count, "new behavior"),
      change.removedBehaviors.isEmpty
        ? "" : Format.count(change.removedBehaviors.count, "behavior") + " removed",
      targets > 0 ? Format.count(targets, "target") + " changed" : "",
    ].filter { !$0.isEmpty }
    return parts.isEmpty
      ? "changed, but no example that may be looked at" : "changed: " + Format.list(parts)
  }

  /// The verdict of the whole; behaviors are named by `name`.
  static func verdict(_ report: TestReport, name: (String) -> String) -> String {
    func names(_ verdict: TestReport.Verdict) -> String {
      let all = report.behaviors.filter { $0.verdict == verdict }.map { name($0.behavior) }
      return all.count > 12
        ? all.prefix(12).joined(separator: ", ") + " and \(all.count - 12) more"
        : Format.list(all)
    }
    switch report.verdict {
    case .pass:
      let compared = report.behaviors.count - report.count(.new)
      return compared == 0
        ? "Nothing to compare: no behavior stands in the baseline."
        : "No regression: \(Format.count(compared, "behavior")) "
          + (compared == 1 ? "passes." : "pass.")
    case .regressed:
      return "Regressed: \(names(.regressed))."
        + (report.count(.undecided) > 0 ? " Undecided: \(names(.undecided))." : "")
    case .undecided:
      return "Undecided: \(names(.undecided))."
    }
  }
}
