import Suites
import Tuning

extension PageContext {
  var roundParts: Values {
    [
      "roundFigures": report.roundFigures.map(Self.figure),
      "rounds": report.rounds.map(round),
      "hasRungs": report.rungs.count > 1,
      "rungs": report.rungs.map {
        [
          "rung": $0.rung.rawValue,
          "rounds": $0.untuned > 0
            ? "\($0.rounds), \($0.untuned) without a candidate" : "\($0.rounds)",
          "chance": $0.chance.map(Format.chance) ?? "–",
          "took": $0.seconds.map(Format.seconds) ?? "–",
        ] as Values
      },
    ]
  }

  private func round(_ row: RoundRow) -> Values {
    let trials = row.trials.enumerated().map { index, trial in
      "learning rate \(Format.level(trial.learningRate)): "
        + (trial.failure?.harmless
          ?? "held-out loss \(trial.heldOutLosses.map(Format.loss).joined(separator: ", "))")
        + (index == row.chosenTrial ? "; used, \(Format.count(trial.epochs, "epoch"))" : "")
    }
    return [
      "round": row.round, "rung": row.rung.rawValue, "proposal": row.proposal.shown(200).sentence,
      "hasTrials": !trials.isEmpty, "trialsTitle": Format.count(trials.count, "learning rate"),
      "trials": trials, "decision": row.decision.rawValue, "mark": row.decision.mark,
      "reason": row.reason?.shown(1000) ?? "", "hasBroken": !row.broken.isEmpty,
      "brokenTitle": "\(Format.count(row.broken.count, "example")) that it would lose",
      "broken": row.broken.prefix(20).map(Self.broken), "firstEvent": row.firstEvent,
      "lastEvent": row.lastEvent, "chance": chance(row),
      "took": row.seconds.map(Format.seconds) ?? "–",
    ]
  }

  private static func broken(_ row: ExampleRow) -> String {
    let reply = row.reply.map { "“\($0.shown())”" } ?? "nothing usable"
    let text = row.input?.shown(300) ?? row.example
    return "\(text) (\(row.expected.worded { "“\($0.shown())”" }), answered \(reply))"
  }

  private func chance(_ row: RoundRow) -> String {
    guard let before = row.chanceBefore, let after = row.chanceAfter else { return "–" }
    return "\(Format.chance(before)) → \(Format.chance(after))"
  }

  // MARK: - Attempts

  var attemptParts: Values {
    let attempts = report.attempts
    return [
      "hasAttempts": !attempts.isEmpty, "attemptsNote": attemptsNote,
      "hasLedger": !report.ledger.isEmpty,
      "ledger": report.ledger.map {
        [
          "behavior": $0.behavior.shown(), "attempts": $0.attempts, "units": $0.units,
          "missing": $0.missing, "share": Format.percent($0.share),
          "level": Format.percent($0.nextLevel),
        ] as Values
      },
      "attempts": attempts.map { attempt in
        let outcome =
          attempt.passed.map {
            $0 ? ("passed", "✓", "every behavior is shown") : ("failed", "✗", "not shown")
          }
          ?? ("open", "…", "open")
        return [
          "number": attempt.number, "checkpoint": attempt.checkpoint, "level": Self.levels(attempt),
          "key": outcome.0, "mark": outcome.1, "outcome": outcome.2,
          "firstEvent": attempt.firstEvent, "lastEvent": attempt.lastEvent,
        ] as Values
      },
      "claims": (attempts.last?.claims ?? []).map { claim in
        [
          "behavior": claim.behavior.shown(), "target": Format.target(claim.target),
          "units": claim.units,
          "failures": claim.maximumFailures < 0
            ? "cannot pass" : Format.count(claim.maximumFailures, "failure"),
          "level": Format.percent(claim.level),
        ] as Values
      },
    ]
  }

  private static func levels(_ attempt: AttemptRow) -> String {
    guard let least = attempt.levels.first, let most = attempt.levels.last else { return "–" }
    return least == most
      ? Format.percent(most) : "\(Format.percent(least)) to \(Format.percent(most))"
  }

  private var attemptsNote: String {
    let budget = Format.percent(1 - report.run.confidence)
    let promise =
      "Each certificate is false with a probability of at most \(budget), whatever was tried "
      + "before: attempt after attempt takes a smaller share of that budget."
    guard let next = report.nextLevels else { return promise }
    let level =
      next.lowerBound == next.upperBound
      ? Format.percent(next.lowerBound)
      : "\(Format.percent(next.lowerBound)) to \(Format.percent(next.upperBound))"
    let made =
      report.attempts.isEmpty
      ? "None was made in this run" : "One bit left each attempt of this run"
    return "\(promise) \(made); when it ended, the next one would have tested each behavior at a "
      + "level of \(level)."
  }
}

extension RoundRow.Result {
  var mark: String {
    switch self {
    case .accepted: "✓"
    case .rejected, .untuned: "✗"
    case .open: "…"
    }
  }
}
