import Reports
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
    let (duration, isStart) = summary.withLock { summary in
      let isStart = summary.base == nil
      summary.fold(stamped.event, at: stamped.time)
      return (summary.rounds.last?.duration, isStart)
    }
    return lines(for: stamped.event, roundTook: duration, isStart: isStart)
  }

  /// Takes in what an interrupted run has on disk, and says that it is gone on with.
  package func resumed(_ events: [StampedEvent]) -> [String] {
    summary.withLock { summary in
      for stamped in events { summary.fold(stamped.event, at: stamped.time) }
      let rounds = summary.rounds.count
      return [
        "going on with an interrupted run: \(Format.count(events.count, "event")) "
          + "and \(Format.count(rounds, "round")) are on disk"
      ]
    }
  }

  private func lines(
    for event: RunEvent, roundTook duration: Duration?, isStart: Bool
  ) -> [String] {
    let time = RoundText.time(duration)
    switch event {
    case .started(let header): return started(header)
    case .measured(let measurement) where isStart:
      return [
        "\(measurement.checkpoint.rung == nil ? "base" : "start"): \(Self.rates(measurement))"
      ]
    case .measured(let measurement):
      return ["         dev \(Self.rates(measurement))"]
    case .proposed(let plan):
      return ["round \(plan.round): \(plan.rung.rawValue), \(plan.reason.harmless)"]
        + (plan.mixture.flatMap(Self.mixture).map { ["         " + $0] } ?? [])
    case .tuned(let tuned):
      return RoundText.trials(of: tuned).map { "         " + $0 } + [
        "         tuned: l2 \(Format.level(tuned.l2)), train log-loss "
          + "\(Format.level(tuned.trainingLoss)), \(tuned.iterations) "
          + (tuned.trials.isEmpty ? "iterations, " : "steps, ")
          + "checkpoint \(tuned.checkpoint.id)"
      ]
    case .untuned(let failure):
      return [
        "         " + terminal.styled("rejected", .dim) + "\(time): " + failure.reason.harmless
      ]
    case .accepted(let decision):
      return [
        "         " + terminal.styled("accepted", .green) + "\(time): "
          + DecisionText.reason(decision)
      ]
    case .rejected(let decision):
      return [
        "         " + terminal.styled("rejected", .dim) + "\(time): "
          + DecisionText.reason(decision)
      ]
    case .attemptBegun(let attempt):
      return ["attempt \(attempt.number) on the sealed examples of \(attempt.checkpoint.id) …"]
    case .attemptConcluded(let passed):
      return [
        passed
          ? "         " + terminal.styled("every behavior is shown", .green)
          : "         " + terminal.styled("not shown", .yellow)
            + "; which behavior it was, and by how much, stays sealed"
      ]
    case .timeUp:
      return ["the time budget is spent"]
    case .finished, .studied:
      return []
    }
  }

  private func started(_ header: RunHeader) -> [String] {
    let behaviors = header.settings.behaviors
    let isBase = header.base == header.untuned
    var lines = [
      "\(Format.count(behaviors.count, "behavior")), \(isBase ? "base" : "from checkpoint") "
        + "\(header.base.id), seed \(header.seed)"
    ]
    let certified = behaviors.filter(\.isCertified)
    if !certified.isEmpty {
      let rest = behaviors.filter { !$0.isCertified }.map(\.name.harmless)
      lines.append(
        "certified there and guarded: "
          + (rest.isEmpty
            ? "all"
            : "\(certified.count) of \(behaviors.count); to be shown: "
              + Format.few(rest, most: 6)))
    }
    lines += Counted.rows(setAside: header.setAsideRows, repeated: header.repeatedRows)
    lines += header.notes.map { "note: \($0.harmless)" }
    return lines
  }

  /// What the candidate is tuned on, where not all behaviors count alike.
  static func mixture(_ mixture: Mixture) -> String? {
    let focus = mixture.parts.filter { $0.purpose == .focus }
    let replayed = mixture.parts.filter { $0.purpose == .replay }
    guard !focus.isEmpty || !replayed.isEmpty else { return nil }
    var parts = focus.prefix(6).map {
      "\($0.behavior.harmless) \(Format.percent($0.share)) (× \(Format.level($0.weight)))"
    }
    if focus.count > 6 { parts.append("\(focus.count - 6) more with more weight") }
    let tuned = mixture.parts.filter { $0.purpose == .tune }
    if !tuned.isEmpty {
      parts.append(
        (tuned.count > 3
          ? "\(tuned.count) others" : tuned.map(\.behavior.harmless).joined(separator: ", "))
          + " \(Format.percent(mixture.share(of: .tune)))")
    }
    if !replayed.isEmpty {
      parts.append(
        "replayed so that they hold: \(Format.few(replayed.map(\.behavior.harmless), most: 6)) "
          + Format.percent(mixture.share(of: .replay)))
    }
    return "mixture: " + parts.joined(separator: ", ")
  }

  /// Pass rates of a few behaviors in full; of many, the lowest ones.
  private static func rates(_ measurement: Tuning.Measurement) -> String {
    let shown = measurement.behaviors.sorted {
      ($0.passRate ?? 0, $0.behavior) < ($1.passRate ?? 0, $1.behavior)
    }.prefix(6).map { "\($0.behavior.harmless) \($0.passes)/\($0.trials)" }
    let more = measurement.behaviors.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) higher" : "")
  }
}
