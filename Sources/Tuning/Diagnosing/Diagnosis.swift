public import Statistics
public import Suites

/// Why a run did not certify, from `dev` alone: how far each behavior is from its target, where its
/// failures sit, what each rung did, and what would likeliest help.
public struct Diagnosis: Sendable {
  /// The likeliest to fail first.
  public let behaviors: [BehaviorDiagnosis]
  /// The rungs that the run came to, cheap ones first.
  public let rungs: [RungEffect]
  /// What would help all of them.
  public let advice: [String]

  /// - Returns: Nil for a run that measured nothing.
  public init?(_ summary: RunSummary, suite: DealtSuite) {
    // Pools as the next attempt finds them.
    guard let champion = summary.champion, let settings = summary.settingsAtEnd else { return nil }
    let violated = Set(settings.violated(on: champion))
    let inputs = Dictionary(
      suite.suite.behaviors.flatMap(\.examples).map { ($0.id, $0.input) },
      uniquingKeysWith: { first, _ in first })
    behaviors = settings.behaviors.map { behavior in
      BehaviorDiagnosis(
        behavior, measured: champion[behavior: behavior.name], settings: settings,
        isViolated: violated.contains(behavior.name), inputs: inputs)
    }
    .sorted { $0.chance == $1.chance ? $0.name < $1.name : $0.chance < $1.chance }
    rungs = RungEffect.all(in: summary)
    let failed = rungs.filter { $0.untuned == $0.rounds }
    advice =
      failed.compactMap { effect in
        effect.failure.map {
          "no candidate of \(effect.rung.rawValue) could be made: \($0.reason)."
        }
      } + Self.advice(summary, ladder: settings.ladder, behaviors: behaviors)
  }

  /// A higher rung helps where the ladder's own rungs are at their end and the rate on `dev` is short
  /// of a target. Where only the number of examples is, it does not.
  private static func advice(
    _ summary: RunSummary, ladder: [Rung], behaviors: [BehaviorDiagnosis]
  ) -> [String] {
    guard case .unsatisfied(_, .plateau, _) = summary.outcome, let highest = ladder.last else {
      return []
    }
    let above = Rung.allCases.filter { $0 > highest }
    let short = behaviors.filter { ($0.gap ?? 0) >= clearGap }
    guard !above.isEmpty, let most = short.compactMap(\.gap).max(), !summary.rounds.isEmpty else {
      return []
    }
    let who =
      short.count == 1
      ? "\(short[0].name) is \(points(most)) points short"
      : "\(short.count) behaviors are up to \(points(most)) points short"
    let whole = (ladder + above).map(\.rawValue).joined(separator: ", ")
    let what = highest == .head ? "changes the encoder as well" : "changes all of its weights"
    return [
      "the ladder ends at \(highest.rawValue), which gets no further, and \(who): "
        + "`ladder: [\(whole)]` \(what), in minutes a round."
    ]
  }

  /// How far a rate on `dev` is short of its target before it counts as that.
  private static let clearGap = 0.02

  private static func points(_ gap: Double) -> String {
    let tenths = Int((gap * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

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
  /// What was answered instead, the commonest first.
  public let confusions: [Confusion]
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
    isViolated: Bool, inputs: [String: String]
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
    if isViolated {
      verdict = .violated
    } else if chance >= 0.95 {
      verdict = .satisfied
    } else {
      verdict = .undecided(needing: max(0, (needed ?? 0) - behavior.sealed.units))
    }
    advice = Self.advice(
      behavior, measured, chance: chance, needed: needed, confusions: confusions)
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

  private static func advice(
    _ behavior: LoopBehavior, _ measured: BehaviorMeasurement, chance: Double, needed: Int?,
    confusions: [Confusion]
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
    if let showable = Self.showableTarget(behavior, measured) {
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
