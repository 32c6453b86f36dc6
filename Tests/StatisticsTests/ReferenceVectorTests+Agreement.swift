import Statistics
import Testing

extension ReferenceVectorTests {
  static let agreement: [String: Call] = [
    "cohensKappa": { vector in
      let (first, second) = (try vector.integers("r1"), try vector.integers("r2"))
      var answers = try kappa(CohenKappa(first, second), vector)
      answers["table"] = .list(
        try CohenKappa.table(first, second).counts.map { .list($0.map(Value.integer)) })
      return answers
    },
    "cohensKappaFromTable": { vector in
      try kappa(CohenKappa(table: vector.counts("table")), vector)
    },
    "weightedKappa": { vector in
      let table = try vector.counts("table")
      return [
        "linear": .number(try CohenKappa(table: table, weighting: .linear).kappa),
        "quadratic": .number(try CohenKappa(table: table, weighting: .quadratic).kappa),
        "unweighted": .number(try CohenKappa(table: table).kappa),
      ]
    },
    "fleissKappa": { vector in
      ["kappa": .number(try Statistics.fleissKappa(counts: vector.counts("counts")))]
    },
    "krippendorffAlpha": { vector in
      let ratings = try #require(vector.inputs["ratings"]?.rowsWithGaps)
      return ["alpha": .number(try KrippendorffAlpha.nominal(ratings))]
    },
    "judgeBoxLowerBound": { vector in
      let bound = JudgeBoxBound(
        judgePasses: try vector.integer("judgePasses"), judged: try vector.integer("n"),
        falsePasses: try vector.integer("judgePassesAmongTrulyFailing"),
        labeledFailures: try vector.integer("trulyFailingLabelled"),
        alpha: try vector.number("alpha"))
      return [
        "pL": .number(bound.judgedRateLower), "fprU": .number(bound.falsePassRateUpper),
        "lower": .number(bound.lower),
      ]
    },
    "ppiMean": { vector in
      let mean = try predictionPoweredMean(vector)
      var answers = try mean.interval(alpha: vector.number("alpha")).asExpected
      answers["estimate"] = .number(mean.estimate)
      answers["lam"] = .number(mean.lambda)
      return answers
    },
    "ppiMeanPValue": { vector in
      let mean = try predictionPoweredMean(vector)
      return ["p": .number(try mean.pValue(target: vector.number("null")))]
    },
    "roganGladen": { vector in
      let corrected = try roganGladen(vector)
      var answers = corrected.interval(
        judged: try vector.integer("n"), labeledFailures: try vector.integer("m0"),
        labeledPasses: try vector.integer("m1"), alpha: try vector.number("alpha")
      ).asExpected
      answers["estimate"] = .number(corrected.estimate)
      return answers
    },
    "roganGladenDeltaSE": { vector in
      let corrected = try roganGladen(vector)
      let error = corrected.standardError(
        judged: try vector.integer("n"), labeledFailures: try vector.integer("m0"),
        labeledPasses: try vector.integer("m1"))
      return ["estimate": .number(corrected.estimate), "se": .number(error)]
    },
  ]

  private typealias Value = ReferenceVector.Value

  private static func kappa(
    _ kappa: CohenKappa, _ vector: ReferenceVector
  ) throws -> [String: ReferenceVector.Value] {
    var answers = kappa.interval(alpha: try vector.number("alpha")).asExpected
    answers["kappa"] = .number(kappa.kappa)
    answers["se"] = .number(kappa.standardError)
    answers["se0"] = .number(kappa.standardErrorUnderIndependence)
    return answers
  }

  private static func predictionPoweredMean(
    _ vector: ReferenceVector
  ) throws -> PredictionPoweredMean {
    try PredictionPoweredMean(
      labels: vector.numbers("Y"), predictions: vector.numbers("Yhat"),
      unlabeledPredictions: vector.numbers("YhatUnlabeled"), lambda: vector.inputs["lam"]?.number)
  }

  private static func roganGladen(_ vector: ReferenceVector) throws -> RoganGladen {
    try #require(
      try RoganGladen(
        judgedRate: vector.number("p"), specificity: vector.number("q0"),
        sensitivity: vector.number("q1")))
  }
}

extension ReferenceVector {
  /// A list of lists of whole numbers.
  fileprivate func counts(_ key: String) throws -> [[Int]] {
    try rows(key).map { try $0.map { try #require(Int(exactly: $0), "\(key)") } }
  }
}
