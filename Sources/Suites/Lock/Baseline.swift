/// What `hone test` compares with: one checkpoint on all that may be looked at. Part of `hone.lock`.
///
/// Of `train`, `dev` and `gate` it holds every grade; of what is sealed only what the certificate
/// says, never a reply or a grade.
public struct Baseline: Sendable, Hashable, Codable {
  /// `Suite.contentHash` at the time.
  public var suite: String
  public var model: TestedModel
  /// The seeds that the checkpoint was tuned with; one for a claim about a checkpoint.
  public var seeds: [UInt64]
  /// Checkpoints that were measured on `dev` before this one was chosen there, itself included; nil
  /// where nobody knows.
  public var candidates: Int?
  /// In order of name.
  public var behaviors: [BaselineBehavior]

  public init(
    suite: String, model: TestedModel, seeds: [UInt64], candidates: Int? = nil,
    behaviors: [BaselineBehavior]
  ) {
    self.suite = suite
    self.model = model
    self.seeds = seeds
    self.candidates = candidates
    self.behaviors = behaviors.sorted { $0.name < $1.name }
  }

  public subscript(behavior name: String) -> BaselineBehavior? {
    behaviors.first { $0.name == name }
  }
}

/// A model as a regression test names it.
public struct TestedModel: Sendable, Hashable, Codable {
  /// The hash of the base.
  public var base: String
  /// The content hash of adapter, weights and head.
  public var checkpoint: String
  /// What computes, as far as it decides bits.
  public var engine: String

  public init(base: String, checkpoint: String, engine: String) {
    self.base = base
    self.checkpoint = checkpoint
    self.engine = engine
  }
}

/// One behavior of a baseline.
public struct BaselineBehavior: Sendable, Hashable, Codable {
  public var name: String
  /// The pass rate that was required.
  public var target: Double
  public var dev: Tally
  public var gate: Tally
  /// What a certificate claims of the checkpoint; nil where none does.
  public var sealed: Sealed?
  /// In order of id.
  public var examples: [Graded]

  public init(
    name: String, target: Double, dev: Tally, gate: Tally, sealed: Sealed? = nil,
    examples: [Graded]
  ) {
    self.name = name
    self.target = target
    self.dev = dev
    self.gate = gate
    self.sealed = sealed
    self.examples = examples.sorted { $0.id < $1.id }
  }

  /// Passes among independent units, with the error bar to show.
  public struct Tally: Sendable, Hashable, Codable {
    public var units: Int
    public var passes: Int
    /// Of the pass rate, to four decimals.
    public var lower: Double
    public var upper: Double

    public init(units: Int, passes: Int, lower: Double, upper: Double) {
      self.units = units
      self.passes = passes
      self.lower = (lower * 10_000).rounded() / 10_000
      self.upper = (upper * 10_000).rounded() / 10_000
    }
  }

  /// The exact test that a certificate rests on.
  public struct Sealed: Sendable, Hashable, Codable {
    /// n.
    public var units: Int
    /// c: the test passes with at most so many failures.
    public var maximumFailures: Int
    /// α_k.
    public var level: Double
    /// k, the attempt's number on the pool.
    public var attempt: Int

    public init(units: Int, maximumFailures: Int, level: Double, attempt: Int) {
      self.units = units
      self.maximumFailures = maximumFailures
      self.level = level
      self.attempt = attempt
    }
  }

  /// The grade of one example.
  public struct Graded: Sendable, Hashable, Codable {
    /// `Example.id`: input and expectation.
    public var id: String
    /// `Example.inputKey`: by it, an example that got another label is known again.
    public var input: String
    /// Never `sealed`.
    public var role: Role
    public var passed: Bool
    /// How much likelier the reply was than the runner-up, where so little that rounding may turn
    /// it; nil for clear replies, and where nobody knows.
    public var tie: Double?

    public init(id: String, input: String, role: Role, passed: Bool, tie: Double? = nil) {
      precondition(role != .sealed, "no grade of a sealed example is kept")
      self.id = id
      self.input = input
      self.role = role
      self.passed = passed
      self.tie = tie
    }
  }
}
