public import Engine
import Foundation
import Suites
public import Tuning

/// A softmax head on frozen embeddings, seen as a model that answers with labels.
public struct EmbeddedClassifier: Model {
  public let identity: ModelIdentity
  public let head: SoftmaxHead
  private let embedder: TextEmbedder

  /// What computes, as far as it decides bits, e.g. `hone 0.1 SkylakeX`.
  public static let engine = "hone \(HoneVersion.current) \(SentenceEncoder.kernelName)"

  init(identity: ModelIdentity, head: SoftmaxHead, embedder: TextEmbedder) {
    self.identity = identity
    self.head = head
    self.embedder = embedder
  }

  /// Loads a kept checkpoint for use, without a cache: its texts are new ones.
  ///
  /// - Parameter base: As in `hone.yaml`: a known name, or a path.
  /// - Throws: `EmbeddedModelError` or `EngineError`.
  public init(checkpoint id: String, base: String, workspace: SuiteWorkspace, threads: Int) throws {
    let base = try SentenceEncoder(folder: try BaseModel.folder(of: base, suite: workspace.folder))
    let store = CheckpointStore(
      folder: workspace.checkpoints, base: ModelIdentity(base.identity))
    let (head, encoder) = try store.contents(of: Checkpoint(id: id, rung: .head))
    let place = workspace.checkpoints.appendingPathComponent(id)
    self.init(
      identity: ModelIdentity("checkpoint:\(id)"), head: head,
      embedder: try TextEmbedder(
        encoder: encoder?.load(from: place, base: base) ?? base, cachedIn: nil, threads: threads,
        onProgress: { _ in }))
  }

  public func replies(to prompts: [Prompt]) async throws -> [Reply] {
    try await distributions(of: prompts.map(\.text)).map {
      Reply(labels: head.labels, probabilities: $0)
    }
  }

  /// Readies texts, all roles alike: no later step shows by its time which of them it looked at.
  public func prepare(for prompts: [Prompt]) async throws {
    _ = try await embedder.embed(prompts.map(\.text))
  }

  /// The probability of every label, shape [texts][labels], in the order of `head.labels`.
  public func distributions(of texts: [String]) async throws -> [[Double]] {
    head.probabilities(try await embedder.embed(texts))
  }
}

extension Reply {
  /// The likeliest label (of equal ones the last), with its margin to the runner-up.
  ///
  /// - Parameter probabilities: Of each label; shape [labels] both.
  package init(labels: [String], probabilities: [Double]) {
    guard let best = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] })
    else {
      self = .failure(reason: "the head has no labels")
      return
    }
    let others = probabilities.indices.lazy.filter { $0 != best }.map { probabilities[$0] }
    self = .label(
      labels[best], probability: probabilities[best],
      margin: others.max().map { probabilities[best] - $0 })
  }
}
