import EmbeddedModels
import Engine
import Foundation
import Testing

@Suite("Loss at the best temperature")
struct TemperedLossTests {
  /// Three examples answered rightly with a margin, one wrongly with the same: the best that a
  /// temperature can say of all four is 3/4, and the loss is the entropy of that.
  @Test(arguments: [0.2, 1, 5] as [Float])
  func entropy(margin: Float) {
    let head = SoftmaxHead(
      labels: ["a", "b"], dimension: 1, weights: [margin, 0], biases: [0, 0])
    let features = EmbeddingMatrix(rows: 4, columns: 1, values: [1, 1, 1, 1])
    let loss = TemperedLoss(
      head, on: features, expected: [0, 0, 0, 1], weights: [1, 1, 1, 1])
    let expected = -(0.75 * log(0.75) + 0.25 * log(0.25))
    #expect(abs(loss.minimum - expected) < 1e-4)
  }

  @Test("Weights count as repeated examples do")
  func weights() {
    let head = SoftmaxHead(labels: ["a", "b"], dimension: 1, weights: [1, 0], biases: [0, 0])
    let twice = TemperedLoss(
      head, on: EmbeddingMatrix(rows: 3, columns: 1, values: [2, 2, -1]), expected: [0, 0, 0],
      weights: [1, 1, 1])
    let once = TemperedLoss(
      head, on: EmbeddingMatrix(rows: 2, columns: 1, values: [2, -1]), expected: [0, 0],
      weights: [2, 1])
    #expect(abs(twice.minimum - once.minimum) < 1e-9)
  }

  @Test("A logit that is no number makes it infinite")
  func broken() {
    let head = SoftmaxHead(labels: ["a", "b"], dimension: 1, weights: [.nan, 0], biases: [0, 0])
    let loss = TemperedLoss(
      head, on: EmbeddingMatrix(rows: 1, columns: 1, values: [1]), expected: [1], weights: [1])
    #expect(loss.minimum == .infinity)
  }
}
