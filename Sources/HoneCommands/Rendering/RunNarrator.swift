import Statistics
import Suites
import Synchronization
package import Tuning

/// Tells a run while it happens: a few lines per event.
package final class RunNarrator: Sendable {
  private let terminal: Terminal
  private let summary = Mutex(RunSummary([RunEvent]()))

  package init(terminal: Terminal) {
    self.terminal = terminal
  }

  package func lines(for stamped: StampedEvent) -> [String] {
    let duration = summary.withLock { summary in
      summary.fold(stamped.event, at: stamped.time)
      return summary.rounds.last?.duration
    }
    return lines(for: stamped.event, roundTook: duration)
  }

  private func lines(for event: RunEvent, roundTook duration: Duration?) -> [String] {
    let time = RoundText.time(duration)
    switch event {
    case .started(let header): return started(header)
    case .measured(let measurement) where measurement.checkpoint.rung == nil:
      return ["base: \(Self.rates(measurement))"]
    case .measured(let measurement):
      return ["         dev \(Self.rates(measurement))"]
    case .proposed(let plan):
      return ["round \(plan.round): \(plan.rung.rawValue), \(plan.reason.harmless)"]
    case .tuned(let tuned):
      return RoundText.trials(of: tuned).map { "         " + $0 } + [
        "         tuned: l2 \(Format.level(tuned.l2)), train log-loss "
          + "\(Format.level(tuned.trainingLoss)), \(tuned.iterations) "
          + (tuned.trials.isEmpty ? "iterations, " : "steps, ")
          + "checkpoint \(tuned.checkpoint.id)"
      ]
    case .untuned(let failure):
      return [terminal.styled("         rejected", .dim) + "\(time): " + failure.reason.harmless]
    case .accepted(let decision):
      return [terminal.styled("         accepted", .green) + "\(time): " + Self.reason(decision)]
    case .rejected(let decision):
      return [terminal.styled("         rejected", .dim) + "\(time): " + Self.reason(decision)]
    case .attemptBegun(let attempt):
      return ["attempt \(attempt.number) on the sealed examples of \(attempt.checkpoint.id) …"]
    case .attemptConcluded(let passed):
      return [
        passed
          ? terminal.styled("         every behavior is shown", .green)
          : terminal.styled("         not shown", .yellow)
            + "; which behavior it was, and by how much, stays sealed"
      ]
    case .timeUp:
      return ["the time budget is spent"]
    case .finished:
      return []
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
