import Statistics
import Suites

/// Failures of one behavior on `dev` that are about the same, with what `train` has of that.
public struct FailureGroup: Sendable, Hashable, Codable {
  public var behavior: String
  /// Words that tell the group from the rest of the behavior's `dev`, the most telling first;
  /// empty where none does.
  public var words: [String]
  public var count: Int
  /// Ids of its failures, in order; nil in runs from before they were written down.
  public var examples: [String]?
  /// A few of the inputs, those in the middle of the group first.
  public var inputs: [String]
  /// Labels of the nearest examples of `train`, the commonest first.
  public var neighbors: [Neighbor]
  /// Mean cosine of each failure with its nearest example of `train`.
  public var similarity: Double

  public struct Neighbor: Sendable, Hashable, Codable {
    public var label: String
    /// The share of the nearest examples that have it.
    public var share: Double
  }

  public init(
    behavior: String, words: [String], count: Int, examples: [String]? = nil, inputs: [String],
    neighbors: [Neighbor], similarity: Double
  ) {
    self.behavior = behavior
    self.words = words
    self.count = count
    self.examples = examples
    self.inputs = inputs
    self.neighbors = neighbors
    self.similarity = similarity
  }

  /// Groups are merged while their members are that much alike on average: with the base model,
  /// texts on one subject, where any two of a suite often have 0.1.
  static let alike = 0.3
  /// Fewer failures than this are no group.
  static let fewest = 3
  /// Examples of `train` looked at around each failure.
  static let nearest = 5
  /// Failures of a behavior that are grouped at most, those first in order of id.
  static let mostFailures = 300
  private static let mostWords = 3
  private static let mostInputs = 2
  /// What a telling word's score has to reach: the one-sided 5 % of a single comparison.
  private static let tellingScore = 1.645

  /// Groups of `fewest` failures or more, large ones first.
  static func all(
    of members: StudiedBehaviors.Members, _ material: StudyMaterial
  ) -> [FailureGroup] {
    let dev = material.examples.dev
    let failing = Array(
      members.dev.filter { index in
        !(material.answer(index).map { dev[index].expected.accepts(material.labels[$0]) } ?? false)
      }.prefix(mostFailures))
    guard failing.count >= fewest, let behavior = members.behavior else { return [] }
    let shift = material.examples.train.count
    let similarities = failing.map { first in
      failing.map { second in material.similarity(shift + first, shift + second) }
    }
    let words = Dictionary(
      uniqueKeysWithValues: members.dev.map { ($0, Self.words(dev[$0].input)) })
    return averageLinkage(similarities: similarities, threshold: alike)
      .filter { $0.count >= fewest }
      .map { group in
        let indices = group.map { failing[$0] }
        let central = group.sorted { first, second in
          let means = [first, second].map { member in
            group.reduce(0) { $0 + similarities[member][$1] }
          }
          return means[0] == means[1] ? first < second : means[0] > means[1]
        }
        let around = neighbors(of: indices, material)
        return FailureGroup(
          behavior: behavior,
          words: tellingWords(
            inside: indices.map { words[$0]! },
            outside: members.dev.filter { !indices.contains($0) }.map { words[$0]! }),
          count: group.count, examples: indices.map { dev[$0].id }.sorted(),
          inputs: central.prefix(mostInputs).map { dev[failing[$0]].input },
          neighbors: around.labels, similarity: around.similarity)
      }
  }

  // MARK: - Neighbors

  private static func neighbors(
    of indices: [Int], _ material: StudyMaterial
  ) -> (labels: [Neighbor], similarity: Double) {
    let train = material.examples.train
    guard !train.isEmpty else { return ([], 0) }
    var counts: [String: Int] = [:]
    var (total, similarity) = (0, 0.0)
    for index in indices {
      let ranked = train.indices
        .map { (similarity: material.similarity($0, train.count + index), place: $0) }
        .sorted {
          $0.similarity == $1.similarity ? $0.place < $1.place : $0.similarity > $1.similarity
        }
      similarity += ranked[0].similarity
      for near in ranked.prefix(nearest) {
        counts[train[near.place].expected.named, default: 0] += 1
        total += 1
      }
    }
    let labels = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .map { Neighbor(label: $0.key, share: Double($0.value) / Double(total)) }
    return (labels, similarity / Double(indices.count))
  }

  // MARK: - Words

  /// The words of a text, each once. Those of one or two letters say too little.
  private static func words(_ text: String) -> Set<String> {
    Set(
      NormalizedText(text).text.split(separator: " ").map(String.init).filter { word in
        word.unicodeScalars.count > 2 || !word.allSatisfy(\.isASCII)
      })
  }

  /// Words in at least half of the group that are much commoner there than outside.
  private static func tellingWords(
    inside: [Set<String>], outside: [Set<String>]
  ) -> [String] {
    func counts(_ texts: [Set<String>]) -> [String: Int] {
      texts.reduce(into: [:]) { counts, words in
        for word in words { counts[word, default: 0] += 1 }
      }
    }
    let (own, others) = (counts(inside), counts(outside))
    let totals = (own.values.reduce(0, +), others.values.reduce(0, +))
    guard totals.0 > 0 else { return [] }
    var scored: [(word: String, score: Double)] = []
    for (word, count) in own where count > 1 && 2 * count >= inside.count {
      let score = logOddsScore(
        inside: count, outside: others[word] ?? 0, insideWords: totals.0, outsideWords: totals.1)
      if score >= tellingScore { scored.append((word, score)) }
    }
    scored.sort { $0.score == $1.score ? $0.word < $1.word : $0.score > $1.score }
    return scored.prefix(mostWords).map(\.word)
  }
}
