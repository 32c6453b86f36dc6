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
  /// Attempts, in the order in which they were made: the events that began and ended them.
  var attempts: [ClosedRange<Int>] = []

  /// The event that is the study.
  var studied: Int?

  /// A measurement with its event.
  struct Placed {
    var event: Int
    var measurement: Tuning.Measurement
  }

  init(_ events: [StampedEvent]) {
    summary = RunSummary([RunEvent]())
    var last: Placed?
    for stamped in events {
      let place = stamped.sequence
      let before = summary.champion
      summary.fold(stamped.event, at: stamped.time)
      switch stamped.event {
      case .measured(let measurement):
        last = Placed(event: place, measurement: measurement)
      case .proposed(let plan):
        rounds[plan.round] = place...place
      case .attemptBegun:
        attempts.append(place...place)
      case .attemptConcluded:
        if let begun = attempts.popLast() { attempts.append(begun.lowerBound...place) }
      case .studied:
        studied = place
      default: break
      }
      // What was measured last became the champion's, or is where the run began.
      if summary.champion != before { champion = last }
      start = start ?? last
      if Self.isOfRound(stamped.event), let round = summary.rounds.last?.plan.round,
        let began = rounds[round]?.lowerBound
      {
        rounds[round] = began...place
      }
    }
  }

  private static func isOfRound(_ event: RunEvent) -> Bool {
    switch event {
    case .measured, .tuned, .untuned, .accepted, .rejected: true
    default: false
    }
  }
}
