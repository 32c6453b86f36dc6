import Foundation
import Reports
package import Suites
package import Tuning

/// The runs of a suite, for people and for programs.
package struct HistoryReport: Encodable {
  var runs: [RunRow]

  struct RunRow: Encodable {
    var number: Int
    /// `certified`, `violated`, `undecided`, `infeasible`, or `unfinished`.
    var outcome: String
    var began: Date?
    /// Of one of several runs under different seeds; nil else.
    var seed: UInt64?
    /// Behaviors that the checkpoint where it began was certified for.
    var certifiedAtStart: [String]
    var attempts: [AttemptRow]
    var steps: [StepRow]
  }

  struct AttemptRow: Encodable {
    var number: Int
    var checkpoint: String
    /// nil while it is open.
    var passed: Bool?
  }

  /// Where a run began, or one of its rounds.
  struct StepRow: Encodable {
    /// 0 where the run began.
    var round: Int
    var rung: Rung?
    /// nil where no candidate came of the round.
    var checkpoint: String?
    /// `start`, `accepted`, `rejected`, `untuned`, or `open`.
    var decision: String
    /// Why it was proposed.
    var proposal: String?
    /// Why it was decided so.
    var reason: String?
    var isCertified: Bool
    /// On `dev`.
    var behaviors: [BehaviorRow]
    /// Where a guard regressed, the units of `dev` that it lost; nil else.
    var broken: [BrokenRow]?
  }

  /// A unit of `dev` that passed before and fails at a candidate that was rejected for it.
  struct BrokenRow: Encodable {
    var behavior: String
    /// Its id.
    var example: String
    var expected: Expectation
    /// What the candidate answered.
    var reply: String?
    /// Where it stands, and its text; nil where the suite has it no longer.
    var location: SourceLocation?
    var text: String?
  }

  struct BehaviorRow: Encodable {
    var behavior: String
    var passes: Int
    var trials: Int
    /// Units that pass here and failed at the champion before, and the other way round.
    var gained: Int
    var lost: Int
  }

  package init(_ history: RunHistory) {
    runs = history.runs.map(RunRow.init)
  }

  /// Whether it names examples, whose texts only the suite has.
  var namesExamples: Bool {
    runs.contains { $0.steps.contains { $0.broken?.isEmpty == false } }
  }

  /// Tells where the examples that it names stand, and what they say.
  package mutating func locate(in suite: Suite) {
    let known = Dictionary(
      suite.behaviors.lazy.flatMap(\.examples).map { ($0.id, $0) },
      uniquingKeysWith: { one, _ in one })
    for run in runs.indices {
      for step in runs[run].steps.indices {
        runs[run].steps[step].broken = runs[run].steps[step].broken?.map { row in
          var row = row
          row.location = known[row.example]?.locations.first
          row.text = known[row.example]?.input
          return row
        }
      }
    }
  }
}

extension HistoryReport.RunRow {
  init(_ run: RunHistory.Run) {
    let summary = run.summary
    number = run.number
    began = run.began
    seed = summary.header.flatMap { $0.isOfSeveral == true ? $0.seed : nil }
    outcome =
      switch summary.outcome {
      case .satisfied: "certified"
      case .unsatisfied(_, _, let violated): violated.isEmpty ? "undecided" : "violated"
      case .infeasible: "infeasible"
      case nil: "unfinished"
      }
    certifiedAtStart = summary.header?.settings.behaviors.filter(\.isCertified).map(\.name) ?? []
    attempts = summary.attempts.map {
      HistoryReport.AttemptRow(
        number: $0.record.number, checkpoint: $0.record.checkpoint.id, passed: $0.passed)
    }
    let certified = Set(
      summary.attempts.filter { $0.passed == true }.map(\.record.checkpoint.id))
    steps = []
    if let header = summary.header {
      steps.append(
        HistoryReport.StepRow(
          round: 0, rung: header.base.rung, checkpoint: header.base.id, decision: "start",
          proposal: nil, reason: nil, isCertified: certified.contains(header.base.id),
          behaviors: HistoryReport.rows(summary.base, flips: [])))
    }
    steps += summary.rounds.map { round in
      let id = round.tuned?.checkpoint.id
      return HistoryReport.StepRow(
        round: round.plan.round, rung: round.plan.rung, checkpoint: id,
        decision: round.failure != nil
          ? "untuned" : round.decision.map { $0.accepts ? "accepted" : "rejected" } ?? "open",
        proposal: round.plan.reason,
        reason: round.failure?.reason ?? round.decision.map(DecisionText.reason),
        isCertified: id.map(certified.contains) ?? false,
        behaviors: HistoryReport.rows(round.measurement, flips: round.decision?.flips ?? []),
        broken: HistoryReport.broken(in: round))
    }
  }
}

extension HistoryReport {
  fileprivate static func broken(in round: RunSummary.Round) -> [BrokenRow]? {
    guard let (name, failures) = round.broken else { return nil }
    return failures.map {
      BrokenRow(behavior: name, example: $0.example, expected: $0.expected, reply: $0.reply)
    }
  }

  fileprivate static func rows(
    _ measurement: Tuning.Measurement?, flips: [Decision.Flips]
  ) -> [BehaviorRow] {
    (measurement?.behaviors ?? []).map { behavior in
      let flips = flips.first { $0.behavior == behavior.behavior }
      return BehaviorRow(
        behavior: behavior.behavior, passes: behavior.passes, trials: behavior.trials,
        gained: flips?.gained ?? 0, lost: flips?.lost ?? 0)
    }
  }
}
