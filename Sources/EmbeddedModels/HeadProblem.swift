import Engine
import Foundation
import Statistics
import Tuning

/// The fit of one head: examples, their embeddings, and how strongly to regularise.
struct HeadProblem {
  private let embeddings: EmbeddingMatrix
  /// Index into `labelNames`, shape [examples].
  private let labels: [Int]
  private let weights: [Double]
  private let clusters: [String]
  private let labelNames: [String]
  private let threads: Int

  private static let folds = 5
  /// The strengths that cross-validation chooses among, strong to weak.
  private static let strengths = [3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6]
  private static let tolerance = 1e-6
  private static let maximumIterations = 1000

  init(examples: [TrainingExample], embeddings: EmbeddingMatrix, threads: Int) {
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
      labelNames: labelNames, threads: threads)
  }

  private init(
    embeddings: EmbeddingMatrix, labels: [Int], weights: [Double], clusters: [String],
    labelNames: [String], threads: Int
  ) {
    self.embeddings = embeddings
    self.labels = labels
    self.weights = weights
    self.clusters = clusters
    self.labelNames = labelNames
    self.threads = threads
  }

  func fit(l2: Double) -> (SoftmaxHead, FitReport) {
    SoftmaxHead.fit(
      embeddings, labels: labels, weights: weights, labelNames: labelNames, l2: l2,
      tolerance: Self.tolerance, maximumIterations: Self.maximumIterations, threads: threads)
  }

  /// The strength with the least held-out log-loss over 5 folds that never split a cluster.
  ///
  /// Starts in the middle of the strengths and walks downhill; the loss has one valley in
  /// practice, so few of them are tried.
  func crossValidatedL2(seed: UInt64) throws -> Double {
    let folds = folds(seed: seed)
    var losses: [Int: Double] = [:]
    func loss(_ index: Int) throws -> Double {
      if let known = losses[index] { return known }
      let value = try heldOutLoss(l2: Self.strengths[index], folds: folds)
      losses[index] = value
      return value
    }
    var best = Self.strengths.count / 2
    while true {
      let neighbors = [best - 1, best + 1].filter(Self.strengths.indices.contains)
      guard let better = try neighbors.min(by: { try loss($0) < loss($1) }),
        try loss(better) < loss(best)
      else { return Self.strengths[best] }
      best = better
    }
  }

  private func folds(seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed, stream: "cross-validation")
    var names = Set(clusters).sorted()
    generator.shuffle(&names)
    let fold = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($1, $0 % Self.folds) })
    return clusters.map { fold[$0]! }
  }

  private func heldOutLoss(l2: Double, folds: [Int]) throws -> Double {
    var loss = LogLoss()
    for fold in 0..<Self.folds {
      let inside = folds.indices.filter { folds[$0] != fold }
      let outside = folds.indices.filter { folds[$0] == fold }
      guard !outside.isEmpty, Set(inside.map { labels[$0] }).count > 1 else { continue }
      let (head, _) = SoftmaxHead.fit(
        embeddings.rows(inside), labels: inside.map { labels[$0] },
        weights: inside.map { weights[$0] }, labelNames: labelNames, l2: l2,
        tolerance: 1e-4, maximumIterations: Self.maximumIterations, threads: threads)
      loss.add(
        head, on: embeddings.rows(outside), expected: outside.map { labels[$0] },
        weights: outside.map { weights[$0] })
    }
    return loss.mean ?? 0
  }
}

extension EmbeddingMatrix {
  /// The rows at `indices`, in that order.
  fileprivate func rows(_ indices: [Int]) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: indices.count, columns: columns, values: indices.flatMap { Array(self[$0]) })
  }
}
