import Engine
import Foundation
public import Suites
public import Tuning

/// The embedded engine as a trainer: a sentence encoder with a softmax head.
///
/// The base labels without any tuning, by the embedding that is nearest among the labels'
/// descriptions. The rung `head` fits multinomial logistic regression on the embeddings of an
/// encoder as it stands; `lora` and `full` tune the encoder with its head.
public struct EmbeddedTrainer: Trainer {
  public let identity: ModelIdentity
  public let engine: String
  public let embedder: TextEmbedder
  let store: CheckpointStore
  let settings: TuningSettings
  let workspace: SuiteWorkspace
  let baseName: String
  private let labels: [LabelDescription]
  private let tuned = TunedEmbedders()

  /// Softmax temperature of the base: cosine similarities are multiplied by this.
  private static let baseSharpness: Float = 20

  /// A label with the text that stands for it before any tuning.
  struct LabelDescription: Sendable, Hashable {
    var label: String
    var text: String
  }

  /// Loads the encoder that a suite names.
  ///
  /// - Parameter threads: Workers at most; the bits do not depend on it.
  /// - Throws: `EmbeddedModelError` (of a suite with one label too: a constant answer would be
  ///   certified), `EngineError`, or `RunError` for the cache.
  public init(
    suite: Suite, threads: Int, onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) throws {
    let expected = suite.labels
    guard expected.count > 1 else { throw EmbeddedModelError.oneLabel(expected.first ?? "") }
    workspace = SuiteWorkspace(folder: suite.folder)
    let folder = try BaseModel.folder(of: suite.model.base, suite: suite.folder)
    let encoder = try SentenceEncoder(folder: folder)
    identity = ModelIdentity(encoder.identity)
    engine = EmbeddedClassifier.engine
    embedder = try TextEmbedder(
      encoder: encoder, cachedIn: workspace.caches, threads: threads, onProgress: onProgress)
    store = CheckpointStore(folder: workspace.checkpoints, base: identity)
    labels = Self.describe(suite)
    settings = suite.tuning
    baseName = suite.model.base
  }

  /// Embeds all texts, and remembers them for the encoders that tuning will make.
  public func prepare(for prompts: [Prompt]) async throws {
    let texts = prompts.map(\.text)
    tuned.prepare(for: texts)
    _ = try await embedder.embed(texts + labels.map(\.text))
  }

  public func base() async throws -> Checkpoint {
    let prototypes = try await embedder.embed(labels.map(\.text))
    // Only the last layer's block: that is the embedding whose cosine means likeness.
    let block = prototypes.columns - embedder.encoder.dimension
    let head = SoftmaxHead(
      labels: labels.map(\.label), dimension: prototypes.columns,
      weights: prototypes.values.enumerated().map { index, value in
        index % prototypes.columns < block ? 0 : value * Self.baseSharpness
      },
      biases: [Float](repeating: 0, count: labels.count))
    return try store.keep(head, rung: nil)
  }

  public func checkpoint(named id: String) -> Checkpoint? {
    store.checkpoint(named: id)
  }

  public func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    guard let first = examples.first else { throw EmbeddedModelError.nothingToTuneOn }
    guard examples.contains(where: { $0.label != first.label }) else {
      throw EmbeddedModelError.oneLabel(first.label)
    }
    let examples = examples + descriptions(beside: examples)
    return plan.rung.changesEncoder
      ? try await tuneEncoder(champion, plan: plan, examples: examples)
      : try await fitHead(champion, plan: plan, examples: examples)
  }

  /// Where examples are few, what a label's behavior requires is one more, as heavy as the others
  /// on average.
  func descriptions(beside examples: [TrainingExample]) -> [TrainingExample] {
    let byLabel = Dictionary(grouping: examples, by: \.label)
    guard TuningTask.isScarce(examples.count, labels: byLabel.count) else { return [] }
    return labels.compactMap { description in
      guard let own = byLabel[description.label] else { return nil }
      return TrainingExample(
        input: description.text, label: description.label,
        weight: own.reduce(0) { $0 + $1.weight } / Double(own.count),
        cluster: "description of \(description.label)")
    }
  }

  private func fitHead(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    let (_, encoder) = try store.contents(of: champion)
    let embedder = try embedder(for: encoder, at: champion)
    let problem = HeadProblem(
      examples: examples, embeddings: try await embedder.embed(examples.map(\.input)),
      lastLayer: embedder.encoder.dimension, threads: embedder.threads)
    let choice = try problem.choose(l2: plan.l2, seed: settings.seed)
    let (head, report) = try problem.fit(choice)
    return TunedCheckpoint(
      checkpoint: try store.keep(head, on: encoder, rung: plan.rung), l2: choice.l2,
      trainingLoss: report.loss, iterations: report.iterations)
  }

  public func model(at checkpoint: Checkpoint) async throws -> any Model {
    try await classifier(at: checkpoint, isReady: true)
  }

  public func unpreparedModel(at checkpoint: Checkpoint) async throws -> any Model {
    try await classifier(at: checkpoint, isReady: false)
  }

  /// - Parameter isReady: Whether a tuned encoder first embeds all texts of the suite, those of all
  ///   roles alike: no later step shows by its time which of them it looked at.
  private func classifier(
    at checkpoint: Checkpoint, isReady: Bool
  ) async throws -> EmbeddedClassifier {
    let (head, encoder) = try store.contents(of: checkpoint)
    let embedder = try embedder(for: encoder, at: checkpoint)
    if isReady, encoder != nil { _ = try await embedder.embed(tuned.texts) }
    return EmbeddedClassifier(
      identity: ModelIdentity("checkpoint:\(checkpoint.id)"), head: head, embedder: embedder)
  }

  public func attach(_ certificate: Certificate, to checkpoint: Checkpoint) throws {
    try store.attach(certificate, to: checkpoint)
  }

  // MARK: - Encoders

  /// The embedder of a checkpoint's encoder.
  func embedder(for encoder: TunedEncoder?, at checkpoint: Checkpoint) throws -> TextEmbedder {
    guard let encoder else { return embedder }
    return try tuned.embedder(of: encoder.identity) {
      try embedder.replacing(
        encoder: encoder.load(
          from: store.folder.appendingPathComponent(checkpoint.id), base: embedder.encoder),
        cachedIn: workspace.caches)
    }
  }

  /// Each label with what its behaviors require; a label that no behavior has for its own stands
  /// for itself. In order of label.
  private static func describe(_ suite: Suite) -> [LabelDescription] {
    var labels: Set<String> = []
    var texts: [String: String] = [:]
    for behavior in suite.behaviors {
      let expected = Set(behavior.examples.compactMap(\.expected.label))
      labels.formUnion(expected)
      if expected.count == 1, let label = expected.first, texts[label] == nil {
        texts[label] = behavior.requires
      }
    }
    return labels.sorted().map { label in
      LabelDescription(
        label: label,
        text: texts[label] ?? label.replacing("_", with: " ").replacing("-", with: " "))
    }
  }
}
