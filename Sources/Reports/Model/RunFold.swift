import Foundation
import Suites
import Tuning

/// A run folded from its events, with the place of each measurement, decision and attempt in the
/// stream.
struct RunFold {
  var summary: RunSummary
  /// Where the run began, as `dev` shows it.
  var start: Placed?
  /// The champion as it was measured last.
  var champion: Placed?
  /// Round by round: the events from its plan to its decision.
  var rounds: [Int: ClosedRange<Int>] = [:]
  /// By round: what a rejected candidate failed of the guard that it broke, and the champion did not.
  var broken: [Int: [Failure]] = [:]
  /// Attempts, in the order in which they were made: the events that began and ended them.
  var attempts: [ClosedRange<Int>] = []

  /// A measurement with its event.
  struct Placed {
    var event: Int
    var measurement: Tuning.Measurement
  }

  init(_ events: [StampedEvent]) {
    summary = RunSummary([RunEvent]())
    var candidate: Placed?
    var round = 0
    for stamped in events {
      let place = stamped.sequence
      switch stamped.event {
      case .measured(let measurement):
        let placed = Placed(event: place, measurement: measurement)
        let isOfRound = summary.rounds.last.map { $0.decision == nil && $0.failure == nil } ?? false
        if start == nil {
          (start, champion) = (placed, placed)
        } else if isOfRound {
          candidate = placed
        } else {
          champion = placed
        }
      case .proposed(let plan):
        round = plan.round
        rounds[round] = place...place
      case .accepted:
        champion = candidate ?? champion
      case .rejected(let decision):
        broken[round] = Self.broken(decision, candidate: candidate, champion: champion)
      case .attemptBegun:
        attempts.append(place...place)
      case .attemptConcluded:
        if let last = attempts.popLast() { attempts.append(last.lowerBound...place) }
      default: break
      }
      if let began = rounds[round]?.lowerBound, Self.isOfRound(stamped.event) {
        rounds[round] = began...place
      }
      summary.fold(stamped.event, at: stamped.time)
    }
  }

  private static func broken(
    _ decision: Decision, candidate: Placed?, champion: Placed?
  ) -> [Failure]? {
    guard case .guardRegressed(let behavior, _, _) = decision.reason,
      let now = candidate?.measurement[behavior: behavior]
    else { return nil }
    let before = Set(
      (champion?.measurement[behavior: behavior]?.failures ?? []).map(\.example))
    return now.failures.filter { !before.contains($0.example) }
  }

  private static func isOfRound(_ event: RunEvent) -> Bool {
    switch event {
    case .measured, .tuned, .untuned, .accepted, .rejected: true
    default: false
    }
  }
}
