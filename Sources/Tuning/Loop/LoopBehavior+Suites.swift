public import Suites

extension LoopBehavior {
  /// A behavior of a suite, with its units counted per role.
  init(_ behavior: Behavior, in suite: DealtSuite, sealed: SealedPool) {
    self.init(
      name: behavior.name, target: behavior.target, hope: behavior.hope,
      isGuard: behavior.isGuard,
      trainUnits: Self.trainUnits(of: behavior, in: suite),
      devUnits: suite.representatives(of: behavior, in: .dev).count,
      sealed: sealed)
  }

  /// Units whose texts are tuned on, be it by the behavior or, where that rules a label out, by
  /// those that it has its examples of.
  private static func trainUnits(of behavior: Behavior, in suite: DealtSuite) -> Int {
    guard behavior.examples.contains(where: { $0.expected.label == nil }) else {
      return suite.representatives(of: behavior, in: .train).count
    }
    let tuned = suite.tunedInputs
    return suite.representatives(of: behavior, in: .train) { tuned.contains($0.inputKey) }.count
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

extension DealtSuite {
  /// The keys of all inputs that are tuned on.
  fileprivate var tunedInputs: Set<String> {
    var inputs: Set<String> = []
    for behavior in suite.behaviors where !behavior.isGuard {
      for example in examples(of: behavior, in: .train) where example.expected.label != nil {
        inputs.insert(example.inputKey)
      }
    }
    return inputs
  }
}

extension TrainingExample {
  /// The `train` examples of all behaviors that may be tuned on, in a fixed order.
  ///
  /// A text of several behaviors stands once, with the largest of their focus weights: those that
  /// rule a label out have a say in the weight, and none in the label. What only they have is not
  /// tuned on. The rows of one cluster share the weight of one.
  package static func all(in suite: DealtSuite, focus: [String: Double]) -> [TrainingExample] {
    var weights: [String: Double] = [:]
    var examples: [String: Example] = [:]
    for behavior in suite.suite.behaviors where !behavior.isGuard {
      for example in suite.examples(of: behavior, in: .train) {
        weights[example.inputKey] = max(
          weights[example.inputKey] ?? 0, focus[behavior.name] ?? 1)
        if example.expected.label != nil { examples[example.id] = example }
      }
    }
    var clusterSizes: [ClusterID: Int] = [:]
    for example in examples.values { clusterSizes[example.cluster, default: 0] += 1 }
    return examples.keys.sorted().map { id in
      let example = examples[id]!
      return TrainingExample(
        input: example.input, label: example.expected.named,
        weight: weights[example.inputKey]! / Double(clusterSizes[example.cluster]!),
        cluster: example.cluster.description)
    }
  }
}
