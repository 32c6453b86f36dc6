public import Foundation
public import Suites

/// A run folded from its events: what every closing table and report starts from.
public struct RunSummary: Sendable, Hashable {
  public private(set) var header: RunHeader?
  /// What the base did on `dev`.
  public private(set) var base: Measurement?
  /// What the champion did on `dev`.
  public private(set) var champion: Measurement?
  public private(set) var rounds: [Round] = []
  public private(set) var attempts: [Attempted] = []
  public private(set) var outcome: Outcome?
  /// What `train` and `dev` show, where the run has ended and the trainer could tell.
  public private(set) var study: TrainingStudy?

  /// One pass of the loop.
  public struct Round: Sendable, Hashable {
    public var plan: TuningPlan
    public var tuned: TunedCheckpoint?
    /// Why no candidate came of it.
    public var failure: TuningFailure?
    public var measurement: Measurement?
    public var decision: Decision?
    /// The rung that made the encoder of its candidate; nil where it is the base's.
    public var encoder: Rung?
    /// From the plan to the decision; nil while it lasts, and where no times are known.
    public var duration: Duration?

    fileprivate var began: Date?

    /// The rung that the candidate owes what it can to: a head counts to the rung that made its
    /// encoder.
    public var level: Rung { encoder ?? plan.rung }

    /// Where it was rejected for a guard that regressed: the units of `dev` that the guard lost.
    public var broken: (behavior: String, failures: [Failure])? {
      guard case .guardRegressed(let name, _, _)? = decision?.reason else { return nil }
      let lost = Set(decision?.broken ?? [])
      let failures = measurement?[behavior: name]?.failures ?? []
      return (name, failures.filter { lost.contains($0.example) })
    }
  }

  /// One attempt with its bit; nil while it is open.
  public struct Attempted: Sendable, Hashable {
    public var record: AttemptRecord
    public var passed: Bool?
  }

  /// The settings with the pools as the run left them.
  public var settingsAtEnd: LoopSettings? {
    guard var settings = header?.settings else { return nil }
    for attempt in attempts {
      settings.charge()
      settings.settle(passed: attempt.passed ?? false)
    }
    return settings
  }

  /// The rung that made the champion's encoder.
  private var encoder: Rung?

  public init(_ events: some Sequence<RunEvent>) {
    for event in events { fold(event) }
  }

  public init(_ events: some Sequence<StampedEvent>) {
    for stamped in events { fold(stamped.event, at: stamped.time) }
  }

  /// - Parameter time: When it happened, where that is known.
  public mutating func fold(_ event: RunEvent, at time: Date? = nil) {
    switch event {
    case .started(let header):
      self.header = header
      encoder = header.base.rung.flatMap { $0.changesEncoder ? $0 : nil }
    case .measured(let measurement):
      if base == nil {
        base = measurement
        champion = measurement
      } else if let last = rounds.last, last.decision == nil, last.failure == nil {
        rounds[rounds.count - 1].measurement = measurement
      } else {
        // The champion once more, on what a failed attempt moved to `dev`.
        champion = measurement
      }
    case .proposed(let plan):
      rounds.append(
        Round(
          plan: plan, encoder: plan.rung.changesEncoder ? plan.rung : encoder, began: time))
    case .tuned(let tuned):
      rounds[rounds.count - 1].tuned = tuned
    case .untuned(let failure):
      rounds[rounds.count - 1].failure = failure
      endRound(at: time)
    case .accepted(let decision):
      rounds[rounds.count - 1].decision = decision
      champion = rounds[rounds.count - 1].measurement
      encoder = rounds[rounds.count - 1].encoder
      endRound(at: time)
    case .rejected(let decision):
      rounds[rounds.count - 1].decision = decision
      endRound(at: time)
    case .attemptBegun(let record):
      attempts.append(Attempted(record: record))
    case .attemptConcluded(let passed):
      attempts[attempts.count - 1].passed = passed
    case .timeUp:
      break
    case .finished(let outcome):
      self.outcome = outcome
    case .studied(let study):
      self.study = study
    }
  }

  private mutating func endRound(at time: Date?) {
    guard let time, let began = rounds[rounds.count - 1].began else { return }
    rounds[rounds.count - 1].duration = .seconds(time.timeIntervalSince(began))
  }
}
