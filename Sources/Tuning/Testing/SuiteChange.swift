public import Suites

/// How a suite differs from the one that a baseline was recorded on: what is not the model's doing.
public struct SuiteChange: Sendable, Hashable, Codable {
  /// Whether anything that the suite's hash covers differs, be it a description or a target.
  public var isChanged: Bool
  /// Behaviors that the baseline does not have, in order of name.
  public var newBehaviors: [String]
  /// Behaviors that only the baseline has.
  public var removedBehaviors: [String]
  /// In order of name; those with nothing to tell are left out.
  public var behaviors: [BehaviorChange]

  /// What changed among the examples of one behavior that may be looked at.
  public struct BehaviorChange: Sendable, Hashable, Codable {
    public var behavior: String
    /// Ids that the baseline does not have, in order.
    public var added: [String]
    /// Ids that only the baseline has.
    public var removed: [String]
    /// Ids of examples whose text the baseline has with another expectation, in whatever behavior,
    /// which nothing has any more.
    public var relabelled: [String]
    /// The target then, where it is another one now.
    public var targetBefore: Double?

    var isEmpty: Bool {
      added.isEmpty && removed.isEmpty && relabelled.isEmpty && targetBefore == nil
    }
  }

  /// Examples that are new, gone, and labelled otherwise, over all behaviors.
  public var counts: (added: Int, removed: Int, relabelled: Int) {
    behaviors.reduce(into: (0, 0, 0)) { sums, change in
      sums.0 += change.added.count
      sums.1 += change.removed.count
      sums.2 += change.relabelled.count
    }
  }

  public init(from baseline: Baseline, to suite: DealtSuite, replay: Replay) {
    let now = suite.suite.behaviors
    isChanged = baseline.suite != suite.suite.contentHash
    newBehaviors = now.map(\.name).filter { baseline[behavior: $0] == nil }
    removedBehaviors = baseline.behaviors.map(\.name).filter { suite.suite[behavior: $0] == nil }
    behaviors = []
    guard isChanged || !newBehaviors.isEmpty || !removedBehaviors.isEmpty else { return }

    let present = Dictionary(
      grouping: now.lazy.flatMap(\.examples), by: \.inputKey
    ).mapValues { Set($0.map(\.id)) }
    let before = Inputs(baseline, present: present)
    behaviors = now.compactMap { behavior in
      let old = baseline[behavior: behavior.name]
      let known = Set(old?.examples.map(\.id) ?? [])
      let asked = replay[behavior: behavior.name]?.asked ?? []
      let current = Set(behavior.examples.map(\.id))
      let fresh = behavior.examples.filter { asked.contains($0.id) && !known.contains($0.id) }
      let relabelled = fresh.filter { before.isRelabelled($0) }
      // A text that is still there under another label is told where it went.
      let removed = (old?.examples ?? []).filter {
        !current.contains($0.id) && (present[$0.input] ?? []).subtracting(before.ids).isEmpty
      }
      let change = BehaviorChange(
        behavior: behavior.name,
        added: old == nil ? [] : fresh.filter { !before.isRelabelled($0) }.map(\.id),
        removed: removed.map(\.id), relabelled: relabelled.map(\.id),
        targetBefore: old.flatMap { $0.target == behavior.target ? nil : $0.target })
      return change.isEmpty ? nil : change
    }
  }

  /// What the baseline knows by text.
  private struct Inputs {
    let ids: Set<String>
    /// Texts of which some expectation is gone. One that all behaviors still have, and a new one has
    /// as well, was given no other label.
    private let keys: Set<String>

    /// - Parameter present: Ids of the suite's examples by text.
    init(_ baseline: Baseline, present: [String: Set<String>]) {
      let examples = baseline.behaviors.lazy.flatMap(\.examples)
      ids = Set(examples.map(\.id))
      keys = Set(
        examples.filter { present[$0.input]?.contains($0.id) != true }.map(\.input))
    }

    func isRelabelled(_ example: Example) -> Bool {
      keys.contains(example.inputKey) && !ids.contains(example.id)
    }
  }
}
