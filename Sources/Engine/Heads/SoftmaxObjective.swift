import Foundation

/// The loss of multinomial logistic regression and its gradient.
///
/// Parameters: W row-major [classes, depth], then b [classes]. Rows are worked on in chunks of a
/// fixed size, each with a partial gradient of its own; these are summed in order of chunk, so the
/// bits do not depend on how many threads there are.
struct SoftmaxObjective {
  private let inputs: [Double]  // [rows, depth]
  private let labels: [Int]  // [rows]
  private let weights: [Double]  // [rows], summing to 1
  private let rows: Int
  private let depth: Int
  private let classes: Int
  private let l2: Double
  private let threads: Int

  private static let chunk = 256

  var parameters: Int { classes * (depth + 1) }

  init(
    embeddings: EmbeddingMatrix, labels: [Int], weights: [Double], classes: Int, l2: Double,
    threads: Int
  ) {
    let total = weights.reduce(0, +)
    inputs = embeddings.values.map { Double($0) }
    self.labels = labels
    self.weights = weights.map { $0 / total }
    rows = embeddings.rows
    depth = embeddings.columns
    self.classes = classes
    self.l2 = l2
    self.threads = max(1, threads)
  }

  func penalty(_ parameters: [Double]) -> Double {
    l2 / 2 * parameters[..<(classes * depth)].reduce(0) { $0 + $1 * $1 }
  }

  func evaluate(_ parameters: [Double], gradient: inout [Double]) -> Double {
    let parts = partialSums(at: parameters)
    var loss = penalty(parameters)
    for index in 0..<classes * depth { gradient[index] = l2 * parameters[index] }
    for index in classes * depth..<self.parameters { gradient[index] = 0 }
    for part in parts {
      loss += part.loss
      for index in gradient.indices { gradient[index] += part.gradient[index] }
    }
    return loss
  }

  /// What some of the rows contribute, without the penalty.
  private struct Part {
    var loss: Double
    var gradient: [Double]  // [parameters]
  }

  private func partialSums(at parameters: [Double]) -> [Part] {
    let count = (rows + Self.chunk - 1) / Self.chunk
    var parts = [Part](repeating: Part(loss: 0, gradient: []), count: count)
    let workers = min(threads, count)
    parts.withUnsafeMutableBufferPointer { parts in
      // Each worker writes the parts of its own chunks only, and all have ended before this does.
      nonisolated(unsafe) let parts = parts
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for index in stride(from: worker, to: count, by: workers) {
          let start = index * Self.chunk
          parts[index] = part(of: start..<min(start + Self.chunk, rows), at: parameters)
        }
      }
    }
    return parts
  }

  private func part(of range: Range<Int>, at parameters: [Double]) -> Part {
    // errors: [range, classes], first logits, then w·(p − y).
    var errors = [Double](repeating: 0, count: range.count * classes)
    var part = Part(loss: 0, gradient: [Double](repeating: 0, count: self.parameters))
    inputs.withUnsafeBufferPointer { inputs in
      let inputs = inputs.baseAddress! + range.lowerBound * depth
      BLAS.multiplyTransposed(
        inputs, parameters, into: &errors, rows: range.count, columns: classes, depth: depth)
      for (offset, row) in range.enumerated() {
        part.loss += settle(
          &errors, at: offset * classes, row: row, parameters: parameters,
          biasGradient: &part.gradient)
      }
      BLAS.multiplyFirstTransposed(
        errors, inputs, into: &part.gradient, rows: classes, columns: depth, depth: range.count)
    }
    return part
  }

  /// Turns the logits of one row into w·(p − y), and returns the row's loss.
  private func settle(
    _ errors: inout [Double], at start: Int, row: Int, parameters: [Double],
    biasGradient: inout [Double]
  ) -> Double {
    let biases = classes * depth
    var largest = -Double.infinity
    for label in 0..<classes {
      errors[start + label] += parameters[biases + label]
      largest = max(largest, errors[start + label])
    }
    let own = errors[start + labels[row]] - largest
    var sum = 0.0
    for label in 0..<classes {
      errors[start + label] = exp(errors[start + label] - largest)
      sum += errors[start + label]
    }
    for label in 0..<classes {
      let target = label == labels[row] ? 1.0 : 0
      errors[start + label] = weights[row] * (errors[start + label] / sum - target)
      biasGradient[biases + label] += errors[start + label]
    }
    return weights[row] * (log(sum) - own)
  }
}
