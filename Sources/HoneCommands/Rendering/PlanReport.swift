import Statistics
import Suites
import Tuning

/// What `hone plan` says, for people and for programs.
struct PlanReport: Encodable {
  var confidence: Double
  var behaviors: [Row]
  /// Of all behaviors together at their hopes, at the level of the next attempt.
  var jointPower: Double
  var isFeasible: Bool
  var rowsSetAside: Int
  var rowsRepeated: Int

  struct Row: Encodable {
    var behavior: String
    var target: Double
    var hope: Double
    var sealedUnits: Int
    var missingUnits: Int
    var attempt: Int
    var level: Double
    /// nil where the target cannot be shown.
    var maximumFailures: Int?
    var power: Double
    var unitsWithoutFailure: Int
    var unitsForPower: Int
    var showableTarget: Double?
  }

  init(suite: Suite, behaviors: [LoopBehavior]) {
    let feasibility = behaviors.map { Feasibility($0, among: behaviors.count) }
    confidence = suite.claims.confidence
    self.behaviors = feasibility.map {
      Row(
        behavior: $0.behavior.name, target: $0.behavior.target, hope: $0.behavior.hope,
        sealedUnits: $0.behavior.sealed.units, missingUnits: $0.behavior.sealed.missing,
        attempt: $0.behavior.sealed.spent + 1, level: $0.behavior.sealed.level,
        maximumFailures: $0.test?.maximumFailures, power: $0.power,
        unitsWithoutFailure: $0.unitsWithoutFailure, unitsForPower: $0.unitsForPower,
        showableTarget: $0.showableTarget)
    }
    jointPower = Feasibility.jointPower(feasibility)
    isFeasible = feasibility.allSatisfy { $0.test != nil }
    rowsSetAside = suite.setAside.count
    rowsRepeated = suite.rows.repeats
  }

  func lines(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["behavior", "target", "hope", "sealed", "passes with", "power", "for 9 in 10"],
      alignments: [.left, .right, .right, .right, .left, .right, .right])
    for row in behaviors {
      table.add([
        row.behavior.harmless, Format.target(row.target), Format.target(row.hope),
        "\(row.sealedUnits - row.missingUnits)",
        row.maximumFailures.map { "≤ \(Format.count($0 - row.missingUnits, "failure"))" }
          ?? terminal.styled("cannot be shown", .red),
        Format.chance(row.power), "\(row.unitsForPower)",
      ])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    lines.append("")
    lines += summary(terminal)
    lines += Counted.rows(setAside: rowsSetAside, repeated: rowsRepeated)
    return lines
  }

  private func summary(_ terminal: Terminal) -> [String] {
    let attempts = Set(behaviors.map(\.attempt)).sorted()
    var lines = [
      "Certificate at \(Format.percent(confidence)) confidence; next attempt: "
        + attempts.map(String.init).joined(separator: " and ")
        + ", made at level "
        + Set(behaviors.map { Format.level($0.level) }).sorted().joined(separator: ", ") + "."
    ]
    for row in behaviors where row.missingUnits > 0 {
      lines.append(
        terminal.styled("Warning: ", .yellow)
          + "\(row.behavior.harmless): \(Format.count(row.missingUnits, "sealed example")) of "
          + "earlier attempts gone or changed since; each counts as a failure. Bring them back as "
          + "they were.")
    }
    for row in behaviors where row.maximumFailures == nil {
      lines += ["", terminal.styled(Self.cannot(row), .red)] + Self.waysOut(row)
    }
    guard isFeasible else { return lines }
    lines.append(
      "All together at their hopes: a chance of \(Format.chance(jointPower)) of being shown by "
        + "the next attempt.")
    if jointPower < 0.8 {
      lines.append(
        terminal.styled("Warning: ", .yellow)
          + "a chance below 80 % spends attempts for little. More sealed examples (last column: "
          + "for a miss in 10 over all behaviors), or lower targets, would help.")
    }
    return lines
  }

  private static func cannot(_ row: Row) -> String {
    "\(row.behavior.harmless): with \(Format.count(row.sealedUnits - row.missingUnits, "sealed unit")), not even a clean sheet "
      + "shows \(Format.target(row.target)) at level \(Format.level(row.level))."
  }

  /// The three ways out of a plan that cannot succeed.
  static func waysOut(_ row: Row) -> [String] {
    [
      "  more examples:     \(row.unitsWithoutFailure) sealed units show it without a failure, "
        + "\(row.unitsForPower) at the hoped-for rate",
      row.showableTarget.map {
        "  a lower target:    these units can show \(Format.target($0))"
      } ?? "  a lower target:    these units are too few for any target from 0.50 up",
      "  a lower confidence: `confidence:` under `claims:` in hone.yaml",
    ]
  }
}

/// What every output says about rows that do not count.
enum Counted {
  static func rows(setAside: Int, repeated: Int) -> [String] {
    var lines: [String] = []
    if setAside > 0 {
      lines.append(
        "\(Format.count(setAside, "row")) set aside as unusable or contradictory; `hone check` lists them.")
    }
    if repeated > 0 {
      lines.append("\(Format.count(repeated, "repeated row")) counted once.")
    }
    return lines
  }
}
