/// How predictions of yes or no met the truth.
///
/// Ratios are nil where nothing stands below the line: a precision of 0 without a positive
/// prediction would pass for a measurement.
public struct ConfusionCounts: Sendable, Hashable, Codable {
  public var truePositives: Int
  public var falsePositives: Int
  public var falseNegatives: Int
  public var trueNegatives: Int

  /// - Precondition: Counts are not negative.
  public init(
    truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int = 0
  ) {
    precondition(
      truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0 && trueNegatives >= 0,
      "counts are not negative")
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// TP / (TP + FP): of what was called positive, the share that is. Nil where nothing was.
  public var precision: Double? { ratio(tp, tp + fp) }

  /// TP / (TP + FN): of what is positive, the share that was found. Nil where nothing is.
  public var recall: Double? { ratio(tp, tp + fn) }

  /// TN / (TN + FP): of what is negative, the share that was left alone. Nil where nothing is.
  public var specificity: Double? { ratio(tn, tn + fp) }

  /// The share of right predictions. Nil without predictions.
  public var accuracy: Double? { ratio(tp + tn, tp + fp + fn + tn) }

  /// TP / (TP + FP + FN), Jaccard's index. True negatives do not enter, so it is a binomial rate
  /// over the units that are positive in the truth or by prediction. Nil where there are none.
  public var jaccard: Double? { ratio(tp, tp + fp + fn) }

  /// The harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN). Nil where nothing is
  /// positive, in the truth or by prediction.
  ///
  /// Source: van Rijsbergen (1979).
  public var f1: Double? { ratio(2 * tp, 2 * tp + fp + fn) }

  /// The standard error of `f1` by the delta method, from F1 = 2J/(1 + J) with J binomial. Nil with
  /// `f1`.
  ///
  /// It is 0 where F1 is 0 or 1, which says nothing: there take an exact interval for J and map it.
  public var f1StandardError: Double? {
    guard let jaccard else { return nil }
    let slope = 2 / ((1 + jaccard) * (1 + jaccard))
    return slope * (jaccard * (1 - jaccard) / (tp + fp + fn)).squareRoot()
  }

  /// The correlation of prediction and truth, in −1...1; 0 where either is always the same and so
  /// nothing can be said.
  ///
  /// Source: Matthews (1975); the value 0 by Chicco and Jurman (2020).
  public var matthewsCorrelation: Double {
    let (called, notCalled) = (tp + fp, tn + fn)
    let (positive, negative) = (tp + fn, tn + fp)
    guard called > 0, notCalled > 0, positive > 0, negative > 0 else { return 0 }
    // TP·TN − FP·FN: the products are large and may be alike, so their rounding counts (Kahan).
    let product = fp * fn
    let rounding = product.addingProduct(-fp, fn)
    let covariance = (-product).addingProduct(tp, tn) + rounding
    return covariance / (called * notCalled).squareRoot() / (positive * negative).squareRoot()
  }

  private var tp: Double { Double(truePositives) }
  private var fp: Double { Double(falsePositives) }
  private var fn: Double { Double(falseNegatives) }
  private var tn: Double { Double(trueNegatives) }

  private func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
}
