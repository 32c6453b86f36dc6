import Engine
package import Foundation
import Tuning

/// What the checkpoint in a folder, wherever it comes from, says of some texts.
package struct CheckpointAnswer: Encodable {
  package let labels: [String]
  /// Shape [texts][labels].
  package let logits: [[Double]]
  /// What the head reads. Shape [texts][layers · dimension].
  package let features: [[Float]]

  /// - Parameters:
  ///   - checkpoint: A folder with `head.safetensors`, and adapters in PEFT's format or a whole
  ///     encoder where that was tuned.
  ///   - base: The folder of the base model.
  /// - Throws: `EngineError`.
  package init(checkpoint: URL, base: URL, texts: [String]) throws {
    let base = try SentenceEncoder(folder: base)
    let head = try SoftmaxHead(contentsOf: checkpoint.appendingPathComponent("head.safetensors"))
    let tuned = TunedEncoder(folder: checkpoint, base: ModelIdentity(base.identity))
    let encoder = try tuned?.load(from: checkpoint, base: base) ?? base
    let matrix = try encoder.embed(texts, pooling: TextEmbedder.layers(of: encoder), threads: 1)
    labels = head.labels
    logits = head.logits(matrix)
    features = (0..<matrix.rows).map { Array(matrix[$0]) }
  }
}
