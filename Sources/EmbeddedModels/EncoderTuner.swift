import Engine
import Foundation
import Tuning

/// Tunes an encoder with its head: tries learning rates on a slice of `train`, each until its
/// held-out loss no longer falls, then tunes on all of `train` with the best.
struct EncoderTuner {
  let task: TuningTask
  let start: SentenceEncoder
  let pooled: [Int]
  let method: FineTuning.Method
  /// Adapters to go on from.
  let adapters: LowRankWeights?
  /// Learning rates to try.
  let rates: [Double]
  /// Passes over the examples at most.
  let epochs: Int
  let threads: Int
  let journal: TuningJournal
  /// For progress: the rung.
  let name: String
  /// Fits the head that a tuning starts from, on the examples at some indices.
  let fitHead: (_ members: [Int]) throws -> SoftmaxHead
  let onProgress: @Sendable (WorkProgress) -> Void

  /// Epochs without a better held-out loss that end a trial.
  private static let patience = 2
  /// Seconds of work that an interruption may cost.
  private static let secondsBetweenStates = 15.0
  /// The peak of the head's learning rate; it is at its optimum on the frozen encoder already.
  private static let headRate = 1e-3

  struct Result {
    var tuning: FineTuning
    var trials: [TuningTrial]
    var chosen: Int?
    var contrastiveSteps: Int
  }

  /// - Throws: `TuningFailure` where every learning rate breaks down; `CancellationError`, after
  ///   the state has been kept.
  func run() throws -> Result {
    let everything = Array(task.examples.indices)
    let (inside, outside) = task.slice()
    var trials = journal.trials
    if inside.isEmpty {
      trials = []
    } else {
      for rate in rates.dropFirst(trials.count) {
        trials.append(try trial(rate, inside: inside, outside: outside))
        try journal.keep(trials)
      }
      guard trials.contains(where: { $0.epochs > 0 }) else {
        throw TuningFailure(reason: trials.compactMap(\.failure).first ?? "no trial succeeded")
      }
    }
    let chosen = Self.best(of: trials)
    let phase = Phase(
      name: "all", members: everything, rate: chosen.map { trials[$0].learningRate } ?? rates[0],
      epochs: chosen.map { trials[$0].epochs } ?? min(epochs, 3))
    do {
      var losses: [Double] = []
      let tuning = try pass(phase, losses: &losses) { _ in 0 }
      return Result(
        tuning: tuning, trials: trials, chosen: chosen,
        contrastiveSteps: task.contrastiveSteps(for: everything))
    } catch let breakdown as TuningBreakdown {
      throw TuningFailure(reason: breakdown.description)
    }
  }

  /// The trial with the least held-out loss, if any came to an end of an epoch.
  private static func best(of trials: [TuningTrial]) -> Int? {
    trials.indices.filter { trials[$0].epochs > 0 }.min { left, right in
      trials[left].heldOutLosses.min()! < trials[right].heldOutLosses.min()!
    }
  }

  // MARK: - Trials

  private func trial(_ rate: Double, inside: [Int], outside: [Int]) throws -> TuningTrial {
    let phase = Phase(
      name: "learning rate \(rate)", members: inside, rate: rate, epochs: epochs,
      patience: Self.patience)
    var losses: [Double] = []
    var failure: String?
    do {
      _ = try pass(phase, losses: &losses) { tuning in
        let loss = try heldOutLoss(of: tuning, outside)
        guard loss.isFinite else { throw TuningBreakdown(step: tuning.steps, rate: rate) }
        return loss
      }
    } catch let breakdown as TuningBreakdown {
      journal.dropState()
      failure = breakdown.description
    }
    return TuningTrial(
      learningRate: rate, heldOutLosses: losses, epochs: Self.best(of: losses).map { $0 + 1 } ?? 0,
      failure: failure)
  }

  /// Of the model as it stands, at its best temperature, in nats.
  private func heldOutLoss(of tuning: FineTuning, _ members: [Int]) throws -> Double {
    // Weights without bounds give embeddings without numbers.
    guard
      let embeddings = try? tuning.tunedEncoder(identity: "trial").embed(
        members.map { task.examples[$0].input }, pooling: pooled, threads: threads)
    else { return .infinity }
    return TemperedLoss(
      tuning.tunedHead, on: embeddings, expected: members.map { task.expected[$0] },
      weights: members.map { task.examples[$0].weight }
    ).minimum
  }

