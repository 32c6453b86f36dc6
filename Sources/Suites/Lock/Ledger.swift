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
public struct Pool: Sendable, Hashable, Codable, Identifiable {
  /// Counted from 1 in the order in which pools were begun; names may repeat, this does not.
  public var id: Int
  /// The behavior's name at the time.
  public var name: String
  /// What is left of the error budget, a fraction of it: attempt k is made at
  /// α·`share`·6/(π²k²), whatever confidence the suite asks for by then.
  public var share: Double
  /// Attempts since the share was set.
  public var spent: Int
  /// All examples ever graded in it, in order of id.
  public var exposed: [ExposedExample]
  /// Whether its examples served one attempt and then moved to `dev`: no later attempt counts them.
  public var isUsedUp: Bool

  public init(
    id: Int, name: String, share: Double = 1, spent: Int = 0, exposed: [ExposedExample] = [],
    isUsedUp: Bool = false
  ) {
    self.id = id
    self.name = name
    self.share = share
    self.spent = spent
    self.exposed = exposed.sorted()
    self.isUsedUp = isUsedUp
  }
}

/// An example that an attempt has graded, by everything that it may be known by later: a text that
/// was graded stays graded when its label, its wording or its behavior is changed.
public struct ExposedExample: Sendable, Hashable, Codable, Comparable {
  /// `Example.id`: input and expectation.
  public var id: String
  /// `Example.inputKey`.
  public var input: String
  /// The key of its cluster at the time.
  public var cluster: String

  public init(id: String, input: String, cluster: String) {
    self.id = id
    self.input = input
    self.cluster = cluster
  }

  public init(_ example: Example) {
    self.init(id: example.id, input: example.inputKey, cluster: example.cluster.hex)
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.id, left.input, left.cluster) < (right.id, right.input, right.cluster)
  }
}

/// One try at certifying a checkpoint, recorded before its first sealed reply is computed.
public struct Attempt: Sendable, Hashable, Codable {
  /// Counted from 1.
  public var number: Int
  public var checkpoint: String
  /// Hash of checkpoint, examples, targets and confidence: the same again replays the outcome.
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
  /// The id of the pool that is charged.
  public var pool: Int
  public var behavior: String
  /// Independent units counted, those that are missing included.
  public var trials: Int
  /// The most failures with which the test passes; -1 where it cannot.
  public var maximumFailures: Int
  public var target: Double
  /// The error probability at which the test is made.
  public var level: Double
  /// The attempt's number on this pool since its share was set, from 1.
  public var index: Int
  /// Units of earlier attempts that are gone or were changed; each counts as a failure.
  public var missing: Int
  /// The error probability that `index` counts from, as it was before the attempt.
  public var budget: Double
  /// Names what the attempt saw of the behavior, without telling it; nil before its verdict, and
  /// where the model does not say how sure it is.
  public var evidence: String?

  public init(
    pool: Int, behavior: String, trials: Int, maximumFailures: Int, target: Double, level: Double,
    index: Int,
    missing: Int = 0, budget: Double, evidence: String? = nil
  ) {
    self.pool = pool
    self.behavior = behavior
    self.trials = trials
    self.maximumFailures = maximumFailures
    self.target = target
    self.level = level
    self.index = index
    self.missing = missing
    self.budget = budget
    self.evidence = evidence
  }
}
