public import Suites

/// What one rung of the ladder did for a run, on `dev`.
public struct RungEffect: Sendable, Hashable {
  public let rung: Rung
  /// Rounds whose candidate owes its encoder to this rung, heads refined on it included.
  public let rounds: Int
  /// Those of them of which no candidate came.
  public let untuned: Int
  /// Why none came of the last of those.
  public let failure: TuningFailure?
  /// Of the candidate with the best chance of certifying, the last one where there are several.
  public let best: Measurement?
  /// That chance, jointly for all behaviors.
  public let chance: Double?
  /// nil where no times are known.
  public let duration: Duration?

  /// The rungs that a run came to, cheap ones first.
  public static func all(in summary: RunSummary) -> [RungEffect] {
    Rung.allCases.compactMap { rung in
      let rounds = summary.rounds.filter { $0.level == rung }
      return rounds.isEmpty ? nil : RungEffect(rung, rounds)
    }
  }

  private init(_ rung: Rung, _ rounds: [RunSummary.Round]) {
    self.rung = rung
    self.rounds = rounds.count
    untuned = rounds.count { $0.failure != nil }
    failure = rounds.compactMap(\.failure).last
    let best = rounds.filter { $0.decision != nil }.max {
      ($0.decision?.candidateChance ?? 0) < ($1.decision?.candidateChance ?? 0)
    }
    self.best = best?.measurement
    chance = best?.decision?.candidateChance
    let durations = rounds.compactMap(\.duration)
    duration = durations.isEmpty ? nil : durations.reduce(.zero, +)
  }
}
