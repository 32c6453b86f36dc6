public import Statistics
public import Suites

/// What one checkpoint did on the units of one role: all behaviors, one example per cluster.
public struct Measurement: Sendable, Hashable, Codable {
  public var checkpoint: Checkpoint
  /// In order of name.
  public var behaviors: [BehaviorMeasurement]
  /// Whether the probabilities that the model gave its replies came true, over all units; nil where
  /// it gave none.
  public var calibration: Calibration?

  public init(
    checkpoint: Checkpoint, behaviors: [BehaviorMeasurement], calibration: Calibration? = nil
  ) {
    self.checkpoint = checkpoint
    self.behaviors = behaviors
    self.calibration = calibration
  }

  public subscript(behavior name: String) -> BehaviorMeasurement? {
    behaviors.first { $0.behavior == name }
  }
}

/// The grades of one behavior, kept as the failures among `trials` independent units.
public struct BehaviorMeasurement: Sendable, Hashable, Codable {
  public var behavior: String
  /// Units graded; 0 is legal and says nothing.
  public var trials: Int
  /// In order of example id.
  public var failures: [Failure]
  /// The others, in order of example id; nil in runs from before they were written down.
  public var passed: [Pass]?

  public init(behavior: String, trials: Int, failures: [Failure], passed: [Pass]? = nil) {
    self.behavior = behavior
    self.trials = trials
    self.failures = failures
    self.passed = passed
  }

  public var passes: Int { trials - failures.count }

  /// The share that passed; nil without a trial.
  public var passRate: Double? { trials == 0 ? nil : Double(passes) / Double(trials) }

  /// The two-sided error bar to show (Wilson). Never a bound to certify with.
  public func errorBar(confidence: Double) -> Interval {
    .wilson(successes: passes, trials: trials, alpha: 1 - confidence)
  }

  package var failed: Set<String> { Set(failures.map(\.example)) }
}

/// One unit that did not pass.
public struct Failure: Sendable, Hashable, Codable {
  /// The example's id.
  public var example: String
  public var expected: Expectation
  /// The label given instead; nil where there was no usable reply.
  public var reply: String?
  /// The probability that the model gave its reply, a fraction in [0, 1].
  public var probability: Double
  /// That probability less the runner-up's; nil where it is not known.
  public var margin: Double?

  public init(
    example: String, expected: Expectation, reply: String?, probability: Double,
    margin: Double? = nil
  ) {
    self.example = example
    self.expected = expected
    self.reply = reply
    self.probability = probability
    self.margin = margin
  }

  /// The failure of an example that expects a label.
  public init(
    example: String, expected label: String, reply: String?, probability: Double,
    margin: Double? = nil
  ) {
    self.init(
      example: example, expected: .label(label), reply: reply, probability: probability,
      margin: margin)
  }
}

/// One unit that passed.
public struct Pass: Sendable, Hashable, Codable {
  /// The example's id.
  public var example: String
  /// The label given, where what is expected leaves that open; nil where it is the label expected.
  public var reply: String?
  /// The probability that the model gave its reply, a fraction in [0, 1], to a millionth.
  public var probability: Double

  public init(example: String, reply: String? = nil, probability: Double) {
    self.example = example
    self.reply = reply
    self.probability = (probability * 1e6).rounded() / 1e6
  }
}

/// The three outcomes of holding evidence against a target.
public enum Verdict: Sendable, Hashable {
  case satisfied
  case violated
  /// Neither shown; `needing` more independent examples would decide it at the planned power.
  case undecided(needing: Int)
}
