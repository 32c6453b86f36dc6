/// How to tune, and for how long.
public struct TuningSettings: Sendable, Hashable, Codable {
  /// The rungs that may be climbed, from cheap to dear; never empty.
  public var ladder: [Rung]
  /// The most rounds to run; nil leaves it open.
  public var rounds: Int?
  /// The most time to spend; nil leaves it open.
  public var time: Duration?
  public var seed: UInt64
  /// What the rung `lora` puts beside the encoder.
  public var lora: AdapterSettings
  /// What concerns the rung `full` alone.
  public var full: FullSettings
  /// How the rungs that change the encoder go about it.
  public var fineTuning: FineTuningSettings

  public init(
    ladder: [Rung] = Rung.allCases, rounds: Int? = nil, time: Duration? = nil, seed: UInt64 = 7,
    lora: AdapterSettings = AdapterSettings(), full: FullSettings = FullSettings(),
    fineTuning: FineTuningSettings = FineTuningSettings()
  ) {
    self.ladder = ladder
    self.rounds = rounds
    self.time = time
    self.seed = seed
    self.lora = lora
    self.full = full
    self.fineTuning = fineTuning
  }
}

/// Low-rank adapters: W x becomes W x + (alpha / rank) · B A x, and only A and B are tuned.
///
/// Source: Hu et al. (2021), LoRA. The names are those of PEFT.
public struct AdapterSettings: Sendable, Hashable, Codable {
  /// Rows of A, at least 1.
  public var rank: Int
  /// Scale of the adapters, times `rank`; above 0.
  public var alpha: Double
  /// The share of an adapter's inputs that a step leaves out, in 0..<1.
  public var dropout: Double
  /// The layers that get an adapter, in the order of the cases; never empty.
  public var targets: [AdapterTarget]
  /// Learning rates to choose among; empty leaves them to the trainer.
  public var learningRates: [Double]

  public init(
    rank: Int = 8, alpha: Double = 16, dropout: Double = 0.05,
    targets: [AdapterTarget] = AdapterTarget.allCases, learningRates: [Double] = []
  ) {
    self.rank = rank
    self.alpha = alpha
    self.dropout = dropout
    self.targets = targets
    self.learningRates = learningRates
  }
}

/// A linear layer of each block of the encoder.
public enum AdapterTarget: String, Sendable, Hashable, Codable, CaseIterable {
  case query
  case key
  case value
  case attentionOutput = "attention-output"
  /// The first of the two feed-forward layers, which widens.
  case intermediate
  /// The second of them, which narrows.
  case output

  /// How a suite names all of them.
  public static let allLinear = "all-linear"
}

/// What concerns tuning all weights.
public struct FullSettings: Sendable, Hashable, Codable {
  /// Learning rates to choose among; empty leaves them to the trainer.
  public var learningRates: [Double]

  public init(learningRates: [Double] = []) {
    self.learningRates = learningRates
  }
}

/// Gradient descent through the encoder, with adapters or on all weights.
public struct FineTuningSettings: Sendable, Hashable, Codable {
  /// Texts of one step of the optimizer, at least 1.
  public var batch: Int
  /// Passes over the examples at most, at least 1; early stopping may settle on fewer.
  public var epochs: Int

  public init(batch: Int = 32, epochs: Int = 8) {
    self.batch = batch
    self.epochs = epochs
  }
}
