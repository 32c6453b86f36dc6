import Statistics
public import Suites
public import Tuning

/// One behavior as `dev` shows it: of the champion, and of where the run began.
public struct BehaviorRow: Sendable, Encodable {
  public var behavior: String
  /// What must hold, in words; empty where the suite cannot be read.
  public var requires: String
  public var target: Double
  public var hope: Double
  public var isGuard: Bool
  public var verdict: Verdict
  public var passes: Int
  public var trials: Int
  /// The error bar: Wilson, two-sided at the confidence of the suite.
  public var lower: Double
  public var upper: Double
  /// The event that the champion's figures come from; nil before anything is measured.
  public var event: Int?
  public var startPasses: Int?
  public var startTrials: Int?
  /// The error bar there, of the same kind.
  public var startLower: Double?
  public var startUpper: Double?
  public var startEvent: Int?
  /// Units that failed where the run began and pass now, and the other way round.
  public var gained: Int
  public var lost: Int
  /// The same against the untuned base, where the run did not begin there and an earlier one measured it.
  public var sinceBase: BaseFlips?
  /// Of being shown by the next attempt.
  public var chance: Double
  /// Sealed units missing to decide it, where counting more would.
  public var needing: Int?
  public var sealedUnits: Int
  public var confusions: [Confusion]
  /// Failures that are about the same, large groups first.
  public var failureGroups: [FailureGroup]
  public var learningCurve: CurveRow?
  /// The same in a sentence.
  public var learning: String?
  public var advice: [String]
  /// What `dev` says unit by unit; nil where its units are not known any more.
  public var path: EvidencePath?
  /// What attempts saw of its sealed set, where `hone reveal-sealed` has opened that since.
  public var revealed: [RevealedRow]
  /// The file that defines it, with its line.
  public var location: SourceLocation

  public enum Verdict: String, Sendable, Encodable {
    case certified
    /// The next attempt would likely show it.
    case likely
    case undecided
    /// Shown to be below its target.
    case violated
    /// Not measured yet.
    case unknown
    /// Its sealed units could not show it even without a failure.
    case infeasible
  }

  /// Failures with one answer in common.
  public struct Confusion: Sendable, Encodable {
    public var expected: Expectation
    public var reply: String?
    public var count: Int

    fileprivate struct Pair: Hashable {
      var expected: Expectation
      var reply: String?
    }
  }

  /// - Parameters:
  ///   - base: Of an earlier run, where this one began elsewhere.
  ///   - revealed: What attempts saw of sets that are sealed no more.
  static func all(
    _ fold: RunFold, diagnosis: Diagnosis?, texts: ExampleTexts, base: EarlierMeasurement?,
    revealed: [RevealedEvidence]
  ) -> [BehaviorRow] {
    guard let settings = fold.summary.settingsAtEnd else { return [] }
    let diagnoses = diagnosis?.behaviors ?? []
    let order = Dictionary(
      uniqueKeysWithValues: diagnoses.enumerated().map { ($1.name, $0) })
    return settings.behaviors
      .map { behavior in
        var row = BehaviorRow(
          behavior, diagnosis: diagnoses.first { $0.name == behavior.name }, fold: fold,
          texts: texts, confidence: settings.confidence)
        if let base, let then = base.measurement[behavior: behavior.name],
          let now = fold.champion?.measurement[behavior: behavior.name]
        {
          row.sinceBase = BaseFlips(
            then, now, isSameSuite: base.suite == fold.summary.header?.suite)
        }
        row.revealed = RevealedRow.all(of: behavior, fold, in: revealed)
        return row
      }
      .sorted { (order[$0.behavior] ?? 0, $0.behavior) < (order[$1.behavior] ?? 0, $1.behavior) }
  }

  private init(
    _ behavior: LoopBehavior, diagnosis: BehaviorDiagnosis?, fold: RunFold, texts: ExampleTexts,
    confidence: Double
  ) {
    let suite = texts.suite
    self.behavior = behavior.name
    requires = suite?.suite[behavior: behavior.name]?.requires ?? ""
    target = behavior.target
    hope = behavior.hope
    isGuard = behavior.isGuard
    sealedUnits = behavior.sealed.units
    location =
      suite?.suite[behavior: behavior.name]?.location ?? SourceLocation(file: "hone.yaml")
    let now = fold.champion?.measurement[behavior: behavior.name]
    let before = fold.start?.measurement[behavior: behavior.name]
    passes = now?.passes ?? 0
    trials = now?.trials ?? 0
    let bar =
      now?.errorBar(confidence: confidence) ?? Interval(lower: 0, upper: 1)
    (lower, upper) = (bar.lower, bar.upper)
    event = now == nil ? nil : fold.champion?.event
    startPasses = before?.passes
    startTrials = before?.trials
    let barBefore = before?.errorBar(confidence: confidence)
    (startLower, startUpper) = (barBefore?.lower, barBefore?.upper)
    startEvent = before == nil ? nil : fold.start?.event
    let (failedNow, failedBefore) = (Self.failed(now), Self.failed(before))
    gained = failedBefore.subtracting(failedNow).count
    lost = failedNow.subtracting(failedBefore).count
    chance = diagnosis?.chance ?? 0
    let open = Dictionary(
      grouping: texts.shown(diagnosis?.failures ?? []),
      by: { Confusion.Pair(expected: $0.expected, reply: $0.reply) })
    confusions = (diagnosis?.confusions ?? []).compactMap { confusion in
      open[Confusion.Pair(expected: confusion.expected, reply: confusion.reply)].map {
        Confusion(expected: confusion.expected, reply: confusion.reply, count: $0.count)
      }
    }
    failureGroups = diagnosis?.groups ?? []
    let isCertified = if case .satisfied? = fold.summary.outcome { true } else { false }
    // What is certified needs no more: where more examples would lead is all there is to say.
    learningCurve = diagnosis?.outlook.map {
      CurveRow($0.curve, outlook: isCertified ? nil : $0)
    }
    learning = diagnosis?.outlook.map {
      isCertified ? CurveText.sentence($0.curve) : CurveText.sentence($0)
    }
    advice = isCertified ? [] : diagnosis?.advice ?? []
    revealed = []
    path = now.flatMap { EvidencePath(of: behavior, $0, texts: texts, alpha: 1 - confidence) }
    switch diagnosis?.verdict {
    case _ where isCertified: verdict = .certified
    case .satisfied: verdict = .likely
    case .violated: verdict = .violated
    case .undecided(let units):
      verdict = .undecided
      needing = units == 0 ? nil : units
    case nil:
      verdict = behavior.sealed.test(target: behavior.target) == nil ? .infeasible : .unknown
    }
  }

  private static func failed(_ measured: BehaviorMeasurement?) -> Set<String> {
    Set((measured?.failures ?? []).map(\.example))
  }

  /// The share that passed; nil without a trial.
  public var rate: Double? { trials == 0 ? nil : Double(passes) / Double(trials) }
  var startRate: Double? {
    guard let startPasses, let startTrials, startTrials > 0 else { return nil }
    return Double(startPasses) / Double(startTrials)
  }
}
