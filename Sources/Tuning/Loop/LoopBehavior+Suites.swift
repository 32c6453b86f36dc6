public import Suites

extension LoopBehavior {
  /// A behavior of a suite, with its units counted per role.
  init(_ behavior: Behavior, in suite: DealtSuite, sealed: SealedPool) {
    self.init(
      name: behavior.name, target: behavior.target, hope: behavior.hope,
      isGuard: behavior.isGuard,
      trainUnits: suite.representatives(of: behavior, in: .train).count,
      devUnits: suite.representatives(of: behavior, in: .dev).count,
      sealed: sealed)
  }

  /// All behaviors of a suite, with what the ledger leaves for each.
  public static func all(in suite: DealtSuite, ledger: Ledger) -> [LoopBehavior] {
    let pools = ledger.pools(of: SealedSet.all(in: suite), claims: suite.suite.claims)
    return zip(suite.suite.behaviors, pools).map { behavior, pool in
      var own = LoopBehavior(behavior, in: suite, sealed: pool)
      own.planFreshUnits(among: pools.count)
      return own
    }
  }
}

extension TrainingExample {
  /// The `train` examples of all behaviors that may be tuned on, in a fixed order.
  ///
  /// An example of several behaviors stands once, with the largest of their focus weights. The
  /// rows of one cluster share the weight of one.
  static func all(in suite: DealtSuite, focus: [String: Double]) -> [TrainingExample] {
    var weights: [String: Double] = [:]
    var examples: [String: Example] = [:]
    for behavior in suite.suite.behaviors where !behavior.isGuard {
      for example in suite.examples(of: behavior, in: .train) {
        weights[example.id] = max(weights[example.id] ?? 0, focus[behavior.name] ?? 1)
        examples[example.id] = example
      }
    }
    var clusterSizes: [ClusterID: Int] = [:]
    for example in examples.values { clusterSizes[example.cluster, default: 0] += 1 }
    return examples.keys.sorted().map { id in
      let example = examples[id]!
      return TrainingExample(
        input: example.input, label: example.expected,
        weight: weights[id]! / Double(clusterSizes[example.cluster]!),
        cluster: example.cluster.description)
    }
  }
}
