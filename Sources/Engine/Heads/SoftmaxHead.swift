public import Foundation

/// A linear classifier on embeddings: softmax(W · x + b).
public struct SoftmaxHead: Sendable, Hashable {
  /// In order of output.
  public let labels: [String]
  /// Length of an embedding.
  public let dimension: Int
  /// Row-major, shape [labels, dimension].
  public let weights: [Float]
  /// Shape [labels].
  public let biases: [Float]

  public init(labels: [String], dimension: Int, weights: [Float], biases: [Float]) {
    precondition(weights.count == labels.count * dimension, "weights are [labels, dimension]")
    precondition(biases.count == labels.count, "there is one bias per label")
    self.labels = labels
    self.dimension = dimension
    self.weights = weights
    self.biases = biases
  }

  /// The probability of every label, shape [rows][labels].
  public func probabilities(_ embeddings: EmbeddingMatrix) -> [[Double]] {
    logits(embeddings).map(Self.softmax)
  }

  /// W · x + b, shape [rows][labels].
  ///
  /// Computed row by row in Double: what a row gets does not depend on the others.
  public func logits(_ embeddings: EmbeddingMatrix) -> [[Double]] {
    precondition(embeddings.columns == dimension, "embeddings are as long as the head is wide")
    return (0..<embeddings.rows).map { row in
      labels.indices.map { label in
        Self.dot(embeddings.values, row * dimension, weights, label * dimension, dimension)
          + Double(biases[label])
      }
    }
  }

  private static func dot(
    _ a: [Float], _ aStart: Int, _ b: [Float], _ bStart: Int, _ count: Int
  ) -> Double {
    var total = 0.0
    for index in 0..<count { total += Double(a[aStart + index]) * Double(b[bStart + index]) }
    return total
  }

  static func softmax(_ logits: [Double]) -> [Double] {
    guard let largest = logits.max() else { return [] }
    let powers = logits.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

// MARK: - On disk

extension SoftmaxHead {
  /// The head as a safetensors file, its labels as metadata; the same head gives the same bytes.
  public func fileContent() throws -> Data {
    let names = try JSONSerialization.data(
      withJSONObject: labels, options: [.withoutEscapingSlashes])
    return try SafetensorsFile.content(
      [
        ("weight", [labels.count, dimension], weights),
        ("bias", [labels.count], biases),
      ],
      metadata: ["labels": String(decoding: names, as: UTF8.self), "format": "hone-head-1"])
  }

  /// Reads a head back.
  ///
  /// - Throws: `EngineError`.
  public init(contentsOf url: URL) throws {
    let file = try SafetensorsFile(contentsOf: url)
    guard let text = file.metadata["labels"],
      let labels = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String],
      let shape = file.entries["weight"]?.shape, shape.count == 2, shape[0] == labels.count
    else {
      throw EngineError.malformed(path: url.path, problem: "it holds no head with labels")
    }
    self.init(
      labels: labels, dimension: shape[1], weights: try file.floats("weight", shape: shape),
      biases: try file.floats("bias", shape: [labels.count]))
  }
}
