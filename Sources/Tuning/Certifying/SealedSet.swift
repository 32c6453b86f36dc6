import Suites

/// The sealed examples of one behavior as an attempt sees them.
struct SealedSet: Sendable {
  var behavior: String
  var target: Double
  /// Ids of all sealed examples of the behavior.
  var present: Set<String>
  /// Everything that these examples may be known by: ids, inputs, and the keys of their clusters.
  var keys: Set<String>
  /// One example per sealed cluster, chosen by keyed hash before any grade.
  var representatives: [Example]

  /// The sets of all behaviors, in their order.
  static func all(in suite: DealtSuite) -> [SealedSet] {
    let clusters = Dictionary(uniqueKeysWithValues: suite.suite.clusters.map { ($0.id, $0.keys) })
    return suite.suite.behaviors.map { SealedSet(of: $0, in: suite, clusters: clusters) }
  }

  private init(of behavior: Behavior, in suite: DealtSuite, clusters: [ClusterID: [String]]) {
    self.behavior = behavior.name
    target = behavior.target
    let examples = suite.examples(of: behavior, in: .sealed)
    present = Set(examples.map(\.id))
    keys = present
    for example in examples {
      keys.insert(example.inputKey)
      keys.insert(example.cluster.hex)
      keys.formUnion(clusters[example.cluster] ?? [])
    }
    representatives = suite.representatives(of: behavior, in: .sealed)
  }
}
