public import Suites

/// Why a run did not certify: how far each behavior is from its target, where its failures sit, what
/// each rung did, and what would likeliest help. From `dev`, and where a study was made also from
/// `train`; nothing sealed is in it.
public struct Diagnosis: Sendable {
  /// The one or two things likeliest to help, the likeliest first.
  public let remedies: [Remedy]
  /// The likeliest to fail first.
  public let behaviors: [BehaviorDiagnosis]
  /// The rungs that the run came to, cheap ones first.
  public let rungs: [RungEffect]
  /// What would help all of them.
  public let advice: [String]

  /// What `train` and `dev` show, where the trainer could tell.
  public let study: TrainingStudy?

  /// - Returns: Nil for a run that measured nothing.
  public init?(_ summary: RunSummary, suite: DealtSuite, study: TrainingStudy? = nil) {
    let inputs = Dictionary(
      suite.suite.behaviors.flatMap(\.examples).map { ($0.id, $0.input) },
      uniquingKeysWith: { first, _ in first })
    self.init(summary, inputs: inputs, study: study)
  }

  /// - Parameter inputs: The texts of examples of `dev`, by id, as far as they are known.
  /// - Returns: Nil for a run that measured nothing.
  public init?(_ summary: RunSummary, inputs: [String: String], study: TrainingStudy? = nil) {
    // Pools as the next attempt finds them.
    guard let champion = summary.champion, let settings = summary.settingsAtEnd else { return nil }
    let violated = Set(settings.violated(on: champion))
    behaviors = settings.behaviors.map { behavior in
      BehaviorDiagnosis(
        behavior, measured: champion[behavior: behavior.name], settings: settings,
        isViolated: violated.contains(behavior.name), inputs: inputs, study: study)
    }
    .sorted { $0.chance == $1.chance ? $0.name < $1.name : $0.chance < $1.chance }
    rungs = RungEffect.all(in: summary)
    let failed = rungs.filter { $0.untuned == $0.rounds }
    let climb = Self.advice(summary, ladder: settings.ladder, behaviors: behaviors)
    advice =
      failed.compactMap { effect in
        effect.failure.map {
          "no candidate of \(effect.rung.rawValue) could be made: \($0.reason)."
        }
      } + climb
    remedies = Remedy.likeliest(for: behaviors, study: study, climb: climb.first)
    self.study = study
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
