import Engine
import Foundation

/// The tiny BERT of `Tests/Fixtures/engine/training`, with batches and a head.
struct TinyModel {
  let encoder: SentenceEncoder
  let head: SoftmaxHead
  let batches: [TuningBatch]

  static let folder = Fixtures.folder.appendingPathComponent("engine/training")
  /// Layers whose outputs are pooled.
  static let pooled = [1, 2]
  static let seed: UInt64 = 7

  init() throws {
    encoder = try Self.encoder(weights: Self.folder.appendingPathComponent("tiny-bert"))
    head = try Self.head(in: Self.folder)
    let file = try Fixtures.json(File.self, "engine/training/batches.json")
    batches = file.batches.map {
      TuningBatch(sequences: $0.sequences, expected: $0.labels, weights: $0.weights)
    }
  }

  func file(_ name: String) -> URL { Self.folder.appendingPathComponent(name) }

  func tuning(
    _ method: FineTuning.Method, adapters: LowRankWeights? = nil, threads: Int = 2
  ) -> FineTuning {
    FineTuning(
      encoder: encoder, head: head, pooling: Self.pooled, method: method, adapters: adapters,
      seed: Self.seed, threads: threads)
  }

  /// The head of a folder, which names no labels.
  static func head(in folder: URL) throws -> SoftmaxHead {
    let file = try SafetensorsFile(contentsOf: folder.appendingPathComponent("head.safetensors"))
    return SoftmaxHead(
      labels: ["a", "b", "c"], dimension: 32, weights: try file.floats("weight", shape: [3, 32]),
      biases: try file.floats("bias", shape: [3]))
  }

  /// An encoder whose folder has no tokenizer: one is made up, of as many tokens.
  static func encoder(weights folder: URL) throws -> SentenceEncoder {
    try Fixtures.scratch { scratch in
      for name in ["config.json", "model.safetensors"] {
        try FileManager.default.copyItem(
          at: folder.appendingPathComponent(name), to: scratch.appendingPathComponent(name))
      }
      let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + (4..<40).map { "w\($0)" }
      let tokenizer: [String: Any] = [
        "normalizer": ["type": "BertNormalizer"],
        "pre_tokenizer": ["type": "BertPreTokenizer"],
        "model": [
          "type": "WordPiece",
          "vocab": Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) }),
        ],
        "post_processor": ["type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]],
      ]
      try JSONSerialization.data(withJSONObject: tokenizer)
        .write(to: scratch.appendingPathComponent("tokenizer.json"))
      return try SentenceEncoder(folder: scratch)
    }
  }

  private struct File: Decodable {
    struct Batch: Decodable {
      var sequences: [[Int32]]
      var labels: [Int]
      var weights: [Double]
    }
    var batches: [Batch]
  }
}

/// ‖a − b‖ / ‖b‖, where a length under 1e-3 counts as that: what is zero but for rounding has no
/// relative error.
func distance(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .infinity }
  let difference = zip(a, b).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
  let length = b.reduce(0.0) { $0 + pow(Double($1), 2) }
  return difference.squareRoot() / max(length.squareRoot(), 1e-3)
}
