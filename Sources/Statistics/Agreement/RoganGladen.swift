/// The true pass rate behind a judged one, where the judge's error rates are known from labels.
///
/// Assumes that the judge errs as often on these replies as on the labeled ones. Tuning against a
/// judge breaks that: then only `JudgeBoxBound`, or labels of this candidate (`PredictionPoweredMean`),
/// will do.
///
/// Source: Rogan and Gladen (1978).
public struct RoganGladen: Sendable, Hashable, Codable {
  /// The rate at which the judge passed replies.
  public let judgedRate: Double
  /// q0: the rate at which it fails truly failing replies.
  public let specificity: Double
  /// q1: the rate at which it passes truly good ones.
  public let sensitivity: Double

  /// - Returns: Nil where specificity and sensitivity sum to at most 1: such a judge knows no more
  ///   than a coin, and nothing can be corrected.
  /// - Throws: `StatisticsError` where a rate is NaN or outside 0...1.
  public init?(
    judgedRate: Double, specificity: Double, sensitivity: Double
  ) throws(StatisticsError) {
    try requireFinite([judgedRate], "judgedRate", in: 0...1)
    try requireFinite([specificity], "specificity", in: 0...1)
    try requireFinite([sensitivity], "sensitivity", in: 0...1)
    guard specificity + sensitivity > 1 else { return nil }
    self.judgedRate = judgedRate
    self.specificity = specificity
    self.sensitivity = sensitivity
  }

  /// Youden's J: specificity + sensitivity − 1, positive.
  private var information: Double { specificity + sensitivity - 1 }

  /// The true pass rate, cut off at 0 and 1.
  public var estimate: Double { min(1, max(0, (judgedRate + specificity - 1) / information)) }

  /// The standard error of `estimate` by the delta method.
  ///
  /// It is 0 where all three rates are 0 or 1, and misleads nearby; `interval` does not.
  ///
  /// - Parameters:
  ///   - judged: Replies that the judge graded.
  ///   - labeledFailures: Truly failing replies behind the specificity.
  ///   - labeledPasses: Truly good replies behind the sensitivity.
  /// - Returns: Infinite where one of the three counts is 0.
  /// - Precondition: Counts are not negative.
  public func standardError(judged: Int, labeledFailures: Int, labeledPasses: Int) -> Double {
    precondition(judged >= 0 && labeledFailures >= 0 && labeledPasses >= 0, "counts of replies")
    if judged == 0 || labeledFailures == 0 || labeledPasses == 0 { return .infinity }
    let rate = estimate
    let variance =
      judgedRate * (1 - judgedRate) / Double(judged)
      + (1 - rate) * (1 - rate) * specificity * (1 - specificity) / Double(labeledFailures)
      + rate * rate * sensitivity * (1 - sensitivity) / Double(labeledPasses)
    return variance.squareRoot() / information
  }

  /// The two-sided interval for the true pass rate, from rates that are pulled toward ½ first.
  ///
  /// Its coverage is close to the nominal one also near 0 and 1. Within 0...1, and 0...1 where a
  /// count is 0 or where so few labels leave the judge no better than a coin.
  ///
  /// - Parameters: As `standardError`; alpha is 1 − confidence, both sides together, in (0, 1). 0,
  ///   less, or NaN: 0...1.
  /// - Precondition: Counts are not negative.
  ///
  /// Source: Lang and Reiczigel (2014), for judges Lee et al. (2025).
  public func interval(
    judged: Int, labeledFailures: Int, labeledPasses: Int, alpha: Double
  ) -> Interval {
    precondition(judged >= 0 && labeledFailures >= 0 && labeledPasses >= 0, "counts of replies")
    guard let z = twoSidedNormalQuantile(alpha), z.isFinite else {
      return Interval(lower: 0, upper: 1)
    }
    let n = Double(judged) + z * z
    let (failures, passes) = (Double(labeledFailures) + 2, Double(labeledPasses) + 2)
    let judgedRate = (Double(judged) * judgedRate + z * z / 2) / n
    let specificity = (Double(labeledFailures) * specificity + 1) / failures
    let sensitivity = (Double(labeledPasses) * sensitivity + 1) / passes
    let information = specificity + sensitivity - 1
    guard judged > 0, labeledFailures > 0, labeledPasses > 0, information > 0 else {
      return Interval(lower: 0, upper: 1)
    }
    let rate = (judgedRate + specificity - 1) / information
    let failureError = specificity * (1 - specificity) / failures
    let passError = sensitivity * (1 - sensitivity) / passes
    let center = rate + 2 * z * z * (rate * passError - (1 - rate) * failureError)
    let variance =
      judgedRate * (1 - judgedRate) / n
      + (1 - rate) * (1 - rate) * failureError + rate * rate * passError
    let half = z * variance.squareRoot() / information
    return Interval(lower: min(1, max(0, center - half)), upper: max(0, min(1, center + half)))
  }
}
