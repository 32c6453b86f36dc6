import Foundation

/// A softmax head in training: logits = f·Wᵀ + b, with cross-entropy and its gradients.
final class TrainableHead {
  let labels: [String]
  let weight: Parameter  // [labels, features]
  let bias: Parameter  // [labels]
  private var logits = FloatBuffer(count: 0)  // [examples, labels]; then their gradient

  init(_ head: SoftmaxHead) {
    labels = head.labels
    weight = Parameter(
      "head.weight", shape: [head.labels.count, head.dimension], values: head.weights,
      decays: true, isTuned: true)
    bias = Parameter(
      "head.bias", shape: [head.labels.count], values: head.biases, decays: false, isTuned: true)
  }

  var features: Int { weight.shape[1] }
  var parameters: [Parameter] { [weight, bias] }

  var head: SoftmaxHead {
    SoftmaxHead(
      labels: labels, dimension: features, weights: weight.values.values,
      biases: bias.values.values)
  }

  /// Σ wᵢ · (−ln p(yᵢ | fᵢ)) / total, in nats, with the gradients of head and features.
  ///
  /// - Parameters:
  ///   - features: f, [examples, features].
  ///   - expected: y, indices into `labels`, [examples].
  ///   - weights: w, [examples].
  ///   - total: What the sum is divided by; Σ w over all parts of the batch.
  ///   - errors: Set to the gradient of f, [examples, features].
  ///   - accumulates: Whether to add to the gradients of W and b.
  func loss(
    features: FloatBuffer, expected: ArraySlice<Int>, weights: ArraySlice<Double>, total: Double,
    errors: FloatBuffer, accumulates: Bool
  ) -> Double {
    let count = expected.count
    let classes = labels.count
    if logits.count < count * classes { logits = FloatBuffer(count: count * classes) }
    BLAS.multiply(
      features.matrix(self.features), by: weight.values.matrix(self.features),
      transposingSecond: true,
      into: logits.matrix(classes), rows: count, columns: classes, depth: self.features)
    var loss = 0.0
    for (row, (label, share)) in zip(expected, weights).enumerated() {
      loss += settle(row, label: label, share: share / total)
    }
    let biasGradient = bias.tuning!.gradient
    if !accumulates { biasGradient.setToZero() }
    for row in 0..<count {
      for label in 0..<classes { biasGradient.start[label] += logits.start[row * classes + label] }
    }
    BLAS.multiply(
      logits.matrix(classes), transposed: true, by: features.matrix(self.features),
      into: weight.tuning!.gradient.matrix(self.features), adding: accumulates, rows: classes,
      columns: self.features, depth: count)
    BLAS.multiply(
      logits.matrix(classes), by: weight.values.matrix(self.features),
      into: errors.matrix(self.features), rows: count, columns: self.features, depth: classes)
    return loss
  }

  /// Turns one row of logits into its gradient, share · (p − y), and returns share · (−ln p(y)).
  private func settle(_ row: Int, label: Int, share: Double) -> Double {
    let row = UnsafeMutableBufferPointer(
      start: logits.start + row * labels.count, count: labels.count)
    for index in row.indices { row[index] += bias.values.start[index] }
    let probabilities = SoftmaxHead.softmax(row.map { Double($0) })
    for index in row.indices {
      row[index] = Float(share * (probabilities[index] - (index == label ? 1 : 0)))
    }
    return -share * log(max(probabilities[label], .leastNormalMagnitude))
  }
}
