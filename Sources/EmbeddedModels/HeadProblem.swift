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
  /// Columns of the last layer, which come last.
  private let lastLayer: Int
  private let threads: Int

  private static let folds = 5
  /// The strengths that cross-validation chooses among, strong to weak.
  private static let strengths = [3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6]
  /// Held-out examples that tell strengths apart.
  private static let enough = 2000
  private static let maximumIterations = 1000

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

  /// How a head is fitted.
  struct Choice: Hashable {
    /// Strength of the penalty.
    var l2: Double
    /// Whether the head reads the last layer alone, and has zeros for the others.
    var readsLastLayer: Bool
  }

  /// The choice with the least held-out log-loss over folds that never split a cluster.
  ///
  /// Starts in the middle of the strengths and walks downhill; the loss has one valley in
  /// practice, so few of them are tried. Five folds, of which no more are held out, one after the
  /// other, than `enough` examples need. With few examples per label the last layer alone often
  /// does better than four, with many it never did: only then are both compared.
  ///
  /// - Parameter l2: A strength that is settled already.
  func choose(l2: Double?, seed: UInt64) -> Choice {
    guard isScarce else { return Choice(l2: l2 ?? walk(folds(seed: seed)).l2, readsLastLayer: false) }
    let all = folds(seed: seed)
    let last = all.map(\.ofLastLayer)
    let (wide, narrow) = (walk(all, only: l2), walk(last, only: l2))
    return narrow.loss < wide.loss
      ? Choice(l2: narrow.l2, readsLastLayer: true) : Choice(l2: wide.l2, readsLastLayer: false)
  }

  /// Whether there are few examples per label.
  private var isScarce: Bool { labels.count < TuningTask.few * labelNames.count }

  private func walk(_ folds: [Fold], only l2: Double? = nil) -> (l2: Double, loss: Double) {
    var folds = folds
    func loss(l2: Double) -> Double {
      var loss = LogLoss()
      for fold in folds.indices { folds[fold].score(l2: l2, into: &loss) }
      return loss.mean ?? 0
    }
    if let l2 { return (l2, loss(l2: l2)) }
    var losses: [Int: Double] = [:]
    func loss(_ index: Int) -> Double {
      if let known = losses[index] { return known }
      losses[index] = loss(l2: Self.strengths[index])
      return losses[index]!
    }
    var best = Self.strengths.count / 2
    while true {
      let neighbors = [best - 1, best + 1].filter(Self.strengths.indices.contains)
      guard let better = neighbors.min(by: { loss($0) < loss($1) }), loss(better) < loss(best)
      else { return (Self.strengths[best], loss(best)) }
      best = better
    }
  }

  /// - Parameter strength: What the penalty is multiplied by.
  func fit(_ choice: Choice, strength: Double = 1) -> (SoftmaxHead, FitReport) {
    let l2 = choice.l2 * strength
    guard choice.readsLastLayer else { return fit(l2: l2) }
    let (head, report) = ofLastLayer.fit(l2: l2)
    return (head.widened(to: embeddings.columns), report)
  }

  /// - Parameter start: A head of the same labels to begin at. The tolerance is far below what
  ///   neighboring strengths differ by, so that it decides how long this takes and nothing else.
  private func fit(l2: Double, start: SoftmaxHead? = nil) -> (SoftmaxHead, FitReport) {
    SoftmaxHead.fit(
      embeddings, labels: labels, weights: weights, labelNames: labelNames, l2: l2,
      tolerance: 1e-6, maximumIterations: Self.maximumIterations, start: start, threads: threads)
  }

  /// The same with the last layer's features alone.
  private var ofLastLayer: HeadProblem {
    HeadProblem(
      embeddings: embeddings.lastColumns(lastLayer), labels: labels, weights: weights,
      clusters: clusters, labelNames: labelNames, lastLayer: lastLayer, threads: threads)
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
    private var last: SoftmaxHead?

    var ofLastLayer: Fold { Fold(inside: inside.ofLastLayer, outside: outside.ofLastLayer) }

    init(inside: HeadProblem, outside: HeadProblem) {
      self.inside = inside
      self.outside = outside
    }

    mutating func score(l2: Double, into loss: inout LogLoss) {
      let head = inside.fit(l2: l2, start: last).0
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

  fileprivate func lastColumns(_ count: Int) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: rows, columns: count, values: (0..<rows).flatMap { Array(self[$0].suffix(count)) })
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
