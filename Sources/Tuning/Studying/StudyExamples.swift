import Statistics
public import Suites

/// The examples that a study may look at: `train` and `dev`, never `gate` and never anything sealed.
///
/// Of more than `most` of a role it takes whole clusters, drawn by the suite's seed.
public struct StudyExamples: Sendable, Hashable {
  /// In order of id, each once.
  public let train: [Example]
  /// The same as they are tuned on, all behaviors alike.
  public let training: [TrainingExample]
  /// In order of id, each once; none that is in `train`.
  public let dev: [Example]
  /// Those that there are of each role.
  public let trainTotal: Int
  public let devTotal: Int
  private let seed: UInt64

  /// Enough to see what is to be seen, and few enough to see it in seconds.
  public static let most = 5000

  public init(_ suite: DealtSuite, most: Int = StudyExamples.most) {
    seed = suite.suite.tuning.seed
    let behaviors = suite.suite.behaviors
    func examples(_ role: Role) -> [Example] {
      // What rules a label out has none to learn.
      let all = behaviors.flatMap { suite.examples(of: $0, in: role) }
        .filter { $0.expected.label != nil }
      return Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        .values.sorted { $0.id < $1.id }
    }
    let tuned = TrainingExample.all(in: suite, focus: [:])
    let (allTrain, allDev) = (examples(.train), examples(.dev))
    precondition(tuned.count == allTrain.count, "what is tuned on is all of train")
    let (train, dev) = (
      Self.sample(allTrain, most: most, seed: seed), Self.sample(allDev, most: most, seed: seed)
    )
    self.train = train.map { allTrain[$0] }
    training = train.map { tuned[$0] }
    self.dev = dev.map { allDev[$0] }
    trainTotal = allTrain.count
    devTotal = allDev.count
  }

  /// `train`, then `dev`.
  public var all: [Example] { train + dev }

  /// The examples of `train` to learn from where only a share of its clusters is to be had, as
  /// indices, ascending.
  ///
  /// Of each label its share of clusters, rounded up. Of one chain the smaller share is a part of
  /// the larger one; different chains draw independently.
  public func subset(share: Double, chain: Int) -> [Int] {
    var labels: [ClusterID: String] = [:]
    for example in train where labels[example.cluster] == nil {
      labels[example.cluster] = example.expected.named
    }
    let strata = Dictionary(grouping: labels.keys) { labels[$0]! }
    var chosen: Set<ClusterID> = []
    for clusters in strata.values {
      let count = Int((share * Double(clusters.count)).rounded(.up))
      chosen.formUnion(
        Self.drawn(clusters, seed: seed, stream: "learning curve \(chain)").prefix(count))
    }
    return train.indices.filter { chosen.contains(train[$0].cluster) }
  }

  /// Whole clusters up to `most` examples, as indices, ascending.
  private static func sample(_ examples: [Example], most: Int, seed: UInt64) -> [Int] {
    guard examples.count > most else { return Array(examples.indices) }
    let members = Dictionary(grouping: examples.indices) { examples[$0].cluster }
    var chosen: [Int] = []
    for cluster in drawn(members.keys, seed: seed, stream: "study") {
      guard chosen.count + members[cluster]!.count <= most else { break }
      chosen += members[cluster]!
    }
    return chosen.sorted()
  }

  /// In an order that hangs on seed, purpose and each cluster alone, so that one more cluster
  /// changes nothing among the others.
  private static func drawn(
    _ clusters: some Sequence<ClusterID>, seed: UInt64, stream: String
  ) -> [ClusterID] {
    clusters.map { cluster in
      var generator = SeededGenerator(seed: seed, stream: "\(stream) \(cluster.hex)")
      return (key: generator.next(), cluster: cluster)
    }
    .sorted { ($0.key, $0.cluster) < ($1.key, $1.cluster) }
    .map(\.cluster)
  }
}
