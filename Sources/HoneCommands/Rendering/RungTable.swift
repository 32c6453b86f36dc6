import Foundation
import Reports
import Suites
package import Tuning

/// What each rung did, and why the run climbed: for runs that had a ladder to climb.
package struct RungTable {
  private let rungs: [RungEffect]
  private let base: Tuning.Measurement?
  private let baseChance: Double?
  private let rounds: [RunSummary.Round]

  /// - Returns: Nil where the ladder has one rung, and where nothing was tuned.
  package init?(_ summary: RunSummary, rungs: [RungEffect]) {
    guard let ladder = summary.header?.settings.ladder, ladder.count > 1, !rungs.isEmpty else {
      return nil
    }
    self.rungs = rungs
    base = summary.base
    baseChance = summary.rounds.first { $0.decision != nil }?.decision?.championChance
    rounds = summary.rounds
  }

  package func lines(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["rung", "rounds", "best chance", "dev", "rate", "lowest", "time"],
      alignments: [.left, .left, .right, .right, .right, .left, .right])
    if let base { table.add(["base", "", chance(baseChance)] + rates(base) + [""]) }
    for effect in rungs {
      table.add(
        [effect.rung.rawValue, Self.rounds(effect), chance(effect.chance)]
          + rates(effect.best)
          + [effect.duration.map { Format.seconds($0 / .seconds(1)) } ?? ""])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    lines += climbs.map { terminal.styled($0, .dim) }
    return lines
  }

  /// For example `round 3 climbs from head, where …: lora`.
  private var climbs: [String] {
    zip(rounds, rounds.dropFirst()).filter { $0.plan.rung != $1.plan.rung }.map { _, round in
      let why = round.plan.reason.split(separator: ": ", maxSplits: 1).first.map(String.init) ?? ""
      return "round \(round.plan.round), \(round.plan.rung.rawValue): \(why.harmless)"
    }
  }

  private static func rounds(_ effect: RungEffect) -> String {
    "\(effect.rounds)" + (effect.untuned > 0 ? " (\(effect.untuned) untuned)" : "")
  }

  private func chance(_ value: Double?) -> String { value.map(Format.chance) ?? "–" }

  /// Passes of all behaviors, their share, and the behavior with the lowest rate.
  private func rates(_ measurement: Tuning.Measurement?) -> [String] {
    guard let measurement else { return ["–", "", ""] }
    let passes = measurement.behaviors.reduce(0) { $0 + $1.passes }
    let trials = measurement.behaviors.reduce(0) { $0 + $1.trials }
    let lowest = measurement.behaviors.min {
      ($0.passRate ?? 0, $0.behavior) < ($1.passRate ?? 0, $1.behavior)
    }
    return [
      "\(passes)/\(trials)", trials == 0 ? "–" : Format.percent(Double(passes) / Double(trials)),
      lowest.map { "\($0.behavior.harmless) \($0.passes)/\($0.trials)" } ?? "",
    ]
  }
}
