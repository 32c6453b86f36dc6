import Statistics
import Suites
import Tuning

/// Tells a run while it happens: a line or two per event.
final class RunNarrator: Sendable {
  private let terminal: Terminal

  init(terminal: Terminal) {
    self.terminal = terminal
  }

  func lines(for event: RunEvent) -> [String] {
    switch event {
    case .started(let header): started(header)
    case .measured(let measurement) where measurement.checkpoint.rung == nil:
      ["base: \(Self.rates(measurement))"]
    case .measured(let measurement):
      ["         dev \(Self.rates(measurement))"]
    case .proposed(let plan):
      ["round \(plan.round): \(plan.rung.rawValue), \(plan.reason.harmless)"]
    case .tuned(let tuned):
      [
        "         tuned: l2 \(Format.level(tuned.l2)), train log-loss "
          + "\(Format.level(tuned.trainingLoss)), \(tuned.iterations) iterations, "
          + "checkpoint \(tuned.checkpoint.id)"
      ]
    case .untuned(let failure):
      [terminal.styled("         rejected", .dim) + ": " + failure.reason.harmless]
    case .accepted(let decision):
      [terminal.styled("         accepted", .green) + ": " + Self.reason(decision)]
    case .rejected(let decision):
      [terminal.styled("         rejected", .dim) + ": " + Self.reason(decision)]
    case .attemptBegun(let attempt):
      ["attempt \(attempt.number) on the sealed examples of \(attempt.checkpoint.id) …"]
    case .attemptConcluded(let passed):
      [
        passed
          ? terminal.styled("         every behavior is shown", .green)
          : terminal.styled("         not shown", .yellow)
            + "; which behavior it was, and by how much, stays sealed"
      ]
    case .timeUp:
      ["the time budget is spent"]
    case .finished:
      []
    }
  }

  private func started(_ header: RunHeader) -> [String] {
    var lines = [
      "\(Format.count(header.settings.behaviors.count, "behavior")), base \(header.base.id), seed "
        + "\(header.seed)"
    ]
    lines += Counted.rows(setAside: header.setAsideRows, repeated: header.repeatedRows)
    lines += header.notes.map { "note: \($0.harmless)" }
    return lines
  }

  /// Pass rates of a few behaviors in full; of many, the lowest ones.
  private static func rates(_ measurement: Tuning.Measurement) -> String {
    let shown = measurement.behaviors.sorted {
      ($0.passRate ?? 0, $0.behavior) < ($1.passRate ?? 0, $1.behavior)
    }.prefix(6).map { "\($0.behavior.harmless) \($0.passes)/\($0.trials)" }
    let more = measurement.behaviors.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) higher" : "")
  }

  static func reason(_ decision: Decision) -> String {
    let chance =
      "joint chance \(Format.chance(decision.championChance)) → "
      + Format.chance(decision.candidateChance)
    switch decision.reason {
    case .betterChance, .notBetter:
      return chance + flips(decision)
    case .evidence(let eValue):
      return "evidence \(Format.level(eValue)) against the certified champion" + flips(decision)
    case .tooLittleEvidence(let eValue):
      return "evidence \(Format.level(eValue)) is too little to replace a certified champion"
        + flips(decision)
    case .guardRegressed(let behavior, let p, let reference):
      let against = reference == .champion ? "the champion" : "where it first held"
      return "\(behavior.harmless) got worse against \(against) (adjusted p "
        + "\(Format.level(p)))" + flips(decision)
    }
  }

  private static func flips(_ decision: Decision) -> String {
    let changed = decision.flips.prefix(6).map {
      "\($0.behavior.harmless) +\($0.gained) −\($0.lost)"
    }
    return changed.isEmpty ? "; no flips" : "; flips " + changed.joined(separator: ", ")
  }
}
