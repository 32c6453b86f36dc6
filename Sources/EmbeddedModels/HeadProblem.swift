import Engine
import Foundation
import Statistics
import Tuning

/// The fit of one head: examples, their embeddings, and how strongly to regularise.
struct HeadProblem {
  let embeddings: EmbeddingMatrix
  /// Index into `labelNames`, shape [examples].
  let labels: [Int]
  let weights: [Double]
  let clusters: [String]
  let labelNames: [String]
  /// Columns of the last layer, which come last.
  private let lastLayer: Int
  private let threads: Int

  private static let maximumIterations = 1000
  static let usualTolerance = 1e-6
  /// Where the fit of a head may stop that is thrown away: probabilities are the same to three digits,
  /// in half the time.
  static let roughTolerance = 1e-5

  /// - Parameters:
  ///   - embeddings: Features of the examples, shape [examples, features].
  ///   - lastLayer: How many of the features are the last layer's; they come last.
  init(
    examples: [TrainingExample], embeddings: EmbeddingMatrix, lastLayer: Int, threads: Int
  ) {
    self.lastLayer = lastLayer
    self.threads = threads
    labelNames = Set(examples.map(\.label)).sorted()
    let index = Dictionary(uniqueKeysWithValues: labelNames.enumerated().map { ($1, $0) })
    self.embeddings = embeddings
    labels = examples.map { index[$0.label]! }
    weights = examples.map(\.weight)
    clusters = examples.map(\.cluster)
  }

  /// The problem of some of the examples, with all labels.
  func part(_ indices: [Int]) -> HeadProblem {
    HeadProblem(
      embeddings: embeddings.rows(indices), labels: indices.map { labels[$0] },
      weights: indices.map { weights[$0] }, clusters: indices.map { clusters[$0] },
      labelNames: labelNames, lastLayer: lastLayer, threads: threads)
  }

  private init(
    embeddings: EmbeddingMatrix, labels: [Int], weights: [Double], clusters: [String],
    labelNames: [String], lastLayer: Int, threads: Int
  ) {
    self.lastLayer = lastLayer
    self.embeddings = embeddings
    self.labels = labels
    self.weights = weights
    self.clusters = clusters
    self.labelNames = labelNames
    self.threads = threads
  }

  /// - Parameter strength: What the penalty is multiplied by.
  /// - Throws: `CancellationError`, as all fits do.
  func fit(
    _ choice: Choice, strength: Double = 1, tolerance: Double = HeadProblem.usualTolerance
  ) throws -> (SoftmaxHead, FitReport) {
    let l2 = choice.l2 * strength
    guard choice.readsLastLayer else { return try fit(l2: l2, tolerance: tolerance) }
    let (head, report) = try ofLastLayer.fit(l2: l2, tolerance: tolerance)
    return (head.widened(to: embeddings.columns), report)
  }

  /// - Parameter start: A head of the same labels to begin at. The usual tolerance is far below what
  ///   neighboring strengths differ by, so that it decides how long this takes and nothing else.
  func fit(
    l2: Double, start: SoftmaxHead? = nil, tolerance: Double = HeadProblem.usualTolerance
  ) throws -> (SoftmaxHead, FitReport) {
    try SoftmaxHead.fit(
      embeddings, labels: labels, weights: weights, labelNames: labelNames, l2: l2,
      tolerance: tolerance, maximumIterations: Self.maximumIterations, start: start,
      threads: threads)
  }

  /// The same with the last layer's features alone.
  var ofLastLayer: HeadProblem {
    HeadProblem(
      embeddings: embeddings.lastColumns(lastLayer), labels: labels, weights: weights,
      clusters: clusters, labelNames: labelNames, lastLayer: lastLayer, threads: threads)
  }
}

extension EmbeddingMatrix {
  /// The rows at `indices`, in that order.
  fileprivate func rows(_ indices: [Int]) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: indices.count, columns: columns, values: indices.flatMap { Array(self[$0]) })
  }

  func lastColumns(_ count: Int) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: rows, columns: count, values: (0..<rows).flatMap { Array(self[$0].suffix(count)) })
  }

  func firstRows(_ count: Int) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: count, columns: columns, values: Array(values.prefix(count * columns)))
  }

  func appending(_ other: EmbeddingMatrix) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: rows + other.rows, columns: columns, values: values + other.values)
  }
}

extension SoftmaxHead {
  /// The same head on features that have others, which it does not read, before its own.
  fileprivate func widened(to columns: Int) -> SoftmaxHead {
    let added = [Float](repeating: 0, count: columns - dimension)
    return SoftmaxHead(
      labels: labels, dimension: columns,
      weights: labels.indices.flatMap { added + weights[$0 * dimension..<($0 + 1) * dimension] },
      biases: biases)
  }
}
