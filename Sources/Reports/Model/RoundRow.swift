import Statistics
public import Suites
public import Tuning

/// One round: what was tried, why, and what came of it.
public struct RoundRow: Sendable, Encodable {
  public var round: Int
  public var rung: Rung
  /// Why this candidate.
  public var proposal: String
  public var decision: Result
  /// Why it was decided so; nil while it is open.
  public var reason: String?
  public var checkpoint: String?
  /// Joint chance of certifying: of the champion before, and of the candidate.
  public var chanceBefore: Double?
  public var chanceAfter: Double?
  public var flips: [Decision.Flips]
  /// The candidate on `dev`.
  public var behaviors: [Rate]
  /// Where a guard got worse: what the candidate lost of it.
  public var broken: [ExampleRow]
  public var trials: [TuningTrial]
  public var chosenTrial: Int?
  public var contrastiveSteps: Int
  public var seconds: Double?
  /// The events that tell it, first and last.
  public var firstEvent: Int
  public var lastEvent: Int

  public enum Result: String, Sendable, Encodable {
    case accepted
    case rejected
    /// No candidate came of it.
    case untuned
    case open
  }

  /// What a candidate passed of one behavior.
  public struct Rate: Sendable, Encodable {
    public var behavior: String
    public var passes: Int
    public var trials: Int
    /// The error bar: Wilson, two-sided at the confidence of the suite.
    public var lower: Double
    public var upper: Double
  }

  init(_ round: RunSummary.Round, fold: RunFold, texts: ExampleTexts) {
    self.round = round.plan.round
    rung = round.plan.rung
    proposal = round.plan.reason
    if round.failure != nil {
      decision = .untuned
    } else {
      decision = round.decision.map { $0.accepts ? .accepted : .rejected } ?? .open
    }
    reason = round.failure?.reason ?? round.decision.map(DecisionText.reason)
    checkpoint = round.tuned?.checkpoint.id
    chanceBefore = round.decision?.championChance
    chanceAfter = round.decision?.candidateChance
    flips = round.decision?.flips ?? []
    let confidence = fold.summary.header?.settings.confidence ?? 0.95
    behaviors = (round.measurement?.behaviors ?? []).map {
      let bar = $0.errorBar(confidence: confidence)
      return Rate(
        behavior: $0.behavior, passes: $0.passes, trials: $0.trials, lower: bar.lower,
        upper: bar.upper)
    }
    trials = round.tuned?.trials ?? []
    chosenTrial = round.tuned?.chosen
    contrastiveSteps = round.tuned?.contrastiveSteps ?? 0
    seconds = round.duration.map { $0 / .seconds(1) }
    let events = fold.rounds[round.plan.round]
    firstEvent = events?.lowerBound ?? 0
    lastEvent = events?.upperBound ?? 0
    broken = []
    if let (guardian, failures) = round.broken {
      let event = lastEvent
      broken = texts.shown(failures).map {
        ExampleRow($0, of: guardian, state: .lost, event: event, texts: texts)
      }
    }
  }
}

/// What one rung of the ladder did for the run.
public struct RungRow: Sendable, Encodable {
  public var rung: Rung
  public var rounds: Int
  /// Those of which no candidate came.
  public var untuned: Int
  /// The best joint chance of certifying that one of its candidates had.
  public var chance: Double?
  public var seconds: Double?

  init(_ effect: RungEffect) {
    rung = effect.rung
    rounds = effect.rounds
    untuned = effect.untuned
    chance = effect.chance
    seconds = effect.duration.map { $0 / .seconds(1) }
  }
}
