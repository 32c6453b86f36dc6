/// The mean of a true grade, from few labels and many grades by a judge.
///
/// The judge's mean over the unlabeled units is corrected by what the judge gets wrong on the
/// labeled ones, so that a bad judge makes it wide and never wrong. Assumes that labeled and
/// unlabeled units are drawn alike and independently, and enough labels (a hundred and more) for
/// a normal approximation: a bar to show, not a bound to certify with.
///
/// Source: Angelopoulos, Duchi and Zrnic (2023), PPI++.
public struct PredictionPoweredMean: Sendable, Hashable, Codable {
  public let estimate: Double
  public let standardError: Double
  /// How far the judge is trusted: 0 uses the labels alone, 1 is plain prediction-powered inference.
  public let lambda: Double

  /// - Parameters:
  ///   - labels: True grades. Shape [n], n ≥ 2.
  ///   - predictions: The judge's grades of the same units. Shape [n].
  ///   - unlabeledPredictions: The judge's grades of other units. Shape [N]; with none the labels
  ///     count alone.
  ///   - lambda: Nil takes the one of the smallest standard error, cut off at 0 and 1 (power tuning).
  /// - Throws: `StatisticsError` where there are fewer than two labels, lengths differ, or a value
  ///   is NaN or infinite.
  /// - Precondition: lambda is finite.
  public init(
    labels: [Double], predictions: [Double], unlabeledPredictions: [Double], lambda: Double? = nil
  ) throws(StatisticsError) {
    precondition(lambda?.isFinite ?? true, "lambda is a number")
    try requireSameCount(labels.count, "labels", predictions.count, "predictions")
    try requireCount(labels.count, "labels", atLeast: 2)
    try requireFinite(labels, "labels")
    try requireFinite(predictions, "predictions")
    try requireFinite(unlabeledPredictions, "unlabeledPredictions")
    let lambda =
      unlabeledPredictions.isEmpty
      ? 0 : lambda ?? Self.bestLambda(labels, predictions, unlabeledPredictions)
    let imputed = SampleMoments(unlabeledPredictions)
    let rectifier = SampleMoments(zip(labels, predictions).map { $0 - lambda * $1 })
    self.lambda = lambda
    estimate = lambda * imputed.mean + rectifier.mean
    let imputedVariance =
      imputed.count == 0 ? 0 : lambda * lambda * imputed.populationVariance / Double(imputed.count)
    let rectifierVariance =
      rectifier.isConstant ? 0 : rectifier.populationVariance / Double(rectifier.count)
    standardError = (imputedVariance + rectifierVariance).squareRoot()
  }

  /// cov(label, prediction) / ((1 + n/N)·var(prediction)), in 0...1.
  private static func bestLambda(
    _ labels: [Double], _ predictions: [Double], _ unlabeled: [Double]
  ) -> Double {
    let (labelMean, mean) = (SampleMoments(labels).mean, SampleMoments(predictions).mean)
    let n = Double(labels.count)
    let covariance =
      zip(labels, predictions).reduce(0) { $0 + ($1.0 - labelMean) * ($1.1 - mean) } / n
    let pooled = SampleMoments(predictions + unlabeled)
    if pooled.isConstant { return 0 }
    let lambda = covariance / ((1 + n / Double(unlabeled.count)) * pooled.sampleVariance)
    return min(1, max(0, lambda))
  }

  /// The two-sided interval estimate ± z·SE.
  ///
  /// Not cut off: clamp it to 0...1 to show a pass rate.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −∞...∞.
  /// - Throws: `StatisticsError.noSpread` where the standard error is 0, which says nothing.
  public func interval(alpha: Double) throws(StatisticsError) -> Interval {
    guard standardError > 0 else { throw .noSpread(argument: "labels") }
    return .normal(estimate: estimate, standardError: standardError, alpha: alpha)
  }

  /// The one-sided p-value against a mean of at most `target`.
  ///
  /// - Throws: `StatisticsError.noSpread` where the standard error is 0.
  /// - Precondition: The target is not NaN.
  public func pValue(target: Double) throws(StatisticsError) -> Double {
    guard standardError > 0 else { throw .noSpread(argument: "labels") }
    return normalSurvival((estimate - target) / standardError)
  }

  /// The one-sided p-value against a mean of at least `target`.
  ///
  /// - Throws: `StatisticsError.noSpread` where the standard error is 0.
  /// - Precondition: The target is not NaN.
  public func pValueBelow(target: Double) throws(StatisticsError) -> Double {
    guard standardError > 0 else { throw .noSpread(argument: "labels") }
    return normalCDF((estimate - target) / standardError)
  }
}
