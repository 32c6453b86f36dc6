import Suites
import Tuning

/// A checkpoint with what it did on `dev`.
struct MeasuredCheckpoint: Sendable {
  var run: Int
  /// 0 where the run began.
  var round: Int
  /// `start`, `champion`, `rejected` or `candidate`.
  var standing: String
  var isCertified: Bool
  var measurement: Tuning.Measurement
  var settings: LoopSettings?
  /// Of the suite that it was measured on: its content hash.
  var suite: String?

  var id: String { measurement.checkpoint.id }

  /// `run 3, round 1: head 1cd851145bbcc973 (certified)`
  var label: String {
    let place = round == 0 ? "start" : "round \(round)"
    let rung = measurement.checkpoint.rung?.rawValue ?? "base"
    let note = isCertified ? "certified" : standing == "start" ? "" : standing
    return "run \(run), \(place): \(rung) \(id)" + (note.isEmpty ? "" : " (\(note))")
  }

  /// Those of a run, in the order in which they came; the champion's newest measurement stands for
  /// it.
  static func all(in run: FoldedRun) -> [MeasuredCheckpoint] {
    let summary = run.summary
    let certified = Set(summary.attempts.filter { $0.passed == true }.map(\.record.checkpoint.id))
    func measured(
      _ round: Int, _ standing: String, _ measurement: Tuning.Measurement?
    ) -> MeasuredCheckpoint? {
      guard var measurement else { return nil }
      if let champion = summary.champion, champion.checkpoint.id == measurement.checkpoint.id {
        measurement = champion
      }
      return MeasuredCheckpoint(
        run: run.number, round: round, standing: standing,
        isCertified: certified.contains(measurement.checkpoint.id), measurement: measurement,
        settings: summary.header?.settings, suite: summary.header?.suite)
    }
    let rounds = summary.rounds.map { round in
      let standing =
        round.decision.map { decision in
          decision.accepts ? "accepted" : "rejected"
        } ?? "candidate"
      return measured(round.plan.round, standing, round.measurement)
    }
    return ([measured(0, "start", summary.base)] + rounds).compactMap { $0 }
  }

  /// Those of all runs, each once, as the newest run has it; the newest run first.
  static func all(in runs: [FoldedRun]) -> [MeasuredCheckpoint] {
    var seen: Set<String> = []
    return runs.reversed().flatMap { run in
      all(in: run).reversed().filter { seen.insert($0.id).inserted }.reversed()
    }
  }
}
