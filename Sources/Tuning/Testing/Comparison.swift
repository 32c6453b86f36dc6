public import Statistics
public import Suites

/// A model beside the baseline: folded from what both answered, and pure.
///
/// ```swift
/// let comparison = Comparison(baseline, with: replay, on: suite)
/// comparison.verdict   // .pass, .regressed or .undecided
/// ```
///
/// Verdicts are claims about inputs like those of the suite, from `gate` units that chose nothing;
/// flips are facts about these examples. Examples that only one side has take no part: what a
/// changed suite does is told apart, in `change`.
public struct Comparison: Sendable, Hashable {
  public var baseline: TestedModel
  public var model: TestedModel
  public var test: PairedRegression
  public var change: SuiteChange
  /// In order of name, new ones included.
  public var behaviors: [BehaviorComparison]
  /// Checkpoints that the baseline was chosen from on `dev`, itself included. Where `dev` serves, an
  /// alarm has to stand against the luckiest of so many: it is raised at a level divided by them.
  public var candidates: Int

  /// Taken where the baseline does not say: a run's start and all its rounds, by default.
  public static let assumedCandidates = LoopSettings.defaultRounds + 1

  /// - Parameters:
  ///   - margin: The drop of a pass rate that is put up with.
  ///   - alpha: The error probability of alarms, all behaviors together, and of each "not worse";
  ///     nil takes that of the suite's claims. At most 0.5.
  public init(
    _ baseline: Baseline, with replay: Replay, on suite: DealtSuite,
    margin: Double = GatePlan.defaultMargin, alpha: Double? = nil
  ) {
    let test = PairedRegression(
      margin: margin, alpha: alpha ?? min(0.5, suite.suite.claims.alpha))
    self.init(
      baseline, with: replay, units: ComparedUnits(baseline, on: suite, enough: test.unitsEnough),
      change: SuiteChange(from: baseline, to: suite, replay: replay), test: test)
  }

  /// - Parameter units: Of this baseline, or of one with the same examples.
  public init(
    _ baseline: Baseline, with replay: Replay, units: ComparedUnits, change: SuiteChange,
    test: PairedRegression
  ) {
    self.baseline = baseline.model
    model = replay.model
    self.test = test
    self.change = change
    let candidates = baseline.candidates ?? Self.assumedCandidates
    self.candidates = candidates
    behaviors = units.behaviors.compactMap { unit in
      replay[behavior: unit.behavior].map {
        BehaviorComparison(
          unit, baseline: baseline[behavior: unit.behavior], replay: $0,
          isSameCheckpoint: replay.model.checkpoint == baseline.model.checkpoint
            && replay.model.base == baseline.model.base)
      }
    }
    let compared = behaviors.indices.filter { behaviors[$0].baselinePasses != nil }
    let adjusted = holm(
      compared.map {
        min(
          1,
          Double(Self.choices(of: candidates, on: behaviors[$0].role))
            * PairedRegression.pValueOfRegression(
              gains: behaviors[$0].gains, losses: behaviors[$0].losses))
      })
    for (index, pValue) in zip(compared, adjusted) {
      behaviors[index].conclude(test, adjustedPValue: pValue)
    }
  }

  /// Of the whole: regressed where one behavior is, else undecided where one is or where none could
  /// be compared, else pass.
  public var verdict: PairedRegression.Verdict {
    if compared == 0 { return .undecided }
    let verdicts = behaviors.compactMap(\.verdict)
    if verdicts.contains(.regressed) { return .regressed }
    return verdicts.contains(.undecided) ? .undecided : .pass
  }

  /// Behaviors that there is a baseline for.
  public var compared: Int { behaviors.count { $0.baselinePasses != nil } }

  /// The level of a behavior's alarm at the first step of Holm's.
  public func level(of behavior: BehaviorComparison) -> Double {
    test.alpha
      / Double(max(1, compared) * Self.choices(of: candidates, on: behavior.role))
  }

  /// How many baselines were chosen from by the role that serves: `gate` chooses nothing.
  private static func choices(of candidates: Int, on role: Role) -> Int {
    role == .dev ? candidates : 1
  }

  /// The chance that an alarm would be raised for a behavior if its pass rate had dropped by
  /// `drop` from the baseline's.
  ///
  /// It depends on what else flips: the lower end is for models that fail independently of each
  /// other, the upper one for flips that are all losses.
  ///
  /// - Parameter drop: In (0, 1); nil takes the margin.
  public func power(of behavior: BehaviorComparison, drop: Double? = nil) -> ClosedRange<Double> {
    guard let passes = behavior.baselinePasses, behavior.units > 0 else { return 0...0 }
    let level = level(of: behavior)
    let rate = Double(passes) / Double(behavior.units)
    let drop = drop ?? test.margin
    let churn = GatePlan.churn(hope: rate, margin: drop)
    let ends = [
      test.chanceOfAlarm(
        trials: behavior.units, lossRate: churn.losses, gainRate: churn.gains, level: level),
      test.chanceOfAlarm(
        trials: behavior.units, lossRate: min(drop, rate), gainRate: 0, level: level),
    ].sorted()
    return ends[0]...ends[1]
  }

  /// The units that would decide an undecided behavior, if they flip as those seen did; nil for
  /// others.
  public func unitsNeeded(by behavior: BehaviorComparison) -> Int? {
    guard behavior.verdict == .undecided else { return nil }
    return test.trialsToDecide(
      gains: behavior.gains, losses: behavior.losses, trials: behavior.units,
      level: level(of: behavior))
  }
}
