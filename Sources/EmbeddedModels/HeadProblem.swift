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
  /// Held-out examples that tell strengths apart.
  private static let enough = 2000
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

  func fit(
    l2: Double, tolerance: Double = 1e-6, start: SoftmaxHead? = nil
  ) -> (SoftmaxHead, FitReport) {
    SoftmaxHead.fit(
      embeddings, labels: labels, weights: weights, labelNames: labelNames, l2: l2,
      tolerance: tolerance, maximumIterations: Self.maximumIterations, start: start,
      threads: threads)
  }

  /// The strength with the least held-out log-loss over folds that never split a cluster.
  ///
  /// Starts in the middle of the strengths and walks downhill; the loss has one valley in
  /// practice, so few of them are tried. Five folds, of which no more are held out, one after the
  /// other, than `enough` examples need.
  func crossValidatedL2(seed: UInt64) -> Double {
    var folds = folds(seed: seed)
    var losses: [Int: Double] = [:]
    func loss(_ index: Int) -> Double {
      if let known = losses[index] { return known }
      var loss = LogLoss()
      for fold in folds.indices { folds[fold].score(l2: Self.strengths[index], into: &loss) }
      losses[index] = loss.mean ?? 0
      return losses[index]!
    }
    var best = Self.strengths.count / 2
    while true {
      let neighbors = [best - 1, best + 1].filter(Self.strengths.indices.contains)
      guard let better = neighbors.min(by: { loss($0) < loss($1) }), loss(better) < loss(best)
      else { return Self.strengths[best] }
      best = better
    }
  }

  private func folds(seed: UInt64) -> [Fold] {
    var generator = SeededGenerator(seed: seed, stream: "cross-validation")
    var names = Set(clusters).sorted()
    generator.shuffle(&names)
    let places = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($1, $0 % Self.folds) })
    var folds: [Fold] = []
    var heldOut = 0
    for place in 0..<Self.folds where heldOut < Self.enough {
      let outside = clusters.indices.filter { places[clusters[$0]] == place }
      let inside = part(clusters.indices.filter { places[clusters[$0]] != place })
      guard !outside.isEmpty, Set(inside.labels).count > 1 else { continue }
      folds.append(Fold(inside: inside, outside: part(outside)))
      heldOut += outside.count
    }
    return folds
  }

  /// One split of the examples, and the head that was fitted last on its inside: the next strength
  /// starts there.
  private struct Fold {
    let inside: HeadProblem
    let outside: HeadProblem
    var last: SoftmaxHead?

    init(inside: HeadProblem, outside: HeadProblem) {
      self.inside = inside
      self.outside = outside
    }

    mutating func score(l2: Double, into loss: inout LogLoss) {
      let head = inside.fit(l2: l2, tolerance: 1e-4, start: last).0
      loss.add(
        head, on: outside.embeddings, expected: outside.labels, weights: outside.weights)
      last = head
    }
  }
}

extension EmbeddingMatrix {
  /// The rows at `indices`, in that order.
  fileprivate func rows(_ indices: [Int]) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: indices.count, columns: columns, values: indices.flatMap { Array(self[$0]) })
  }
}
