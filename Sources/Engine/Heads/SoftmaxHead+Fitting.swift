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
  /// L-BFGS from zero. The problem is convex; the same input gives the same bits.
  ///
  /// - Parameters:
  ///   - labels: Index into `labelNames` per row, shape [rows].
  ///   - weights: Positive weight per row, shape [rows].
  ///   - l2: Strength of the penalty, ≥ 0. scikit-learn's `C` is 1 / (l2 · Σᵢ wᵢ).
  ///   - tolerance: Largest absolute component of the gradient at which the fit has converged.
  public static func fit(
    _ embeddings: EmbeddingMatrix, labels: [Int], weights: [Double], labelNames: [String],
    l2: Double, tolerance: Double = 1e-6, maximumIterations: Int = 1000
  ) -> (head: SoftmaxHead, report: FitReport) {
    precondition(labels.count == embeddings.rows, "every row has a label")
    precondition(weights.count == embeddings.rows, "every row has a weight")
    precondition(labels.allSatisfy(labelNames.indices.contains), "labels are indices of names")
    let objective = SoftmaxObjective(
      embeddings: embeddings, labels: labels, weights: weights, classes: labelNames.count, l2: l2)
    let minimum = LBFGS(tolerance: tolerance, maximumIterations: maximumIterations)
      .minimize(from: [Double](repeating: 0, count: objective.parameters)) {
        objective.evaluate($0, gradient: &$1)
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

/// The loss of multinomial logistic regression and its gradient.
///
/// Parameters: W row-major [classes, depth], then b [classes].
struct SoftmaxObjective {
  private let inputs: [Double]  // [rows, depth]
  private let labels: [Int]  // [rows]
  private let weights: [Double]  // [rows], summing to 1
  private let rows: Int
  private let depth: Int
  private let classes: Int
  private let l2: Double

  var parameters: Int { classes * (depth + 1) }

  init(embeddings: EmbeddingMatrix, labels: [Int], weights: [Double], classes: Int, l2: Double) {
    let total = weights.reduce(0, +)
    inputs = embeddings.values.map { Double($0) }
    self.labels = labels
    self.weights = weights.map { $0 / total }
    rows = embeddings.rows
    depth = embeddings.columns
    self.classes = classes
    self.l2 = l2
  }

  func penalty(_ parameters: [Double]) -> Double {
    l2 / 2 * parameters[..<(classes * depth)].reduce(0) { $0 + $1 * $1 }
  }

  func evaluate(_ parameters: [Double], gradient: inout [Double]) -> Double {
    // errors: [rows, classes], first logits, then w·(p − y).
    var errors = [Double](repeating: 0, count: rows * classes)
    let matrix = Array(parameters[..<(classes * depth)])
    BLAS.multiplyTransposed(
      inputs, matrix, into: &errors, rows: rows, columns: classes, depth: depth)
    var loss = penalty(parameters)
    var biasGradient = [Double](repeating: 0, count: classes)
    errors.withUnsafeMutableBufferPointer { errors in
      for row in 0..<rows {
        let start = row * classes
        var largest = -Double.infinity
        for label in 0..<classes {
          errors[start + label] += parameters[classes * depth + label]
          largest = max(largest, errors[start + label])
        }
        let own = errors[start + labels[row]] - largest
        var sum = 0.0
        for label in 0..<classes {
          errors[start + label] = exp(errors[start + label] - largest)
          sum += errors[start + label]
        }
        loss += weights[row] * (log(sum) - own)
        for label in 0..<classes {
          let target = label == labels[row] ? 1.0 : 0
          errors[start + label] = weights[row] * (errors[start + label] / sum - target)
          biasGradient[label] += errors[start + label]
        }
      }
    }
    var matrixGradient = [Double](repeating: 0, count: classes * depth)
    BLAS.multiplyFirstTransposed(
      errors, inputs, into: &matrixGradient, rows: classes, columns: depth, depth: rows)
    for index in matrixGradient.indices { gradient[index] = matrixGradient[index] + l2 * matrix[index] }
    for label in 0..<classes { gradient[classes * depth + label] = biasGradient[label] }
    return loss
  }
}
