public import Foundation
public import Suites

/// What a run is doing at this moment: the content of `.hone/progress.json`.
///
/// Only for people to look at. It may be some tenths of a second old, and nothing is decided by it;
/// what has happened is in the events.
public struct LiveProgress: Sendable, Hashable, Codable {
  /// Version of the file.
  public var hone = 1
  /// The process that is at work.
  public var process: Int32
  /// When it began; a run that is gone on with began earlier.
  public var started: Date
  /// When this was written.
  public var updated: Date
  /// The run's number; nil while texts are readied, before it is opened.
  public var run: Int?
  /// The round at work, or the last one; 0 before the first candidate.
  public var round: Int
  /// Candidates at most.
  public var rounds: Int
  /// The rung of the round's candidate; nil before there is one.
  public var rung: Rung?
  /// E.g. "measuring", or "tuning lora (learning rate 0.001), epoch 2 of 8".
  public var activity: String
  /// What is counted, e.g. "texts"; nil, like `done` and `total`, where nothing is.
  public var unit: String?
  public var done: Int?
  public var total: Int?
  /// Since the activity began.
  public var secondsElapsed: Double
  /// Units per second; nil where there is nothing to tell it by.
  public var rate: Double?
  /// Until the activity is through, at that rate.
  public var secondsLeft: Double?
  /// Of the time budget; nil where there is none.
  public var budgetSecondsLeft: Double?
  /// The measurement that is being made.
  public var measurement: MeasurementSoFar?

  public init(
    process: Int32, started: Date, updated: Date, run: Int? = nil, round: Int = 0, rounds: Int,
    rung: Rung? = nil, activity: String, unit: String? = nil, done: Int? = nil, total: Int? = nil,
    secondsElapsed: Double = 0, rate: Double? = nil, secondsLeft: Double? = nil,
    budgetSecondsLeft: Double? = nil, measurement: MeasurementSoFar? = nil
  ) {
    self.process = process
    self.started = started
    self.updated = updated
    self.run = run
    self.round = round
    self.rounds = rounds
    self.rung = rung
    self.activity = activity
    self.unit = unit
    self.done = done
    self.total = total
    self.secondsElapsed = secondsElapsed
    self.rate = rate
    self.secondsLeft = secondsLeft
    self.budgetSecondsLeft = budgetSecondsLeft
    self.measurement = measurement
  }
}

extension SuiteWorkspace {
  /// Where a run says what it is doing.
  public var progress: URL { hidden.appendingPathComponent("progress.json") }

  /// What the run at work here is doing; nil where none is. Cheap enough to ask ten times a second.
  ///
  /// What a killed run left is not taken for a living one: nobody has hold of the suite then, and
  /// who takes it removes the file.
  public func liveProgress() -> LiveProgress? {
    guard isHeld, let data = try? Data(contentsOf: progress) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let live = try? decoder.decode(LiveProgress.self, from: data)
    return live?.hone == 1 ? live : nil
  }
}
