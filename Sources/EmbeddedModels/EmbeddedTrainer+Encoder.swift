import Engine
import Foundation
import Suites
import Tuning

/// The rungs that change the encoder.
extension EmbeddedTrainer {
  /// Learning rates that are tried where the suite names none.
  private static let loraRates = [5e-4, 2e-3]
  private static let fullRates = [3e-5, 1e-4]
  /// How much stronger the head is regularised that a tuning starts from than one that stays. A head
  /// that knows `train` by heart leaves the encoder nothing to learn.
  private static let firstHeadStrength = 30.0

  func tuneEncoder(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    let start = try startingPoint(from: champion, for: plan.rung)
    let rates = learningRates(for: plan.rung)
    let journal = TuningJournal(
      folder: workspace.tunings,
      key: ["tuning-2", engine, start.embedder.encoder.identity, plan.rung.rawValue]
        + [plan.l2.map { "\($0)" } ?? "", "\(settings.seed)", "\(settings.fineTuning)"]
        + [start.method.key, "\(start.adapters != nil)", "\(rates)"]
        + examples.flatMap { [$0.input, $0.label, "\($0.weight)", $0.cluster] })
    if let result = journal.result, (try? store.contents(of: result.checkpoint)) != nil {
      return result
    }
    let embeddings = try await start.embedder.embed(examples.map(\.input))
    let problem = HeadProblem(
      examples: examples, embeddings: embeddings, lastLayer: embedder.encoder.dimension,
      threads: embedder.threads)
    let choice = try problem.choose(l2: plan.l2, seed: settings.seed)
    let task = TuningTask(
      examples, encoder: start.embedder.encoder, batch: settings.fineTuning.batch,
      seed: settings.seed)
    let tuner = EncoderTuner(
      task: task, start: start.base, pooled: embedder.layers, method: start.method,
      adapters: start.adapters, rates: rates, epochs: settings.fineTuning.epochs,
      threads: embedder.threads, journal: journal, name: plan.rung.rawValue,
      fitHead: { try problem.part($0).fit(choice, strength: Self.firstHeadStrength).0 },
      onProgress: embedder.onProgress)
    let result = try tuner.run()
    let encoder = TunedEncoder(
      files: try result.tuning.files(base: baseName), base: identity)
    let head = result.tuning.tunedHead
    let checkpoint = try store.keep(head, on: encoder, rung: plan.rung)
    let features = try await embedder(for: encoder, at: checkpoint).embed(examples.map(\.input))
    let tuned = TunedCheckpoint(
      checkpoint: checkpoint, l2: choice.l2,
      trainingLoss: task.loss(of: head, on: features, Array(examples.indices)),
      iterations: result.tuning.steps, trials: result.trials, chosen: result.chosen,
      contrastiveSteps: result.contrastiveSteps)
    try journal.keep(tuned)
    return tuned
  }

  private func learningRates(for rung: Rung) -> [Double] {
    let own = rung == .lora ? settings.lora.learningRates : settings.full.learningRates
    return own.isEmpty ? (rung == .lora ? Self.loraRates : Self.fullRates) : own
  }

  /// What a tuning starts from.
  private struct StartingPoint {
    /// Of the model as it starts, adapters merged in.
    var embedder: TextEmbedder
    /// The weights under the adapters, or those to be tuned.
    var base: SentenceEncoder
    var method: FineTuning.Method
    /// Adapters to go on from.
    var adapters: LowRankWeights?
  }

  /// The champion's encoder where that was made by the same rung, else the base's.
  private func startingPoint(from champion: Checkpoint, for rung: Rung) throws -> StartingPoint {
    let (_, encoder) = try store.contents(of: champion)
    let kind: TunedEncoder.Kind = rung == .lora ? .adapters : .whole
    let kept = encoder?.kind == kind ? encoder : nil
    let start = try embedder(for: kept, at: champion)
    guard rung == .lora else {
      return StartingPoint(embedder: start, base: start.encoder, method: .full)
    }
    let adapters = try kept.map { _ in
      try LowRankWeights(
        folder: store.folder.appendingPathComponent(champion.id), for: embedder.encoder)
    }
    return StartingPoint(
      embedder: start, base: embedder.encoder,
      method: .lora(adapters?.settings ?? LowRankSettings(settings.lora)), adapters: adapters)
  }
}

extension FineTuning.Method {
  /// The same for the same method, in every process: sets have no order of their own.
  fileprivate var key: String {
    switch self {
    case .full: "full"
    case .lora(let settings):
      "lora \(settings.rank) \(settings.alpha) \(settings.dropout) "
        + "\(settings.isRankStabilized) \(settings.targets.map(\.rawValue).sorted())"
    }
  }
}

extension LowRankSettings {
  fileprivate init(_ settings: AdapterSettings) {
    self.init(
      rank: settings.rank, alpha: settings.alpha, dropout: settings.dropout,
      targets: Set(settings.targets.compactMap { Target(rawValue: $0.rawValue) }))
  }
}
