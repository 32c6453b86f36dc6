import Suites
package import Tuning

/// Does it hold, how sure is that, and what comes next.
public struct RunVerdict: Sendable, Encodable {
  public var outcome: Outcome
  /// A few words.
  public var headline: String
  /// One sentence that says why.
  public var sentence: String
  /// The behaviors that it names, as many as there are.
  public var named: [String]
  /// Behaviors that are certified, or likely to be by the next attempt.
  public var held: Int
  public var of: Int
  /// How sure that is, in words.
  public var certainty: String
  /// What to do, the likeliest to help first.
  public var next: [String]
  /// Joint chance that the next attempt certifies, from `dev`; nil where there is none to come.
  public var chance: Double?

  public enum Outcome: String, Sendable, Encodable {
    case certified
    /// Some behavior is shown to be below its target.
    case violated
    case undecided
    /// Not even without a failure could it be shown.
    case infeasible
    case running
    case interrupted

    /// - Parameters:
    ///   - ended: Nil where the run has not.
    ///   - isAtWork: Whether a process works on it.
    package init(_ ended: Tuning.Outcome?, isAtWork: Bool) {
      self =
        switch ended {
        case .satisfied: .certified
        case .unsatisfied(_, _, let violated): violated.isEmpty ? .undecided : .violated
        case .infeasible: .infeasible
        case nil: isAtWork ? .running : .interrupted
        }
    }

    package var headline: String {
      switch self {
      case .certified: "Certified"
      case .violated: "Below target"
      case .undecided: "Not certified"
      case .infeasible: "Cannot be shown"
      case .running: "At work"
      case .interrupted: "Interrupted"
      }
    }
  }

  init(_ fold: RunFold, diagnosis: Diagnosis?, isClosed: Bool, _ context: RunReport.Context) {
    let summary = fold.summary
    let behaviors = summary.header?.settings.behaviors ?? []
    of = behaviors.count
    let likely = diagnosis?.behaviors.count(where: \.isLikelyShown) ?? 0
    held = likely
    let joint = summary.settingsAtEnd.flatMap { settings in
      fold.champion.map { Chances(of: $0.measurement, behaviors: settings.behaviors).joint }
    }
    chance = joint
    let confidence = Format.percent(summary.header?.settings.confidence ?? 0.95)
    let rounds = Format.count(summary.rounds.count, "round")
    let attempts =
      summary.attempts.isEmpty
      ? "no attempt was made" : Format.count(summary.attempts.count, "attempt") + " made"
    certainty =
      "Nothing is claimed yet. From dev, the next attempt would show every behavior with chance "
      + (joint.map(Format.chance) ?? "unknown") + "."
    next = []
    named = []
    outcome = Outcome(summary.outcome, isAtWork: context.isAtWork && !isClosed)
    headline = outcome.headline
    switch summary.outcome {
    case .satisfied:
      held = of
      chance = nil
      sentence =
        "Every behavior passes at least at its target, after \(rounds) and "
        + "\(Format.count(summary.attempts.count, "attempt"))."
      certainty =
        "\(confidence) for all of them together, whatever was tried before: shown on sealed "
        + "examples that nothing was chosen on."
      next = [
        "Commit hone.lock and certificate.json.",
        "Run `hone test` in CI: it replays these behaviors and fails when one gets worse.",
      ]
    case .unsatisfied(_, let reason, let violated):
      named = violated
      sentence = "\(Self.ended(reason, rounds: rounds)); \(attempts)."
    case .infeasible(let names):
      named = names
      sentence =
        "There are too few sealed examples to show every behavior even without a failure, so "
        + "nothing was tried."
      certainty = "Nothing was measured, and nothing was spent."
      next = ["Run `hone plan`: it names how many examples are missing, and what else would do."]
    case nil where outcome == .interrupted:
      sentence = "The run stopped in round \(summary.rounds.count); \(attempts)."
      next = ["Run `hone train` again: it goes on from the last event."]
    case nil:
      let most = summary.header?.settings.rounds ?? 0
      sentence =
        summary.rounds.isEmpty
        ? "Measuring where it begins." : "Round \(summary.rounds.count) of \(most); \(attempts)."
    }
    if outcome == .undecided || outcome == .violated, let diagnosis {
      next = diagnosis.remedies.map(\.text)
      if next.isEmpty { next = diagnosis.advice.map(\.sentence) }
      if next.isEmpty { next = Self.fallback(summary, diagnosis: diagnosis) }
    }
  }

  private static func ended(_ reason: EndReason, rounds: String) -> String {
    switch reason {
    case .rounds: "The budget of \(rounds) is spent"
    case .plateau: "After \(rounds) no candidate gets further"
    case .time: "The time is up after \(rounds)"
    }
  }

  /// Where no remedy has a number that speaks for it: what ended the run, and the worst behavior.
  private static func fallback(_ summary: RunSummary, diagnosis: Diagnosis) -> [String] {
    var next: [String] = []
    if case .unsatisfied(_, let reason, _)? = summary.outcome {
      switch reason {
      case .rounds:
        next.append("Give it more rounds: `hone train --rounds`, or the suite's budget.")
      case .time: next.append("Give it more time: `hone train --budget`, or the suite's budget.")
      case .plateau: break
      }
    }
    if let worst = diagnosis.behaviors.first, let advice = worst.advice.first {
      next.append("\(worst.name): \(advice)")
    }
    return next
  }

  /// The behaviors that are to blame, as a sentence; nil where none is.
  ///
  /// - Parameter quote: Makes a name fit for where it is shown.
  func blame(_ quote: (String) -> String) -> String? {
    guard !named.isEmpty else { return nil }
    let quoted = named.map(quote)
    let names = quoted.count > 4 ? Format.few(quoted, most: 4) : Format.list(quoted)
    return outcome == .infeasible ? "Too few for: \(names)." : "Below the target: \(names)."
  }
}
