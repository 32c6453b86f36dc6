import Statistics
import Suites
public import Tuning

/// A learning curve for programs.
public struct CurveRow: Sendable, Encodable {
  /// Units of dev that it was measured on.
  public var units: Int
  public var points: [Point]
  /// The pass rate with twice the train examples, and the range of the middle 80 %.
  public var doubled: Double
  public var doubledLower: Double
  public var doubledUpper: Double
  public var outlook: OutlookRow?

  public struct Point: Sendable, Encodable {
    public var share: Double
    public var trainUnits: Double
    public var passRate: Double
  }

  /// Whether more train examples of the same kind would do.
  public struct OutlookRow: Sendable, Encodable {
    /// The pass rate that the sealed units there are would usually show.
    public var neededRate: Double
    /// `there`, `reached`, `perhaps`, `outOfReach` or `unknown`.
    public var forecast: String
    /// Train units to add; the range where it is `reached`, the lower end where it is `perhaps`.
    public var more: Int?
    public var moreLower: Int?
    public var moreUpper: Int?
    /// Where the curve ends up, where it is `outOfReach`.
    public var limit: Double?
    public var limitLower: Double?
    public var limitUpper: Double?
  }

  package init(_ curve: BehaviorCurve, outlook: LearningOutlook? = nil) {
    let law = curve.curve
    units = curve.units
    points = law.sizes.indices.map {
      Point(share: curve.shares[$0], trainUnits: law.sizes[$0], passRate: law.rates[$0])
    }
    let twice = law.rate(at: 2 * (law.sizes.last ?? 0))
    (doubled, doubledLower, doubledUpper) = (
      twice.estimate, twice.range.lower, twice.range.upper
    )
    self.outlook = outlook.map(OutlookRow.init)
  }
}

extension CurveRow.OutlookRow {
  init(_ outlook: LearningOutlook) {
    neededRate = outlook.goal
    guard !outlook.isThere else {
      forecast = "there"
      return
    }
    switch outlook.forecast {
    case .reached(let size, let range):
      forecast = "reached"
      (more, moreLower, moreUpper) = (
        outlook.added(for: size), outlook.added(for: range.lower), outlook.added(for: range.upper)
      )
    case .perhaps(let size, let least):
      forecast = "perhaps"
      (more, moreLower) = (outlook.added(for: size), outlook.added(for: least))
    case .outOfReach(let estimate, let range):
      forecast = "outOfReach"
      (limit, limitLower, limitUpper) = (estimate, range.lower, range.upper)
    case .unknown:
      forecast = "unknown"
    }
  }
}

/// What was looked at, and what concerns the suite as a whole, for programs.
public struct StudyRow: Sendable, Encodable {
  /// The event that it is; nil outside of a report.
  public var event: Int?
  public var train: TrainingStudy.Sampled
  public var dev: TrainingStudy.Sampled
  /// Of all behaviors together.
  public var learningCurve: CurveRow?
  /// Why there is no learning curve.
  public var noLearningCurve: String?
  /// The surest first.
  public var suspectedLabels: [SuspectedLabel]
  /// Nearly the same text with different labels, the most alike first.
  public var contradictions: [Contradiction]

  package init(_ study: TrainingStudy, event: Int? = nil) {
    self.event = event
    train = study.train
    dev = study.dev
    learningCurve = study.together.map { CurveRow($0) }
    noLearningCurve = study.noCurve
    suspectedLabels = study.suspects
    contradictions = study.contradictions
  }
}
