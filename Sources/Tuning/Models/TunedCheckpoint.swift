/// A checkpoint as it comes from tuning, with what was chosen on the way. All numbers are finite.
public struct TunedCheckpoint: Sendable, Hashable {
  public var checkpoint: Checkpoint
  /// The L2 strength of the head, chosen inside `train` where the plan left it open.
  public var l2: Double
  /// Mean weighted log-loss on `train` at the end, in nats.
  public var trainingLoss: Double
  /// Steps of the optimizer in all that was kept.
  public var iterations: Int
  /// What was tried to choose learning rate and epochs; empty for a head alone.
  public var trials: [TuningTrial]
  /// Index of the trial whose learning rate and epochs were used.
  public var chosen: Int?
  /// Steps of the contrastive warm-up that went before; 0 where there was none.
  public var contrastiveSteps: Int

  public init(
    checkpoint: Checkpoint, l2: Double, trainingLoss: Double, iterations: Int,
    trials: [TuningTrial] = [], chosen: Int? = nil, contrastiveSteps: Int = 0
  ) {
    self.checkpoint = checkpoint
    self.l2 = l2
    self.trainingLoss = trainingLoss
    self.iterations = iterations
    self.trials = trials
    self.chosen = chosen
    self.contrastiveSteps = contrastiveSteps
  }
}

/// One learning rate, tried on most of `train` and judged on the rest of it.
public struct TuningTrial: Sendable, Hashable, Codable {
  public var learningRate: Double
  /// Mean log-loss on the slice of `train` that the trial was not tuned on, in nats: after each
  /// epoch, as far as it is finite.
  public var heldOutLosses: [Double]
  /// The epoch that early stopping settled on, counted from 1; 0 where it failed before one.
  public var epochs: Int
  /// Why the trial is of no use, e.g. "the loss was not finite at step 12".
  public var failure: String?

  public init(
    learningRate: Double, heldOutLosses: [Double], epochs: Int, failure: String? = nil
  ) {
    self.learningRate = learningRate
    self.heldOutLosses = heldOutLosses
    self.epochs = epochs
    self.failure = failure
  }
}

/// Why no candidate came of a plan, though nothing is wrong with machine or files.
///
/// A run counts it as a rejection and goes on.
public struct TuningFailure: Error, Sendable, Hashable, Codable {
  /// E.g. "the loss was not finite at step 12 (learning rate 1.0)"; without a full stop.
  public var reason: String

  public init(reason: String) {
    self.reason = reason
  }
}

/// What a head alone has none of is left out, and absent reads as none.
extension TunedCheckpoint: Codable {
  private enum Key: String, CodingKey {
    case checkpoint, l2, trainingLoss, iterations, trials, chosen, contrastiveSteps
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    checkpoint = try container.decode(Checkpoint.self, forKey: .checkpoint)
    l2 = try container.decode(Double.self, forKey: .l2)
    trainingLoss = try container.decode(Double.self, forKey: .trainingLoss)
    iterations = try container.decode(Int.self, forKey: .iterations)
    trials = try container.decodeIfPresent([TuningTrial].self, forKey: .trials) ?? []
    chosen = try container.decodeIfPresent(Int.self, forKey: .chosen)
    contrastiveSteps = try container.decodeIfPresent(Int.self, forKey: .contrastiveSteps) ?? 0
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(checkpoint, forKey: .checkpoint)
    try container.encode(l2, forKey: .l2)
    try container.encode(trainingLoss, forKey: .trainingLoss)
    try container.encode(iterations, forKey: .iterations)
    if !trials.isEmpty { try container.encode(trials, forKey: .trials) }
    try container.encodeIfPresent(chosen, forKey: .chosen)
    if contrastiveSteps > 0 { try container.encode(contrastiveSteps, forKey: .contrastiveSteps) }
  }
}
