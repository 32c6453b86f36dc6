import Engine
import Foundation
import Statistics
import Suites
import Tuning

/// What one tuning of the encoder works on: tokenized examples and how to go through them.
struct TuningTask {
  var examples: [TrainingExample]
  /// Token ids of each example.
  var sequences: [[Int32]]
  /// Index into `labels`, of each example.
  var expected: [Int]
  var labels: [String]
  var batch: Int
  var seed: UInt64

  init(_ examples: [TrainingExample], encoder: SentenceEncoder, batch: Int, seed: UInt64) {
    self.examples = examples
    labels = Set(examples.map(\.label)).sorted()
    let index = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    expected = examples.map { index[$0.label]! }
    sequences = examples.map {
      encoder.tokenizer.encode($0.input, maximumLength: encoder.maximumLength)
    }
    self.batch = max(1, batch)
    self.seed = seed
  }

  /// Mean weighted log-loss of some examples, in nats.
  ///
  /// - Parameter features: Of these examples, shape [members, features].
  func loss(of head: SoftmaxHead, on features: EmbeddingMatrix, _ members: [Int]) -> Double {
    var loss = LogLoss()
    loss.add(
      head, on: features, expected: members.map { expected[$0] },
      weights: members.map { examples[$0].weight })
    return loss.mean ?? 0
  }

  /// How many batches one pass over so many examples has.
  func batchCount(of members: Int) -> Int { (members + batch - 1) / batch }

  /// The batches of one pass over some examples, in an order of its own.
  func batches(of members: [Int], stream: String) -> [[Int]] {
    var generator = SeededGenerator(seed: seed, stream: stream)
    var order = members
    generator.shuffle(&order)
    return stride(from: 0, to: order.count, by: batch).map {
      Array(order[$0..<min($0 + batch, order.count)])
    }
  }

  func tuningBatch(_ members: [Int]) -> TuningBatch {
    TuningBatch(
      sequences: members.map { sequences[$0] }, expected: members.map { expected[$0] },
      weights: members.map { examples[$0].weight })
  }

  // MARK: - The slice

  /// Examples tried on at most; enough to tell learning rates apart.
  private static let largestTrial = 4000
  /// One in so many clusters is held out.
  private static let share = 5

  /// Examples to try learning rates on, and others to judge them by; no cluster is in both.
  ///
  /// Empty where there are too few clusters to hold any out.
  func slice() -> (inside: [Int], outside: [Int]) {
    var generator = SeededGenerator(seed: seed, stream: "slice of train")
    var clusters = Set(examples.map(\.cluster)).sorted()
    generator.shuffle(&clusters)
    var members: [String: [Int]] = [:]
    for (index, example) in examples.enumerated() {
      members[example.cluster, default: []].append(index)
    }
    var (inside, outside): ([Int], [Int]) = ([], [])
    for (place, cluster) in clusters.enumerated() {
      if inside.count + outside.count >= Self.largestTrial { break }
      if place % Self.share == Self.share - 1 {
        outside += members[cluster]!
      } else {
        inside += members[cluster]!
      }
    }
    let canLearn = Set(inside.map { expected[$0] }).count > 1
    return canLearn && !outside.isEmpty ? (inside.sorted(), outside.sorted()) : ([], [])
  }

  // MARK: - Contrastive warm-up

  /// Fewer examples per label than this are few.
  private static let few = 30
  private static let contrastiveBatch = 64
  private static let perLabel = 4
  private static let passes = 12

  /// Whether so many examples are few for so many labels.
  static func isScarce(_ examples: Int, labels: Int) -> Bool { examples < few * labels }

  /// Steps of the warm-up before tuning on some examples; 0 where labels have enough of them.
  func contrastiveSteps(for members: [Int]) -> Int {
    guard !members.isEmpty, Self.isScarce(members.count, labels: labels.count) else { return 0 }
    return max(20, members.count * Self.passes / Self.contrastiveBatch)
  }

  /// A batch of a few texts of each of some labels.
  func contrastiveBatch(of members: [Int], step: Int) -> [Int] {
    var generator = SeededGenerator(seed: seed, stream: "contrastive \(step)")
    var order = labels.indices.map { $0 }
    generator.shuffle(&order)
    var byLabel = [[Int]](repeating: [], count: labels.count)
    for index in members { byLabel[expected[index]].append(index) }
    var batch: [Int] = []
    // Few labels: more texts of each.
    let each = max(Self.perLabel, Self.contrastiveBatch / max(1, labels.count))
    for label in order where batch.count < Self.contrastiveBatch {
      var own = byLabel[label]
      generator.shuffle(&own)
      batch += own.prefix(min(each, Self.contrastiveBatch - batch.count))
    }
    // All of it has to be in memory at once, since every text is compared with every other.
    var tokens = 0
    return batch.filter {
      tokens += sequences[$0].count
      return tokens <= FineTuning.capacity
    }
  }
}
