public import Foundation
import Suites

/// All runs of a suite, folded: which checkpoint followed which, and what each did to every behavior.
public struct RunHistory: Sendable {
  /// The oldest first.
  public private(set) var runs: [Run] = []
  private var steps: [String: Step] = [:]

  public struct Run: Sendable {
    public var number: Int
    /// False where it was interrupted, or is at work.
    public var isClosed: Bool
    public var began: Date?
    public var summary: RunSummary
    /// In order: where it began, then each champion.
    public var line: [Step]
  }

  /// A checkpoint that was a champion, as it came to be one for the first time.
  public struct Step: Sendable, Hashable {
    public var checkpoint: Checkpoint
    public var run: Int
    /// Counted from 1; 0 where a run began.
    public var round: Int
    /// The champion before it; nil for a base.
    public var parent: Checkpoint?
    /// On `dev`.
    public var measurement: Measurement?
    /// Beside its parent on `dev`.
    public var flips: [Decision.Flips]
    /// Whether an attempt on it passed.
    public var isCertified: Bool
  }

  public init() {}

  /// Takes in a run; runs are added in order of their numbers.
  public mutating func add(number: Int, isClosed: Bool, events: [StampedEvent]) {
    let summary = RunSummary(events)
    var line: [Step] = []
    if let base = summary.header?.base {
      line.append(
        Step(
          checkpoint: base, run: number, round: 0, parent: nil, measurement: summary.base,
          flips: [], isCertified: false))
    }
    for round in summary.rounds {
      guard let decision = round.decision, decision.accepts, let before = line.last else {
        continue
      }
      line.append(
        Step(
          checkpoint: decision.checkpoint, run: number, round: round.plan.round,
          parent: before.checkpoint, measurement: round.measurement, flips: decision.flips,
          isCertified: false))
    }
    for attempted in summary.attempts where attempted.passed == true {
      for index in line.indices where line[index].checkpoint == attempted.record.checkpoint {
        line[index].isCertified = true
      }
    }
    runs.append(
      Run(
        number: number, isClosed: isClosed, began: events.first?.time, summary: summary,
        line: line))
    for step in line { note(step) }
  }

  /// Checkpoints that were measured on `dev` by the end of the run that made a champion, itself
  /// included: what it was chosen from. Nil for a checkpoint that no run had for a champion.
  public func candidates(for checkpoint: String) -> Int? {
    guard let made = steps[checkpoint]?.run else { return nil }
    var measured: Set<String> = []
    for run in runs where run.number <= made {
      if let start = run.summary.base { measured.insert(start.checkpoint.id) }
      for round in run.summary.rounds {
        if let candidate = round.measurement { measured.insert(candidate.checkpoint.id) }
      }
    }
    return max(1, measured.count)
  }

  private mutating func note(_ step: Step) {
    guard var known = steps[step.checkpoint.id] else {
      steps[step.checkpoint.id] = step
      return
    }
    known.isCertified = known.isCertified || step.isCertified
    // A run may begin at a checkpoint that a run before it made, never the other way round.
    if known.parent == nil, known.round == 0 { known.parent = step.parent }
    steps[step.checkpoint.id] = known
  }

  public func step(_ checkpoint: String) -> Step? { steps[checkpoint] }

  /// The champion of the newest run that has one; runs under several seeds leave none.
  public var champion: Step? {
    runs.reversed().lazy.filter { $0.summary.header?.isOfSeveral != true }
      .compactMap { $0.line.last }.first.flatMap { steps[$0.checkpoint.id] }
  }

  /// The checkpoints that led to one, the base first, itself last; empty where it is not known.
  public func lineage(of checkpoint: String) -> [Step] {
    var line: [Step] = []
    var next: String? = checkpoint
    while let id = next, let step = steps[id], !line.contains(where: { $0.checkpoint.id == id }) {
      line.append(step)
      next = step.parent?.id
    }
    return line.reversed()
  }
}
