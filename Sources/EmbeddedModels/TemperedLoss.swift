package import Engine
import Foundation

/// The log-loss that a head would have at its best temperature.
///
/// min over β of the weighted mean of −ln softmax(β·z)[y], z the logits. A model that is tuned on
/// grows surer of itself long after its answers have stopped changing; plain log-loss punishes
/// that, and would end a tuning whose rate of right answers still rises. What is sought here is
/// right answers. Source of the temperature: Guo et al. (2017), "On calibration of modern neural
/// networks".
package struct TemperedLoss {
  /// Logits less those of the expected label. Shape [examples, labels].
  private let margins: [[Double]]
  /// Shape [examples].
  private let weights: [Double]

  /// Bounds of ln β.
  private static let range = -3.0...3.0
  /// Enough to halve the range to a thousandth.
  private static let steps = 20

  /// - Parameters:
  ///   - features: What the head reads, shape [examples, features].
  ///   - expected: Indices into the head's labels. Shape [examples].
  ///   - weights: Positive. Shape [examples].
  package init(
    _ head: SoftmaxHead, on features: EmbeddingMatrix, expected: [Int], weights: [Double]
  ) {
    margins = zip(head.logits(features), expected).map { row, own in row.map { $0 - row[own] } }
    self.weights = weights
  }

  /// In nats; infinite where a logit is no number.
  package var minimum: Double {
    var (lower, upper) = (Self.range.lowerBound, Self.range.upperBound)
    // The loss is convex in β, so it has one valley in ln β as well.
    for _ in 0..<Self.steps {
      let third = (upper - lower) / 3
      if mean(exp(lower + third)) <= mean(exp(upper - third)) {
        upper -= third
      } else {
        lower += third
      }
    }
    let least = mean(exp((lower + upper) / 2))
    return least.isFinite ? least : .infinity
  }

  private func mean(_ beta: Double) -> Double {
    var total = 0.0
    for (row, weight) in zip(margins, weights) {
      let largest = row.max() ?? 0
      let sum = row.reduce(0) { $0 + exp(beta * ($1 - largest)) }
      total += weight * (log(sum) + beta * largest)
    }
    return total / weights.reduce(0, +)
  }
}
