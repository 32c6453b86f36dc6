import Foundation
import Suites
import Synchronization

/// Knows what a run is doing at this moment, for those who watch it: a terminal, and the file that a
/// dashboard reads.
///
/// For one run at a time. The trainer is given `note(_:)` as its `onProgress`, the run tells the rest, and
/// whoever watches asks `progress()`. Nothing of it changes what the run does.
public final class RunMonitor: Sendable {
  private let state = Mutex(State())
  private let onProgress: @Sendable (RunProgress) -> Void

  private struct State {
    var began: (date: Date, rounds: Int)?
    var run: Int?
    var round = 0
    var rung: Rung?
    var deadline: ContinuousClock.Instant?
    var work = WorkProgress(activity: "preparing", unit: "", done: 0, total: 0)
    var workBegan = ContinuousClock.now
    /// When all of it was done.
    var workEnded: ContinuousClock.Instant?
    var measurement: MeasurementSoFar?
    /// Whether replies are being asked for: what a trainer does then is part of that.
    var isMeasuring = false
    var changes = 0

    mutating func set(_ work: WorkProgress) {
      let goesOn =
        work.activity == self.work.activity && work.total == self.work.total
        && work.done >= self.work.done
      if !goesOn { workBegan = .now }
      workEnded = work.done >= work.total && work.total > 0 ? .now : nil
      self.work = work
      changes += 1
    }

    mutating func set(_ activity: String) {
      set(WorkProgress(activity: activity, unit: "", done: 0, total: 0))
    }
  }

  /// - Parameter onProgress: Told at once, on whatever thread it happens; must be quick.
  public init(onProgress: @escaping @Sendable (RunProgress) -> Void = { _ in }) {
    self.onProgress = onProgress
  }

  // MARK: - Watching

  /// What the run is doing; nil before it began and after it ended.
  public func progress() -> LiveProgress? { snapshot()?.progress }

  /// The same with a number that changes when something happens.
  func snapshot() -> (changes: Int, progress: LiveProgress)? {
    state.withLock { state in
      guard let began = state.began else { return nil }
      let work = state.work
      let elapsed = max(
        0, ((state.workEnded ?? .now) - state.workBegan) / .seconds(1))
      let rate = elapsed > 0.2 && work.done > 0 ? Double(work.done) / elapsed : nil
      let isCounted = work.total > 0
      return (
        state.changes,
        LiveProgress(
          process: ProcessInfo.processInfo.processIdentifier, started: began.date,
          updated: Date(), run: state.run, round: state.round, rounds: began.rounds,
          rung: state.rung, activity: work.activity, unit: isCounted ? work.unit : nil,
          done: isCounted ? work.done : nil, total: isCounted ? work.total : nil,
          secondsElapsed: elapsed, rate: rate,
          secondsLeft: rate.map { Double(work.total - work.done) / $0 },
          budgetSecondsLeft: state.deadline.map {
            max(0, ($0 - ContinuousClock.now) / .seconds(1))
          }, measurement: state.measurement)
      )
    }
  }

  // MARK: - Being told

  /// Takes in how far the trainer is.
  public func note(_ work: WorkProgress) {
    let isNews = state.withLock { state in
      if !state.isMeasuring { state.set(work) }
      return !state.isMeasuring
    }
    if isNews { onProgress(.work(work)) }
  }

  func began(at date: Date, rounds: Int) {
    state.withLock { state in
      state = State()
      state.began = (date, rounds)
    }
  }

  func opened(run: Int, deadline: ContinuousClock.Instant?) {
    state.withLock { state in
      state.run = run
      state.deadline = deadline
      state.changes += 1
    }
  }

  /// Takes in what is about to be done.
  func begins(_ action: TuningLoop.Action) {
    state.withLock { state in
      switch action {
      case .measure: state.set("measuring")
      case .tune(_, let plan): state.set("tuning \(plan.rung.rawValue)")
      case .concludeAttempt(let attempt):
        state.set("attempt \(attempt.number) on the sealed examples")
      case .propose, .accept, .reject, .beginAttempt, .finish: break
      }
    }
  }

  /// Takes in what happened, in this process or before it.
  func took(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .proposed(let plan):
        state.round = plan.round
        state.rung = plan.rung
      case .measured: state.measurement = nil
      default: return
      }
      state.changes += 1
    }
  }

  /// Takes in how far a measurement is.
  func note(_ soFar: MeasurementSoFar) {
    state.withLock { state in
      state.isMeasuring = soFar.done < soFar.total
      state.measurement = soFar
      state.set(
        WorkProgress(
          activity: "measuring", unit: "replies", done: soFar.done, total: soFar.total))
    }
    onProgress(.measuring(soFar))
  }

  func ended() {
    state.withLock { $0 = State() }
  }
}
