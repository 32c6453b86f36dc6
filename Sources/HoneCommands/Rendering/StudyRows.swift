import Statistics
import Suites
import Tuning

/// A learning curve for programs.
struct CurveRow: Encodable {
  /// Units of dev that it was measured on.
  var units: Int
  var points: [Point]
  /// The pass rate with twice the train examples, and the range of the middle 80 %.
  var doubled: Double
  var doubledLower: Double
  var doubledUpper: Double
  var outlook: OutlookRow?

  struct Point: Encodable {
    var share: Double
    var trainUnits: Double
    var passRate: Double
  }

  /// Whether more train examples of the same kind would do.
  struct OutlookRow: Encodable {
    /// The pass rate that the sealed units there are would usually show.
    var neededRate: Double
    /// `there`, `reached`, `perhaps`, `outOfReach` or `unknown`.
    var forecast: String
    /// Train units to add; the range where it is `reached`, the lower end where it is `perhaps`.
    var more: Int?
    var moreLower: Int?
    var moreUpper: Int?
    /// Where the curve ends up, where it is `outOfReach`.
    var limit: Double?
    var limitLower: Double?
    var limitUpper: Double?
  }

  init(_ curve: BehaviorCurve, outlook: LearningOutlook? = nil) {
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
struct StudyRow: Encodable {
  var train: TrainingStudy.Sampled
  var dev: TrainingStudy.Sampled
  /// Of all behaviors together.
  var learningCurve: CurveRow?
  /// Why there is no learning curve.
  var noLearningCurve: String?
  /// The surest first.
  var suspectedLabels: [SuspectedLabel]
  /// Nearly the same text with different labels, the most alike first.
  var contradictions: [Contradiction]

  init(_ study: TrainingStudy) {
    train = study.train
    dev = study.dev
    learningCurve = study.together.map { CurveRow($0) }
    noLearningCurve = study.noCurve
    suspectedLabels = study.suspects
    contradictions = study.contradictions
  }
}
