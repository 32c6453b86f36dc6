import Suites

/// A measurement that asks for its replies in chunks, each with its share of every behavior, so that
/// all error bars tighten together. What comes out does not depend on the chunks.
struct ChunkedMeasurement: Sendable {
  /// Units whose replies are asked for together: an eighth of all, within bounds.
  ///
  /// An encoder cuts texts into batches of some fifty short ones, which its threads share: with fewer
  /// than 64 texts all but one thread idle, and 256 keep two to four at work and are through several
  /// times a second. What smaller chunks cost is little: `dev` is a small part of what a tuned
  /// encoder embeds.
  private let size: Int

  private(set) var soFar: MeasurementSoFar
  /// Shape [behaviors][units].
  private let examples: [[Example]]
  /// Shape [behaviors][units]; nil where there is none yet.
  private var replies: [[Reply?]]
  private var rest: ArraySlice<Unit>
  private let confidence: Double

  /// A place in `examples`.
  private struct Unit {
    var behavior: Int
    var index: Int
  }

  /// - Parameters:
  ///   - examples: Of each behavior, one per cluster.
  ///   - confidence: Of the error bars on the way.
  init(
    _ checkpoint: Checkpoint, on examples: [(behavior: Behavior, units: [Example])],
    confidence: Double
  ) {
    self.confidence = confidence
    self.examples = examples.map(\.units)
    replies = examples.map { Array(repeating: nil, count: $0.units.count) }
    rest = Self.spread(examples.map(\.units.count))
    size = min(256, max(64, rest.count / 8))
    soFar = MeasurementSoFar(
      checkpoint: checkpoint, role: .dev,
      behaviors: examples.map {
        BehaviorSoFar(
          behavior: $0.behavior.name, passes: 0, trials: 0, total: $0.units.count,
          target: $0.behavior.target, confidence: confidence)
      })
  }

  /// The next prompts to ask; empty where all are answered.
  var next: [Prompt] {
    rest.prefix(size).map { Prompt(examples[$0.behavior][$0.index].input) }
  }

  /// Takes in the replies to `next`, in its order.
  mutating func take(_ answers: [Reply]) {
    let asked = rest.prefix(size)
    precondition(answers.count == asked.count, "a model answers every prompt")
    var grades = soFar.behaviors.map { (passes: $0.passes, trials: $0.trials) }
    for (unit, answer) in zip(asked, answers) {
      replies[unit.behavior][unit.index] = answer
      let example = examples[unit.behavior][unit.index]
      grades[unit.behavior].trials += 1
      if LabelGrader.failures(of: [answer], to: [example]).isEmpty {
        grades[unit.behavior].passes += 1
      }
    }
    soFar.behaviors = zip(soFar.behaviors, grades).map {
      BehaviorSoFar(
        behavior: $0.behavior, passes: $1.passes, trials: $1.trials, total: $0.total,
        target: $0.target, confidence: confidence)
    }
    rest = rest.dropFirst(asked.count)
  }

  /// The whole, once nothing is left to ask.
  var measurement: Measurement {
    precondition(rest.isEmpty, "every unit has a reply")
    var measured: [BehaviorMeasurement] = []
    var stated = StatedProbabilities()
    for (place, examples) in examples.enumerated() {
      let replies = replies[place].compactMap(\.self)
      stated.add(replies, to: examples)
      measured.append(
        BehaviorMeasurement(
          behavior: soFar.behaviors[place].behavior, trials: examples.count,
          failures: LabelGrader.failures(of: replies, to: examples),
          passed: LabelGrader.passes(of: replies, to: examples)))
    }
    return Measurement(
      checkpoint: soFar.checkpoint, behaviors: measured, calibration: stated.calibration)
  }

  /// All units in an order in which every behavior is through at the same rate.
  private static func spread(_ counts: [Int]) -> ArraySlice<Unit> {
    let units = counts.enumerated().flatMap { behavior, count in
      (0..<count).map { index in
        (place: (Double(index) + 0.5) / Double(count), Unit(behavior: behavior, index: index))
      }
    }
    return units.sorted { ($0.place, $0.1.behavior) < ($1.place, $1.1.behavior) }.map(\.1)[...]
  }
}
