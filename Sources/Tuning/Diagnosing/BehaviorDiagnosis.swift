public import Statistics
public import Suites

/// One behavior's part of a diagnosis.
public struct BehaviorDiagnosis: Sendable {
  public let name: String
  public let target: Double
  public let passes: Int
  public let trials: Int
  /// Two-sided, at the confidence of the suite.
  public let errorBar: Interval
  /// Of being shown by the next attempt, from `dev`.
  public let chance: Double
  public let verdict: Verdict
  /// How far the rate on `dev` is below the target; negative above it, nil without an example.
  public let gap: Double?
  /// The pass rate at which the sealed units there are would usually show the target (9 times in
  /// 10); nil where they are too few for any.
  public let neededRate: Double?
  /// Sealed units with which the rate seen on `dev` would usually be enough, and those there are.
  public let neededUnits: Int?
  public let sealedUnits: Int
  /// What more `train` examples of the same kind would do; nil where that cannot be said.
  public let outlook: LearningOutlook?
  /// Where its failures sit, large groups first.
  public let groups: [FailureGroup]
  /// Failures of `dev`, as the run measured them.
  public let failures: [Failure]
  /// What was answered instead, the commonest first.
  public let confusions: [Confusion]
  /// The highest target, in whole hundredths, that would be shown with chance 0.9 as things are.
  public let showableTarget: Double?
  public let advice: [String]

  /// Failures with one answer in common.
  public struct Confusion: Sendable {
    public let expected: Expectation
    /// nil where there was no usable reply.
    public let reply: String?
    public let count: Int
    /// A few failing inputs of `dev`, the most confident mistakes first.
    public let inputs: [String]
  }

  init(
    _ behavior: LoopBehavior, measured: BehaviorMeasurement?, settings: LoopSettings,
    isViolated: Bool, inputs: [String: String], study: TrainingStudy?
  ) {
    let measured = measured ?? BehaviorMeasurement(behavior: behavior.name, trials: 0, failures: [])
    let chance = behavior.predictiveChance(measured)
    name = behavior.name
    target = behavior.target
    passes = measured.passes
    trials = measured.trials
    errorBar = measured.errorBar(confidence: settings.confidence)
    self.chance = chance
    gap = measured.passRate.map { behavior.target - $0 }
    confusions = Self.confusions(measured, inputs: inputs)
    let needed = Self.neededUnits(behavior, measured, behaviors: settings.behaviors.count)
    neededUnits = needed
    sealedUnits = behavior.sealed.units
    let neededRate = Self.neededRate(behavior)
    self.neededRate = neededRate
    outlook = study?.curves.first { $0.behavior == behavior.name }
      .map { LearningOutlook($0, goal: neededRate ?? behavior.target) }
    groups = study?.groups.filter { $0.behavior == behavior.name } ?? []
    failures = measured.failures
    showableTarget = chance < 0.95 ? Self.showableTarget(behavior, measured) : nil
    if isViolated {
      verdict = .violated
    } else if chance >= 0.95 {
      verdict = .satisfied
    } else {
      verdict = .undecided(needing: max(0, (needed ?? 0) - behavior.sealed.units))
    }
    advice = Self.advice(
      behavior, measured, chance: chance, needed: needed, confusions: confusions,
      showable: showableTarget)
  }

  /// Whether the next attempt would likely show it.
  public var isLikelyShown: Bool { chance >= 0.95 }

  /// Whether its rate on `dev` would do, if only there were more sealed units: not so many that a
  /// higher rate is the only way.
  public var lacksSealedUnits: Bool {
    neededUnits.map { $0 > sealedUnits && $0 <= 4 * sealedUnits } ?? false
  }

