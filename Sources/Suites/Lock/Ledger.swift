/// The attempts made on sealed examples, and the error budget left. Part of `hone.lock`.
///
/// Only the record: when an attempt may be made, and what it costs, is decided elsewhere.
public struct Ledger: Sendable, Hashable, Codable {
  public var pools: [Pool]
  /// In the order in which they were made.
  public var attempts: [Attempt]

  public init(pools: [Pool] = [], attempts: [Attempt] = []) {
    self.pools = pools
    self.attempts = attempts
  }

  public var isEmpty: Bool { pools.isEmpty && attempts.isEmpty }
}

/// The sealed examples of one behavior, as attempts have drawn on them.
public struct Pool: Sendable, Hashable, Codable {
  /// The behavior's name at the time.
  public var name: String
  /// The error probability counted from: attempt k is made at `budget`·6/(π²k²).
  public var budget: Double
  /// Attempts since the budget was set.
  public var spent: Int
  /// The ids of all examples ever graded in it, sorted.
  public var exposed: [String]

  public init(name: String, budget: Double, spent: Int = 0, exposed: [String] = []) {
    self.name = name
    self.budget = budget
    self.spent = spent
    self.exposed = exposed.sorted()
  }
}

/// One try at certifying a checkpoint, recorded before its first sealed reply is computed.
public struct Attempt: Sendable, Hashable, Codable {
  /// Counted from 1.
  public var number: Int
  public var checkpoint: String
  /// Hash of checkpoint, examples and targets: the same again replays the outcome.
  public var key: String
  /// The key of the run that made it: a run that finds its own attempts takes the same way again.
  public var run: String
  public var pools: [AttemptPool]
  public var outcome: Outcome

  public init(
    number: Int, checkpoint: String, key: String, run: String = "", pools: [AttemptPool],
    outcome: Outcome = .open
  ) {
    self.number = number
    self.checkpoint = checkpoint
    self.key = key
    self.run = run
    self.pools = pools
    self.outcome = outcome
  }

  /// The one bit that leaves an attempt.
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Charged, and not decided yet.
    case open
    case passed
    case failed
  }
}

/// What one attempt claims of one behavior.
public struct AttemptPool: Sendable, Hashable, Codable {
  public var behavior: String
  /// Independent units counted, those that are missing included.
  public var trials: Int
  /// The most failures with which the test passes; -1 where it cannot.
  public var maximumFailures: Int
  public var target: Double
  /// The error probability at which the test is made.
  public var level: Double
  /// The attempt's number on this pool since its budget was set, from 1.
  public var index: Int
  /// Units of earlier attempts that are gone or were changed; each counts as a failure.
  public var missing: Int
  /// The budget that `index` counts from, as it was before the attempt.
  public var budget: Double

  public init(
    behavior: String, trials: Int, maximumFailures: Int, target: Double, level: Double, index: Int,
    missing: Int = 0, budget: Double
  ) {
    self.behavior = behavior
    self.trials = trials
    self.maximumFailures = maximumFailures
    self.target = target
    self.level = level
    self.index = index
    self.missing = missing
    self.budget = budget
  }
}
