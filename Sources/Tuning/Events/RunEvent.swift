/// What happened in a run. The whole story is the sequence of these; everything shown is a fold
/// over it.
public enum RunEvent: Sendable, Hashable {
  case started(RunHeader)
  case measured(Measurement)
  case proposed(TuningPlan)
  case tuned(TunedCheckpoint)
  /// No candidate came of the plan; the round ends with this.
  case untuned(TuningFailure)
  case accepted(Decision)
  case rejected(Decision)
  case attemptBegun(AttemptRecord)
  /// One bit leaves an attempt.
  case attemptConcluded(passed: Bool)
  /// The time budget ran out before the next candidate.
  case timeUp
  case finished(Outcome)
  /// What `train` and `dev` show after the end, the certificate included.
  case studied(TrainingStudy)
}

/// What a run was given.
public struct RunHeader: Sendable, Hashable, Codable {
  /// Version of the event stream.
  public var hone: Int
  public var suite: String
  public var model: ModelIdentity
  /// Where the run begins.
  public var base: Checkpoint
  /// The base model before any tuning; the same as `base` unless the run goes on from a checkpoint.
  public var untuned: Checkpoint
  public var seed: UInt64
  public var settings: LoopSettings
  public var setAsideRows: Int
  public var repeatedRows: Int
  public var notes: [String]
  /// True where it is one of several runs under different seeds; nil else.
  public var isOfSeveral: Bool?
  /// The version of Hone that began it; nil in runs before it was written down.
  public var version: String?

  public init(
    suite: String, model: ModelIdentity, base: Checkpoint, untuned: Checkpoint? = nil,
    seed: UInt64, settings: LoopSettings, setAsideRows: Int, repeatedRows: Int, notes: [String],
    isOfSeveral: Bool? = nil, version: String? = nil
  ) {
    self.hone = 1
    self.suite = suite
    self.model = model
    self.base = base
    self.untuned = untuned ?? base
    self.seed = seed
    self.settings = settings
    self.setAsideRows = setAsideRows
    self.repeatedRows = repeatedRows
    self.notes = notes
    self.isOfSeveral = isOfSeveral
    self.version = version
  }
}

/// Why a candidate became the champion, or did not.
public struct Decision: Sendable, Hashable, Codable {
  public var round: Int
  public var checkpoint: Checkpoint
  public var reason: Reason
  /// Joint predictive chance of certifying, from `dev`: the champion's and the candidate's.
  public var championChance: Double
  public var candidateChance: Double
  /// Behaviors with at least one flip, in order of name.
  public var flips: [Flips]
  /// Where a guard regressed, the units of `dev` that passed where it is compared with and fail now:
  /// ids of examples, sorted.
  public var broken: [String]?

  public enum Reason: Sendable, Hashable, Codable {
    /// The joint predictive chance of certifying rose.
    case betterChance
    /// It did not rise.
    case notBetter
    /// The flips on the focus reached the evidence needed to replace a certified champion.
    case evidence(eValue: Double)
    /// They did not reach it.
    case tooLittleEvidence(eValue: Double)
    /// A behavior that held got worse, beyond chance.
    case guardRegressed(behavior: String, adjustedP: Double, against: Reference)
  }

  /// The checkpoint that a guard was compared with.
  public enum Reference: String, Sendable, Hashable, Codable {
    case champion
    /// The first checkpoint of this run at which the guard held.
    case firstHeld
    /// The checkpoint that was certified last, which this run did not start from.
    case lastCertified
  }

  public struct Flips: Sendable, Hashable, Codable {
    public var behavior: String
    /// Units that failed before and pass now.
    public var gained: Int
    /// Units that passed before and fail now.
    public var lost: Int

    public init(behavior: String, gained: Int, lost: Int) {
      self.behavior = behavior
      self.gained = gained
      self.lost = lost
    }
  }

  public init(
    round: Int, checkpoint: Checkpoint, reason: Reason, championChance: Double,
    candidateChance: Double, flips: [Flips], broken: [String]? = nil
  ) {
    self.round = round
    self.checkpoint = checkpoint
    self.reason = reason
    self.championChance = championChance
    self.candidateChance = candidateChance
    self.flips = flips
    self.broken = broken
  }
}

/// One attempt at certifying, as it stands in the ledger before the first sealed reply.
public struct AttemptRecord: Sendable, Hashable, Codable {
  public var number: Int
  public var checkpoint: Checkpoint
  public var claims: [AttemptClaim]

  public init(number: Int, checkpoint: Checkpoint, claims: [AttemptClaim]) {
    self.number = number
    self.checkpoint = checkpoint
    self.claims = claims
  }
}

/// The exact test that an attempt makes of one behavior.
public struct AttemptClaim: Sendable, Hashable, Codable {
  public var behavior: String
  /// The pass rate to be shown, a fraction.
  public var target: Double
  /// Units counted, those that are missing included.
  public var units: Int
  /// Units of earlier attempts that are gone or changed; each counts as a failure.
  public var missing: Int
  /// The attempt passes this behavior with at most so many failures.
  public var maximumFailures: Int
  /// α_k.
  public var level: Double
  /// k: attempts on this pool since its budget was set, this one included.
  public var index: Int

  public init(
    behavior: String, target: Double, units: Int, missing: Int, maximumFailures: Int,
    level: Double, index: Int
  ) {
    self.behavior = behavior
    self.target = target
    self.units = units
    self.missing = missing
    self.maximumFailures = maximumFailures
    self.level = level
    self.index = index
  }
}

/// How a run ended.
public enum Outcome: Sendable, Hashable, Codable {
  /// Every behavior certified.
  case satisfied(champion: Checkpoint)
  /// Not certified. `violated` names behaviors shown to be below their target on `dev` (Holm).
  case unsatisfied(champion: Checkpoint, reason: EndReason, violated: [String])
  /// Some behavior could not be shown even without a failure; nothing was spent.
  case infeasible(behaviors: [String])

  /// Nil where nothing was tried.
  package var champion: Checkpoint? {
    switch self {
    case .satisfied(let champion), .unsatisfied(let champion, _, _): champion
    case .infeasible: nil
    }
  }
}

/// Why a run stopped without a certificate.
public enum EndReason: String, Sendable, Hashable, Codable {
  case rounds
  /// Nothing gets further: candidates rejected in a row, or too few fresh sealed examples left for
  /// another attempt.
  case plateau
  case time
}
