import Engine
import Foundation

/// A weighted mean of −ln p(y), in nats, of examples taken in together or part by part.
struct LogLoss {
  private var total = 0.0
  private var weight = 0.0

  /// What was taken in; nil before anything was.
  var mean: Double? { weight > 0 ? total / weight : nil }

  /// Takes in examples.
  ///
  /// - Parameters:
  ///   - features: What the head reads, shape [examples, features].
  ///   - expected: Indices into the head's labels. Shape [examples].
  ///   - weights: Positive. Shape [examples].
  mutating func add(
    _ head: SoftmaxHead, on features: EmbeddingMatrix, expected: [Int], weights: [Double]
  ) {
    for (index, row) in head.probabilities(features).enumerated() {
      total -= weights[index] * log(max(row[expected[index]], 1e-12))
      weight += weights[index]
    }
  }
}
