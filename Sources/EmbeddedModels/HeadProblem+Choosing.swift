import Engine
import Statistics
import Tuning

extension HeadProblem {
  private static let folds = 5
  /// The strengths that cross-validation chooses among, strong to weak.
  private static let strengths = [3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6]
  /// Held-out examples that tell strengths apart.
  private static let enough = 2000

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
  /// other, than `enough` examples need. With many examples per label four layers do better than
  /// the last alone, with few often worse (`docs/log.md`): only then are both compared.
  ///
  /// - Parameter l2: A strength that is settled already.
  func choose(l2: Double?, seed: UInt64) throws -> Choice {
    if let l2, !isScarce { return Choice(l2: l2, readsLastLayer: false) }
    let all = folds(seed: seed)
    guard isScarce else { return Choice(l2: try walk(all).l2, readsLastLayer: false) }
    let last = all.map(\.ofLastLayer)
    let (wide, narrow) = (try walk(all, only: l2), try walk(last, only: l2))
    return narrow.loss < wide.loss
      ? Choice(l2: narrow.l2, readsLastLayer: true) : Choice(l2: wide.l2, readsLastLayer: false)
  }

  /// Whether there are few examples per label.
  private var isScarce: Bool { TuningTask.isScarce(labels.count, labels: labelNames.count) }

  private func walk(_ folds: [Fold], only l2: Double? = nil) throws -> (l2: Double, loss: Double) {
    var folds = folds
    func loss(l2: Double) throws -> Double {
      var loss = LogLoss()
      for fold in folds.indices { try folds[fold].score(l2: l2, into: &loss) }
      return loss.mean ?? 0
    }
    if let l2 { return (l2, try loss(l2: l2)) }
    var losses: [Int: Double] = [:]
    func loss(_ index: Int) throws -> Double {
      if let known = losses[index] { return known }
      losses[index] = try loss(l2: Self.strengths[index])
      return losses[index]!
    }
    var best = Self.strengths.count / 2
    while true {
      let neighbors = [best - 1, best + 1].filter(Self.strengths.indices.contains)
      guard let better = try neighbors.min(by: { try loss($0) < loss($1) }),
        try loss(better) < loss(best)
      else { return (Self.strengths[best], try loss(best)) }
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
    private var last: SoftmaxHead?

    var ofLastLayer: Fold { Fold(inside: inside.ofLastLayer, outside: outside.ofLastLayer) }

    init(inside: HeadProblem, outside: HeadProblem) {
      self.inside = inside
      self.outside = outside
    }

    mutating func score(l2: Double, into loss: inout LogLoss) throws {
      let head = try inside.fit(l2: l2, start: last, tolerance: HeadProblem.roughTolerance).0
      loss.add(
        head, on: outside.embeddings, expected: outside.labels, weights: outside.weights)
      last = head
    }
  }
}
