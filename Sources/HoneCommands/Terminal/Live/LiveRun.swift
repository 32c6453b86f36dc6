import Statistics
import Suites
package import Tuning

/// What the live block shows: a run folded from its events, and what it is doing.
package struct LiveRun: Sendable {
  package private(set) var summary = RunSummary([RunEvent]())
  /// Nil before the run is at work.
  package var progress: LiveProgress?
  /// Of each behavior, as the champion is; empty before there is one.
  private var chances: [String: Double] = [:]

  package init() {}

  package mutating func take(_ stamped: StampedEvent) {
    if case .started = stamped.event { self = LiveRun() }
    let before = summary.champion
    summary.fold(stamped.event, at: stamped.time)
    guard let champion = summary.champion, champion != before,
      let settings = summary.settingsAtEnd
    else { return }
    chances = Chances(of: champion, behaviors: settings.behaviors).behaviors
  }

  /// The behaviors of one run, as they are shown, in order of name.
  var rows: [Row] {
    guard let settings = summary.header?.settings else { return [] }
    let focus = openRound?.plan.focus ?? [:]
    return settings.behaviors.map { behavior in
      Row(
        behavior: behavior.name, target: behavior.target,
        champion: summary.champion?[behavior: behavior.name].map {
          Grades($0, confidence: settings.confidence)
        },
        candidate: candidate(behavior.name, confidence: settings.confidence),
        isFocus: (focus[behavior.name] ?? 1) > 1,
        chance: chances[behavior.name] ?? 0)
    }
  }

  /// One behavior: what the champion did, and what the candidate on trial does.
  struct Row: Sendable, Hashable {
    var behavior: String
    var target: Double
    var champion: Grades?
    /// Nil before its first reply.
    var candidate: Grades?
    var isFocus: Bool
    /// Of being shown by the next attempt, at the champion.
    var chance: Double
  }

  /// Passes among the units graded so far.
  struct Grades: Sendable, Hashable {
    var passes: Int
    var trials: Int
    /// Two-sided, at the confidence of the suite.
    var errorBar: Interval

    init?(_ soFar: BehaviorSoFar) {
      if soFar.trials == 0 { return nil }
      (passes, trials, errorBar) = (soFar.passes, soFar.trials, soFar.errorBar)
    }

    init(_ measured: BehaviorMeasurement, confidence: Double) {
      (passes, trials) = (measured.passes, measured.trials)
      errorBar = measured.errorBar(confidence: confidence)
    }
  }

  /// The round whose candidate is not decided on.
  private var openRound: RunSummary.Round? {
    summary.rounds.last.flatMap { $0.decision == nil && $0.failure == nil ? $0 : nil }
  }

  private func candidate(_ name: String, confidence: Double) -> Grades? {
    if let measurement = progress?.measurement {
      return measurement[behavior: name].flatMap(Grades.init)
    }
    return openRound?.measurement?[behavior: name].map { Grades($0, confidence: confidence) }
  }
}
