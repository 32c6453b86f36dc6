import Statistics
public import Suites

/// Runs the real loop and the real error budget against simulated models, in microseconds, to see
/// how often they err.
///
/// `TuningLoop` decides as it does for `TuningRun`, and this performs what it asks in a world whose
/// truth is known. What a run leaves, champion and budget, the next one goes on from.
public struct SimulatedRun: Sendable {
  public let world: SimulatedWorld

  /// What is required, with what is left to show it by; shape [behaviors].
  private var requirements: [LoopBehavior]
  private var models: SimulatedModels
  private var hasRun = false

  /// What one run came to.
  public struct Result: Sendable, Hashable {
    /// Candidates proposed.
    public var rounds = 0
    /// The dearest rung that a candidate was of.
    public var climbedTo: Rung?
    public var attempts: [Attempt] = []
    /// Replies computed on `dev` and on sealed examples, each behavior for itself.
    public var devCalls = 0
    public var sealedCalls = 0

    public var isCertified: Bool { attempts.last?.passed ?? false }
    /// Whether what was certified does not hold.
    public var isFalse: Bool { attempts.last.map { $0.passed && !$0.isTrue } ?? false }
  }

  /// One attempt, and what nobody knows of a real one.
  public struct Attempt: Sendable, Hashable {
    /// Candidates proposed before it, in its run.
    public var round: Int
    /// Whether all true rates are above their targets.
    public var isTrue: Bool
    /// The chance of passing at the true rates, if behaviors were independent.
    public var power: Double
    public var passed = false
  }

  public init(_ world: SimulatedWorld, seed: UInt64) {
    self.world = world
    requirements = world.behaviors.map(\.requirement)
    if world.flaw == .countsAllOfACluster {
      for index in requirements.indices {
        requirements[index].devUnits *= world.clusterSize
        requirements[index].sealed.units *= world.clusterSize
      }
    }
    models = SimulatedModels(world, seed: seed)
  }

  /// Runs the loop to its end from where the last run left the champion and the error budget.
  ///
  /// - Parameters:
  ///   - rounds: Candidates at most.
  ///   - patience: Rejections in a row that count as a plateau; nil takes the loop's own.
  ///   - targets: Replaces those of the world for this run; shape [behaviors].
  public mutating func run(
    rounds: Int, patience: Int? = nil, targets: [Double]? = nil
  ) -> Result {
    if let targets {
      for index in requirements.indices { requirements[index].target = targets[index] }
    }
    var settings = LoopSettings(
      behaviors: requirements, confidence: world.confidence, ladder: world.ladder, rounds: rounds,
      startsCertified: hasRun)
    if let patience { settings.patience = patience }
    hasRun = true
    var loop = TuningLoop(settings: settings)
    var result = Result()
    let header = RunHeader(
      suite: "simulated", model: ModelIdentity("simulated"),
      base: models.champion.version.checkpoint, seed: 0, settings: settings, setAsideRows: 0,
      repeatedRows: 0, notes: [])
    var pending = loop.handle(.started(header))
    while let action = pending.popLast() {
      pending = loop.handle(perform(action, &settings, &result))
    }
    requirements = settings.behaviors
    return result
  }

  private mutating func perform(
    _ action: TuningLoop.Action, _ settings: inout LoopSettings, _ result: inout Result
  ) -> RunEvent {
    switch action {
    case .measure(let checkpoint):
      let measurement = measure(checkpoint)
      result.devCalls += measurement.behaviors.reduce(0) { $0 + $1.trials }
      return .measured(measurement)
    case .propose(let plan):
      result.rounds += 1
      result.climbedTo = max(result.climbedTo ?? plan.rung, plan.rung)
      return .proposed(plan)
    case .tune(_, let plan):
      models.propose(at: plan.rung)
      return .tuned(
        TunedCheckpoint(
          checkpoint: models.candidate.version.checkpoint, l2: plan.l2 ?? 1, trainingLoss: 0,
          iterations: 0))
    case .accept(let decision):
      models.crownCandidate()
      return .accepted(decision)
    case .reject(let decision):
      return .rejected(decision)
    case .beginAttempt(let checkpoint):
      let attempt = begin(checkpoint, settings, &result)
      settings.charge()
      return .attemptBegun(attempt)
    case .concludeAttempt(let attempt):
      let passed = conclude(attempt, &result)
      settings.settle(passed: passed)
      return .attemptConcluded(passed: passed)
    case .finish(let outcome):
      return .finished(outcome)
    }
  }

  // MARK: - Measuring and attempts

  private func measure(_ checkpoint: Checkpoint) -> Measurement {
    let isChampion = checkpoint == models.champion.version.checkpoint
    let graded = isChampion ? models.champion : models.candidate
    return Measurement(
      checkpoint: checkpoint,
      behaviors: graded.dev.indices.map { index in
        BehaviorMeasurement(
          behavior: requirements[index].name, trials: graded.dev[index].trials(in: world),
          failures: models.failures(on: graded, behavior: index).map {
            Failure(example: String($0), expected: "pass", reply: "fail", probability: 0)
          })
      })
  }

  private func begin(
    _ checkpoint: Checkpoint, _ settings: LoopSettings, _ result: inout Result
  ) -> AttemptRecord {
    let version = models.champion.version
    let power = zip(settings.behaviors, world.behaviors).reduce(1) { product, pair in
      product * pair.0.sealed.power(target: pair.0.target, at: pair.1.rate(of: version))
    }
    result.attempts.append(
      Attempt(
        round: result.rounds,
        isTrue: world.isTrue(of: version, targets: settings.behaviors.map(\.target)),
        power: power))
    return AttemptRecord(
      number: result.attempts.count, checkpoint: checkpoint,
      claims: settings.behaviors.map {
        AttemptClaim(behavior: $0.name, target: $0.target, pool: $0.sealed)
      })
  }

  private mutating func conclude(_ attempt: AttemptRecord, _ result: inout Result) -> Bool {
    let examples = attempt.claims.map { $0.units - $0.missing }
    let step = world.flaw == .countsAllOfACluster ? world.clusterSize : 1
    let failures = models.sealedFailures(units: examples.map { $0 / step })
    models.exposeSealed()
    let passed = zip(attempt.claims, failures).allSatisfy { $0.passes(failures: $1) }
    result.attempts[result.attempts.count - 1].passed = passed
    result.sealedCalls += examples.reduce(0, +)
    return passed
  }
}
