/// Predictions of one label out of several, class by class, and the averages over classes.
public struct ClassificationCounts<Label: Hashable & Sendable>: Sendable, Hashable {
  /// Every label of the truth or of a prediction, in order of first appearance.
  public let labels: [Label]
  /// Each label against the rest. Shape [labels].
  public let counts: [ConfusionCounts]

  /// - Parameters:
  ///   - truth: The right labels. Shape [units].
  ///   - predicted: The labels given, in the same order. Shape [units].
  /// - Throws: `StatisticsError` where the lengths differ or there is no unit.
  public init(truth: [Label], predicted: [Label]) throws(StatisticsError) {
    try requireSameCount(truth.count, "truth", predicted.count, "predicted")
    try requireCount(truth.count, "truth", atLeast: 1)
    var labels: [Label] = []
    var positions: [Label: Int] = [:]
    var counts: [ConfusionCounts] = []
    func position(_ label: Label) -> Int {
      if let known = positions[label] { return known }
      positions[label] = labels.count
      labels.append(label)
      counts.append(ConfusionCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0))
      return labels.count - 1
    }
    for (truth, predicted) in zip(truth, predicted) {
      let (right, given) = (position(truth), position(predicted))
      if right == given {
        counts[right].truePositives += 1
      } else {
        counts[right].falseNegatives += 1
        counts[given].falsePositives += 1
      }
    }
    for label in counts.indices {
      counts[label].trueNegatives =
        truth.count - counts[label].truePositives - counts[label].falsePositives
        - counts[label].falseNegatives
    }
    self.labels = labels
    self.counts = counts
  }

  /// The counts of one label; nil where it never occurred.
  public subscript(label: Label) -> ConfusionCounts? {
    labels.firstIndex(of: label).map { counts[$0] }
  }

  /// The share of right predictions.
  public var accuracy: Double {
    let right = counts.reduce(0) { $0 + $1.truePositives }
    return Double(right) / Double(units)
  }

  /// The mean of the classes' F1, each class alike: a rare class weighs as much as a common one.
  public var macroF1: Double {
    counts.reduce(0) { $0 + ($1.f1 ?? 0) } / Double(counts.count)
  }

  /// F1 of all classes' counts together; with one label a unit it is the accuracy.
  public var microF1: Double { accuracy }

  /// The mean of the classes' F1, each weighted by how often it is the truth.
  public var weightedF1: Double {
    counts.reduce(0) { $0 + ($1.f1 ?? 0) * Double($1.truePositives + $1.falseNegatives) }
      / Double(units)
  }

  private var units: Int {
    counts.reduce(0) { $0 + $1.truePositives + $1.falseNegatives }
  }
}

extension ClassificationCounts: Codable where Label: Codable {}
