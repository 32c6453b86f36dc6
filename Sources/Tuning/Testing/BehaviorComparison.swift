public import Statistics
public import Suites

/// One behavior of a model beside the baseline, on the units that both answered.
public struct BehaviorComparison: Sendable, Hashable {
  public var behavior: String
  /// Nil where the baseline does not have the behavior: there is nothing to compare with.
  public var verdict: PairedRegression.Verdict?
  /// Whether no example of any role flipped, which decides by itself: a fact about this suite.
  ///
  /// Numerical ties do not stand against it where the checkpoint is the baseline's own: the weights
  /// are the same, and another processor has rounded otherwise. Those of another checkpoint do.
  public var isUnchanged: Bool
  /// The role that the verdict rests on: `gate`, or `dev` where the gate is too small. A baseline is
  /// chosen on `dev`, which flatters it.
  public var role: Role
  /// Independent units that both answered; of a new behavior, those that there are.
  public var units: Int
  /// Of the baseline; nil for a new behavior.
  public var baselinePasses: Int?
  public var passes: Int
  /// Units that only the new model passes.
  public var gains: Int
  /// Units that only the baseline passes.
  public var losses: Int
  /// Against "as good as before", adjusted for the number of behaviors (Holm).
  public var adjustedPValue: Double
  /// Every example that was graded otherwise than before: losses first, those of `gate` before
  /// those of `dev` and `train`, and in order of id.
  public var flips: [Flip]

  /// One example that was graded otherwise than before.
  public struct Flip: Sendable, Hashable {
    public var example: Example
    public var role: Role
    /// Whether it passes now, and failed before.
    public var isGain: Bool
    /// The label given now; nil where there was no usable reply.
    public var reply: String?
    /// The margin now, where that is a numerical tie.
    public var tie: Double?
    /// The margin of the baseline's reply, where that was one.
    public var baselineTie: Double?

    /// Whether rounding alone may have turned the grade, as far as margins are known.
    public var isTie: Bool { tie != nil || baselineTie != nil }
  }

  /// Flips that are numerical ties. They count like others in all statistics.
  public var ties: Int { flips.count(where: \.isTie) }

  /// The pass rate now less that of the baseline, on the same units; nil without any.
  public var difference: Double? {
    units == 0 || baselinePasses == nil ? nil : Double(gains - losses) / Double(units)
  }
}

extension BehaviorComparison {
  /// Pairs a behavior with what the baseline has of it; the verdict is left to `conclude`.
  ///
  /// - Parameter isSameCheckpoint: Whether the baseline is of these very weights.
  init(
    _ unit: ComparedUnits.Unit, baseline: BaselineBehavior?, replay: BehaviorReplay,
    isSameCheckpoint: Bool
  ) {
    // What failed is little; what flipped is less.
    let before = Set((baseline?.examples ?? []).lazy.filter { !$0.passed }.map(\.id))
    let now = Set(replay.failures.keys)
    behavior = unit.behavior
    role = unit.role
    units = unit.serving.count
    passes = units - now.count { unit.serving.contains($0) }
    baselinePasses = nil
    (gains, losses) = (0, 0)
    if unit.hasBaseline {
      baselinePasses = units - before.count { unit.serving.contains($0) }
      gains = before.subtracting(now).count { unit.serving.contains($0) }
      losses = now.subtracting(before).count { unit.serving.contains($0) }
    }
    let flipped = before.symmetricDifference(now)
    let oldTies = Dictionary(
      uniqueKeysWithValues: (flipped.isEmpty ? [] : baseline?.examples ?? []).lazy.compactMap {
        example in example.tie.map { (example.id, $0) }
      })
    flips = flipped.compactMap { id in
      guard let shared = unit.shared[id] else { return nil }
      let isGain = before.contains(id)
      return Flip(
        example: shared.example, role: shared.role, isGain: isGain,
        reply: isGain ? replay.passingReply(to: shared.example) : replay.failures[id]?.reply,
        tie: replay.ties[id], baselineTie: oldTies[id])
    }.sorted {
      ($0.isGain ? 1 : 0, $1.role, $0.example.id) < ($1.isGain ? 1 : 0, $0.role, $1.example.id)
    }
    isUnchanged =
      flips.allSatisfy { isSameCheckpoint && $0.isTie } && !unit.shared.isEmpty
    adjustedPValue = 1
  }

  mutating func conclude(_ test: PairedRegression, adjustedPValue: Double) {
    guard baselinePasses != nil else { return }
    self.adjustedPValue = adjustedPValue
    verdict =
      isUnchanged
      ? .pass
      : test.verdict(
        gains: gains, losses: losses, trials: units, adjustedPValue: adjustedPValue)
  }
}