  private static func confusions(
    _ measured: BehaviorMeasurement, inputs: [String: String]
  ) -> [Confusion] {
    Dictionary(grouping: measured.failures) { Pair(expected: $0.expected, reply: $0.reply) }
      .map { pair, failures in
        let worst = failures.sorted {
          $0.probability == $1.probability
            ? $0.example < $1.example : $0.probability > $1.probability
        }
        return Confusion(
          expected: pair.expected, reply: pair.reply, count: failures.count,
          inputs: worst.prefix(3).compactMap { inputs[$0.example] })
      }
      .sorted {
        $0.count == $1.count
          ? ($0.expected, $0.reply ?? "") < ($1.expected, $1.reply ?? "") : $0.count > $1.count
      }
  }

  private struct Pair: Hashable {
    var expected: Expectation
    var reply: String?
  }

  /// Sealed units with which the rate seen on `dev` would usually be enough; nil where it is not
  /// above the target by anything that counting could show.
  private static func neededUnits(
    _ behavior: LoopBehavior, _ measured: BehaviorMeasurement, behaviors: Int
  ) -> Int? {
    let rate = Double(measured.passes + 1) / Double(measured.trials + 2)
    guard measured.trials > 0, rate > behavior.target + 0.005 else { return nil }
    return ExactBinomialTest.smallest(
      target: behavior.target, hope: rate, alpha: behavior.sealed.level,
      beta: 0.1 / Double(max(1, behaviors))
    ).trials
  }

  /// In thousandths.
  private static func neededRate(_ behavior: LoopBehavior) -> Double? {
    let lowest = Int((behavior.target * 1000).rounded(.up))
    return (lowest...999).lazy.map { Double($0) / 1000 }.first {
      behavior.sealed.power(target: behavior.target, at: $0) >= 0.9
    }
  }

  private static func advice(
    _ behavior: LoopBehavior, _ measured: BehaviorMeasurement, chance: Double, needed: Int?,
    confusions: [Confusion], showable: Double?
  ) -> [String] {
    guard chance < 0.95 else { return [] }
    var advice: [String] = []
    if measured.trials == 0 {
      advice.append("it has no dev example, so nothing is known of it: add examples.")
    }
    if behavior.sealed.missing > 0 {
      advice.append(
        "\(behavior.sealed.missing) sealed examples of earlier attempts are gone or changed and "
          + "count as failures: bring them back as they were.")
    }
    let units = behavior.sealed.units
    let isNear = needed.map { $0 > 4 * units } ?? true
    if let needed, needed > units {
      advice.append(
        isNear
          ? "its rate on dev is too close to the target to be told from it with the \(units) "
            + "sealed units there are: a higher rate is needed, or a lower target."
          : "its rate on dev would do, but \(units) sealed units are too few to show it: about "
            + "\(needed) are needed, \(needed - units) more.")
    }
    if isNear, measured.trials > 0, let most = confusions.first {
      let answer = most.reply.map { "`\($0)`" } ?? "nothing usable"
      advice.append(
        "\(most.count) of its \(measured.failures.count) failures are answered \(answer): add "
          + "train examples on that border, and look whether those labels are right.")
    }
    if !behavior.isGuard, behavior.trainUnits < 30 {
      advice.append(
        behavior.trainUnits == 0
          ? "none of its texts is tuned on: add train examples like those that fail to the "
            + "behaviors that expect their labels."
          : "only \(behavior.trainUnits) train units: more examples help most.")
    }
    if let showable {
      advice.append(
        "with what is there, a target of \(showable) would likely be shown (9 times in 10).")
    }
    return advice
  }

  /// The highest target, in whole hundredths, that would be shown with chance 0.9.
  private static func showableTarget(
    _ behavior: LoopBehavior, _ measured: BehaviorMeasurement
  ) -> Double? {
    for hundredths in stride(from: Int(behavior.target * 100) - 1, through: 50, by: -1) {
      let target = Double(hundredths) / 100
      let chance = behavior.sealed.predictiveChance(
        target: target, passes: measured.passes, trials: measured.trials)
      if chance >= 0.9 { return target }
    }
    return nil
  }
}
