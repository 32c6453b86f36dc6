import Foundation

/// How a fit went.
public struct FitReport: Sendable, Hashable {
  public var iterations: Int
  /// Weighted mean log-loss without the penalty, in nats.
  public var loss: Double
  /// Largest absolute component of the gradient at the end.
  public var gradientNorm: Double
  public var converged: Bool
}

extension SoftmaxHead {
  /// Fits multinomial logistic regression, to convergence.
  ///
  /// Minimises Σᵢ wᵢ·(−ln p(yᵢ | xᵢ)) / Σᵢ wᵢ + l2/2·‖W‖², biases unpenalised, in Double by
  /// L-BFGS. The problem is convex; the same input gives the same bits.
  ///
  /// - Parameters:
  ///   - labels: Index into `labelNames` per row, shape [rows].
  ///   - weights: Positive weight per row, shape [rows].
  ///   - l2: Strength of the penalty, ≥ 0. scikit-learn's `C` is 1 / (l2 · Σᵢ wᵢ).
  ///   - tolerance: Largest absolute component of the gradient at which the fit has converged.
  ///   - start: A head of the same shape to begin at, one with zeros where left out. It decides
  ///     how long the fit takes, and the minimum only within the tolerance.
  ///   - threads: Workers at most; the bits do not depend on it.
  /// - Throws: `CancellationError` where the task is cancelled: looked for before each pass over the
  ///   rows.
  public static func fit(
    _ embeddings: EmbeddingMatrix, labels: [Int], weights: [Double], labelNames: [String],
    l2: Double, tolerance: Double = 1e-6, maximumIterations: Int = 1000,
    start: SoftmaxHead? = nil, threads: Int = 1
  ) throws -> (head: SoftmaxHead, report: FitReport) {
    precondition(labels.count == embeddings.rows, "every row has a label")
    precondition(weights.count == embeddings.rows, "every row has a weight")
    precondition(labels.allSatisfy(labelNames.indices.contains), "labels are indices of names")
    let objective = SoftmaxObjective(
      embeddings: embeddings, labels: labels, weights: weights, classes: labelNames.count, l2: l2,
      threads: threads)
    let origin =
      start.map { ($0.weights + $0.biases).map { Double($0) } }
      ?? [Double](repeating: 0, count: objective.parameters)
    precondition(origin.count == objective.parameters, "the start has the shape of the result")
    let minimum = try LBFGS(tolerance: tolerance, maximumIterations: maximumIterations)
      .minimize(from: origin) { point, gradient in
        try Task.checkCancellation()
        return objective.evaluate(point, gradient: &gradient)
      }
    let split = labelNames.count * embeddings.columns
    let head = SoftmaxHead(
      labels: labelNames, dimension: embeddings.columns,
      weights: minimum.point[..<split].map { Float($0) },
      biases: minimum.point[split...].map { Float($0) })
    let report = FitReport(
      iterations: minimum.iterations, loss: minimum.value - objective.penalty(minimum.point),
      gradientNorm: minimum.gradientNorm, converged: minimum.gradientNorm <= tolerance)
    return (head, report)
  }
}
