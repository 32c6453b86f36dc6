import Statistics
import Testing

extension ReferenceVectorTests {
  static let metrics: [String: Call] = [
    "precision/recall/F1/MCC": { vector in
      let counts = try confusionCounts(vector, trueNegatives: vector.integer("tn"))
      return [
        "precision": .number(try #require(counts.precision)),
        "recall": .number(try #require(counts.recall)), "f1": .number(try #require(counts.f1)),
        "mcc": .number(counts.matthewsCorrelation),
      ]
    },
    "f1DeltaSE": { vector in
      ["se": .number(try #require(confusionCounts(vector).f1StandardError))]
    },
    "macroF1/microF1/weightedF1": { vector in
      let counts = try ClassificationCounts(
        truth: vector.integers("yTrue"), predicted: vector.integers("yPred"))
      return [
        "macro": .number(counts.macroF1), "micro": .number(counts.microF1),
        "weighted": .number(counts.weightedF1),
      ]
    },
    "ece": { vector in
      let probabilities = try vector.numbers("probs")
      let outcomes = try vector.numbers("labels").map { $0 == 1 }
      let calibration = try Calibration(
        probabilities: probabilities, outcomes: outcomes, bins: vector.integer("bins"))
      return [
        "ece": .number(calibration.expectedError), "mce": .number(calibration.maximumError),
        "brier": .number(try brierScore(probabilities: probabilities, outcomes: outcomes)),
      ]
    },
    "conformalThreshold": { vector in
      let (scores, alpha) = (try vector.numbers("scores"), try vector.number("alpha"))
      return [
        "k": .integer(SplitConformal.rank(calibrationCount: scores.count, alpha: alpha)),
        "threshold": .number(try SplitConformal.threshold(scores: scores, alpha: alpha)),
      ]
    },
    "conformalCoverageBeta": { vector in
      let coverage = SplitConformal.coverage(
        calibrationCount: try vector.integer("n"), alpha: try vector.number("alpha"))
      return [
        "a": .integer(coverage.a), "b": .integer(coverage.b), "mean": .number(coverage.mean),
        "q05": .number(coverage.quantile(0.05)),
      ]
    },
    "crcThreshold": { vector in
      let control = try ConformalRiskControl(
        lambdas: vector.numbers("lambdas"), risks: vector.numbers("risks"),
        calibrationCount: vector.integer("n"), bound: vector.number("B"),
        alpha: vector.number("alpha"))
      return [
        "lambda_": control.threshold.map { .number($0) } ?? .null,
        "adjusted": .numbers(control.adjustedRisks),
      ]
    },
    "selectiveRiskUpper": { vector in
      let upper = SelectiveRisk.upperBound(
        errors: try vector.integer("errors"), accepted: try vector.integer("accepted"),
        alpha: try vector.number("alpha"))
      return ["upper": .number(upper)]
    },
  ]

  private static func confusionCounts(
    _ vector: ReferenceVector, trueNegatives: Int = 0
  ) throws -> ConfusionCounts {
    ConfusionCounts(
      truePositives: try vector.integer("tp"), falsePositives: try vector.integer("fp"),
      falseNegatives: try vector.integer("fn"), trueNegatives: trueNegatives)
  }
}
