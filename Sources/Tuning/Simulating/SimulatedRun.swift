import Statistics

/// Runs the real loop against a simulated model, in microseconds, to see how often it errs.
///
/// Each behavior has items on `dev` and items that are sealed, each item passed or failed by the
/// current champion. A candidate keeps its parent's grade on an item, except where it is redrawn
/// (`redraw`), then it passes with the behavior's true rate. So candidates resemble their
/// parents, as tuned models do, and hill-climbing on what they scored is possible.
public struct SimulatedRun: Sendable {
  public struct Behavior: Sendable {
    public var target: Double
    public var hope: Double
    /// The rate at which redrawn items pass: the truth about every candidate.
    public var trueRate: Double
    public var devItems: Int
    public var sealedItems: Int

    public init(target: Double, hope: Double, trueRate: Double, devItems: Int, sealedItems: Int) {
      self.target = target
      self.hope = hope
      self.trueRate = trueRate
      self.devItems = devItems
      self.sealedItems = sealedItems
    }
  }

  /// What one simulated run came to.
  public struct Result: Sendable, Hashable {
    public var certified: Bool
    public var attempts: Int
    public var rounds: Int
  }

  public let behaviors: [Behavior]
  public let redraw: Double
  /// A positive control: the loop is shown the sealed grades in the place of those on `dev`.
  public let leaksSealedGrades: Bool

  private let confidence: Double
  private var generator: SeededGenerator
  private var pools: [SealedPool]
  private var champion: Grades
  private var candidate: Grades
  private var hasRun = false

  private struct Grades {
    var number: Int
    /// Shape [behaviors][items]; true passes.
    var dev: [[Bool]]
    var sealed: [[Bool]]
  }

  public init(
    behaviors: [Behavior], confidence: Double, redraw: Double = 0.12,
    leaksSealedGrades: Bool = false, seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    func draw(_ count: Int, _ rate: Double) -> [Bool] {
      (0..<count).map { _ in generator.nextUniform() < rate }
    }
    let base = Grades(
      number: 0, dev: behaviors.map { draw($0.devItems, $0.trueRate) },
      sealed: behaviors.map { draw($0.sealedItems, $0.trueRate) })
    self.behaviors = behaviors
    self.redraw = redraw
    self.leaksSealedGrades = leaksSealedGrades
    self.generator = generator
    pools = behaviors.map { SealedPool(units: $0.sealedItems, budget: 1 - confidence) }
    champion = base
    candidate = base
    self.confidence = confidence
  }

  /// Runs the loop to its end from where the last run left the champion and the ledger.
  ///
  /// Targets may be replaced between runs: the ledger goes on.
  public mutating func run(
    rounds: Int, patience: Int? = nil, targets: [Double]? = nil
  ) -> Result {
    let settings = LoopSettings(
      behaviors: behaviors.indices.map { index in
        LoopBehavior(
          name: Self.name(index), target: targets?[index] ?? behaviors[index].target,
          hope: behaviors[index].hope, trainUnits: 1, devUnits: behaviors[index].devItems,
          sealed: pools[index])
      },
      confidence: confidence, rounds: rounds, patience: patience ?? rounds,
      startsCertified: hasRun)
    hasRun = true
    var loop = TuningLoop(settings: settings)
    var result = Result(certified: false, attempts: 0, rounds: 0)
    let header = RunHeader(
      suite: "simulated", model: ModelIdentity("simulated"), base: checkpoint(champion), seed: 0,
      settings: settings, setAsideRows: 0, repeatedRows: 0, notes: [])
    var pending = loop.handle(.started(header))
    while let action = pending.popLast() {
      let event = perform(action, settings: settings, result: &result)
      pending = loop.handle(event)
    }
    return result
  }

  private mutating func perform(
    _ action: TuningLoop.Action, settings: LoopSettings, result: inout Result
  ) -> RunEvent {
    switch action {
    case .measure(let checkpoint):
      return .measured(measure(checkpoint))
    case .propose(let plan):
      result.rounds += 1
      return .proposed(plan)
    case .tune(_, let plan):
      candidate = redrawn(from: champion, number: champion.number + plan.round)
      return .tuned(
        TunedCheckpoint(
          checkpoint: checkpoint(candidate), l2: 1, trainingLoss: 0, iterations: 0))
    case .accept(let decision):
      champion = candidate
      return .accepted(decision)
    case .reject(let decision):
      return .rejected(decision)
    case .beginAttempt(let checkpoint):
      result.attempts += 1
      return .attemptBegun(begin(checkpoint, settings: settings))
    case .concludeAttempt(let attempt):
      let passed = conclude(attempt)
      result.certified = passed
      return .attemptConcluded(passed: passed)
    case .finish(let outcome):
      return .finished(outcome)
    }
  }

  // MARK: - The simulated world

  private static func name(_ index: Int) -> String {
    index < 10 ? "behavior-0\(index)" : "behavior-\(index)"
  }

  private func checkpoint(_ grades: Grades) -> Checkpoint {
    Checkpoint(id: "simulated-\(grades.number)", rung: .head)
  }

  private mutating func redrawn(from parent: Grades, number: Int) -> Grades {
    var child = parent
    child.number = number
    for index in behaviors.indices {
      redraw(&child.dev[index], rate: behaviors[index].trueRate)
      redraw(&child.sealed[index], rate: behaviors[index].trueRate)
    }
    return child
  }

  private mutating func redraw(_ items: inout [Bool], rate: Double) {
    for item in items.indices where generator.nextUniform() < redraw {
      items[item] = generator.nextUniform() < rate
    }
  }

  private func measure(_ checkpoint: Checkpoint) -> Measurement {
    let grades = checkpoint == self.checkpoint(champion) ? champion : candidate
    let shown = leaksSealedGrades ? grades.sealed : grades.dev
    return Measurement(
      checkpoint: checkpoint,
      behaviors: shown.indices.map { index in
        let items = shown[index]
        return BehaviorMeasurement(
          behavior: Self.name(index), trials: items.count,
          failures: items.indices.filter { !items[$0] }.map {
            Failure(example: String($0), expected: "pass", reply: "fail", probability: 0)
          })
      })
  }

  private mutating func begin(_ checkpoint: Checkpoint, settings: LoopSettings) -> AttemptRecord {
    let claims = settings.behaviors.indices.map { index in
      AttemptClaim(
        behavior: settings.behaviors[index].name, target: settings.behaviors[index].target,
        pool: pools[index])
    }
    for index in pools.indices { pools[index].charge() }
    return AttemptRecord(number: 1, checkpoint: checkpoint, claims: claims)
  }

  private mutating func conclude(_ attempt: AttemptRecord) -> Bool {
    let passed = zip(attempt.claims, champion.sealed).allSatisfy { claim, items in
      claim.passes(failures: items.count { !$0 })
    }
    for index in pools.indices { pools[index].settle(passed: passed) }
    return passed
  }
}
