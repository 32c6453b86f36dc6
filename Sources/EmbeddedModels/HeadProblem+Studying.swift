import Engine
import Statistics

/// Heads that are made to learn something about the examples, and thrown away.
extension HeadProblem {
  static let studyFolds = 5

  /// The probabilities of the first examples, each by a head that learned from none of its cluster.
  ///
  /// - Parameters:
  ///   - count: How many examples, from the first on; the others are learned from every time.
  ///   - onFit: Called after each of `studyFolds` fits; what it throws ends the work.
  /// - Returns: Shape [count][labels]; empty where there are too few clusters to hold any out.
  func heldOutProbabilities(
    of count: Int, choice: Choice, seed: UInt64, onFit: () throws -> Void
  ) throws -> [[Double]] {
    var names = Set(clusters.prefix(count)).sorted()
    guard names.count >= Self.studyFolds else { return [] }
    var generator = SeededGenerator(seed: seed, stream: "held out for a study")
    generator.shuffle(&names)
    let folds = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($1, $0 % Self.studyFolds) })
    var result = [[Double]](repeating: [], count: count)
    for fold in 0..<Self.studyFolds {
      let outside = (0..<count).filter { folds[clusters[$0]] == fold }
      let inside = part(clusters.indices.filter { $0 >= count || folds[clusters[$0]] != fold })
      guard Set(inside.labels).count > 1 else { return [] }
      let head = try inside.fit(choice, tolerance: Self.roughTolerance).0
      for (index, row) in zip(outside, head.probabilities(part(outside).embeddings)) {
        result[index] = row
      }
      try onFit()
    }
    return result
  }

  /// The head that some of the examples make, regularised like the whole.
  ///
  /// The penalty stands beside a mean over examples; the prior on the weights that it amounts to
  /// stays the same where it grows as examples become fewer.
  func head(of members: [Int], choice: Choice) throws -> SoftmaxHead {
    let strength = Double(labels.count) / Double(members.count)
    return try part(members).fit(choice, strength: strength, tolerance: Self.roughTolerance).0
  }
}