  // MARK: - Passes

  /// One tuning from the start.
  private struct Phase {
    var name: String
    var members: [Int]
    var rate: Double
    var epochs: Int
    /// Epochs without a better loss that end it; nil goes through to the end.
    var patience: Int?
  }

  /// Goes through a phase, from where an interruption left it.
  ///
  /// How far it is follows from the number of steps and of losses, so that nothing else has to be
  /// kept beside the state.
  ///
  /// - Parameter losses: Set to what `evaluate` says after each epoch, those before an interruption
  ///   included; up to date where this throws.
  private func pass(
    _ phase: Phase, losses: inout [Double], evaluate: (FineTuning) throws -> Double
  ) throws -> FineTuning {
    let tuning: FineTuning
    (tuning, losses) = try resume(phase)
    let warmUp = task.contrastiveSteps(for: phase.members)
    let steps = task.batchCount(of: phase.members.count)
    let schedule = LearningRateSchedule(peak: phase.rate, steps: phase.epochs * steps)
    let headSchedule = LearningRateSchedule(peak: Self.headRate, steps: phase.epochs * steps)
    var batches: (epoch: Int, all: [[Int]]) = (-1, [])
    var kept = ContinuousClock.now
    while true {
      if Task.isCancelled {
        try journal.keep(tuning, phase: phase.name, losses: losses)
        throw CancellationError()
      }
      if ContinuousClock.now - kept > .seconds(Self.secondsBetweenStates) {
        try journal.keep(tuning, phase: phase.name, losses: losses)
        kept = .now
      }
      let done = tuning.steps - warmUp
      if done >= (losses.count + 1) * steps {
        losses.append(try evaluate(tuning))
        if let patience = phase.patience, Self.hasSettled(losses, patience) { break }
        continue
      }
      if done >= phase.epochs * steps { break }
      if done < 0 {
        try contrastiveStep(tuning, phase, warmUp)
        continue
      }
      let epoch = done / steps
      if batches.epoch != epoch {
        batches = (epoch, task.batches(of: phase.members, stream: "\(phase.name), epoch \(epoch)"))
      }
      try tuning.step(
        [task.tuningBatch(batches.all[done % steps])], rate: schedule.rate(at: done),
        headRate: headSchedule.rate(at: done))
      onProgress(
        WorkProgress(
          activity: "tuning \(name) (\(phase.name)), epoch \(epoch + 1) of \(phase.epochs)",
          unit: "batches", done: done % steps + 1, total: steps))
    }
    journal.dropState()
    return tuning
  }

  /// A phase where it was left, with its losses so far; else from its start.
  private func resume(_ phase: Phase) throws -> (FineTuning, losses: [Double]) {
    if journal.holdsState(of: phase.name) {
      let tuning = try begin(phase)
      if let losses = journal.restore(tuning) { return (tuning, losses) }
      // A damaged state has spoiled what it was read into.
    }
    return (try begin(phase), [])
  }

  private func begin(_ phase: Phase) throws -> FineTuning {
    FineTuning(
      encoder: start, head: try fitHead(phase.members), pooling: pooled, method: method,
      adapters: adapters, seed: task.seed, threads: threads)
  }

  private func contrastiveStep(_ tuning: FineTuning, _ phase: Phase, _ total: Int) throws {
    let members = task.contrastiveBatch(of: phase.members, step: tuning.steps)
    let schedule = LearningRateSchedule(peak: phase.rate, steps: total)
    try tuning.contrastiveStep(
      members.map { task.sequences[$0] }, labels: members.map { task.expected[$0] },
      rate: schedule.rate(at: tuning.steps))
    onProgress(
      WorkProgress(
        activity: "tuning \(name) (\(phase.name)), contrastive warm-up", unit: "batches",
        done: tuning.steps, total: total))
  }

  private static func hasSettled(_ losses: [Double], _ patience: Int) -> Bool {
    losses.count - 1 - (best(of: losses) ?? 0) >= patience
  }

  /// The epoch with the least loss, counted from 0.
  private static func best(of losses: [Double]) -> Int? {
    losses.indices.min { losses[$0] < losses[$1] }
  }
}
