import Reports
import Tuning

/// The two tables of a plan, each at most 80 columns wide: long names are cut.
enum PlanTables {
  /// What the next attempts show.
  static func claims(_ plan: SuitePlan, _ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["behavior", "target", "hope", "sealed", "may fail", "next try", "2nd", "3rd"],
      alignments: [.left, .right, .right, .right, .right, .right, .right, .right])
    let width = nameWidth(rest: 59, terminal)
    for behavior in plan.behaviors {
      table.add(
        [
          behavior.behavior.harmless.truncated(to: width), Format.target(behavior.target),
          Format.target(behavior.hope), "\(behavior.sealedUnits - behavior.missingUnits)",
          behavior.maximumFailures.map { "\($0 - behavior.missingUnits)" }
            ?? terminal.styled("too few", .red),
        ] + behavior.powers.map(Format.chance))
    }
    if plan.behaviors.count > 1 {
      table.add(
        ["all together", "", "", "", ""] + plan.jointPowers.map(Format.chance))
    }
    return captioned("The chance of being shown, with each behavior at its hope", table, terminal)
  }

  /// What it takes, and what the regression test sees.
  static func needs(_ plan: SuitePlan, _ terminal: Terminal) -> [String] {
    let hasGates = plan.behaviors.contains { $0.gate != nil }
    var header = ["behavior", "can show", "no failure", "on average", "at worst"]
    if hasGates { header += ["gate", "sees drop"] }
    var table = TextTable(
      header: header,
      alignments: [.left] + Array(repeating: .right, count: header.count - 1))
    let width = nameWidth(rest: 65, terminal)
    for behavior in plan.behaviors {
      var row = [
        behavior.behavior.harmless.truncated(to: width),
        behavior.showableTarget.map(Format.target) ?? "none",
        "\(behavior.unitsWithoutFailure)",
        "\(Int(behavior.meanUnitsCurtailed.rounded(.up)))", "\(behavior.unitsForPower)",
      ]
      if hasGates { row += behavior.gate.map(cells) ?? ["", ""] }
      table.add(row)
    }
    return captioned(
      "What these units can show, and sealed units that the target takes", table, terminal)
  }

  private static func cells(_ gate: GatePlan) -> [String] {
    let powers = [gate.powerWithChurn, gate.powerWithoutChurn].sorted().map { power in
      power < 0.005 ? "0" : power >= 0.995 ? "99" : "\(Int((power * 100).rounded()))"
    }
    return [
      gate.servedByDev ? "dev \(gate.units)" : "\(gate.units)",
      powers[0] == powers[1] ? "\(powers[0]) %" : "\(powers[0])–\(powers[1]) %",
    ]
  }

  private static func nameWidth(rest: Int, _ terminal: Terminal) -> Int {
    max(12, min(40, terminal.width - rest))
  }

  private static func captioned(
    _ caption: String, _ table: TextTable, _ terminal: Terminal
  ) -> [String] {
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    return [terminal.styled(caption, .bold)] + lines
  }
}
