import Statistics
import Testing

extension ReferenceVectorTests {
  static let intervals: [String: Call] = [
    "wilsonInterval": { vector in try binomial(vector, .wilson) },
    "clopperPearson": { vector in try binomial(vector, .clopperPearson) },
    "jeffreysInterval": { vector in try binomial(vector, .jeffreys) },
    "agrestiCoullInterval": { vector in try binomial(vector, .agrestiCoull) },
    "waldInterval": { vector in try binomial(vector, .wald) },
    "clopperPearsonLower": { vector in
      let lower = ClopperPearson.lower(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        alpha: try vector.number("alpha"))
      return ["lower": .number(lower)]
    },
    "betaBernoulliInterval": { vector in
      let posterior = try posterior(vector)
      var answer = posterior.interval(alpha: try vector.number("alpha")).asExpected
      answer["mean"] = .number(posterior.mean)
      return answer
    },
    "posteriorProbAtLeast": { vector in
      let posterior = try posterior(vector)
      return ["prob": .number(posterior.probability(atLeast: try vector.number("p0")))]
    },
    "exactCoverage": { vector in
      let (n, theta) = (try vector.integer("n"), try vector.number("theta"))
      let alpha = try vector.number("alpha")
      return Dictionary(
        uniqueKeysWithValues: BinomialIntervalMethod.allCases.map {
          ($0.rawValue, .number($0.coverage(trials: n, rate: theta, alpha: alpha)))
        })
    },
    "standardErrorCLT": { vector in
      let estimate = try MeanEstimate(try vector.numbers("scores"))
      return ["mean": .number(estimate.mean), "se": .number(estimate.standardError)]
    },
    "standardErrorBernoulli": { vector in
      let error = bernoulliStandardError(
        rate: try vector.number("p"), trials: try vector.integer("n"))
      return ["se": .number(error)]
    },
    "clusteredSE": { vector in
      let scores = try vector.numbers("scores")
      let corrections: [String: ClusterCorrection] = [
        ".CR0": .cr0, ".CR1": .cr1, ".millerEq4": .miller,
      ]
      // The file says as "clusteredSE(scores,clusters,.CR0) = …" which one is meant.
      let named = try #require(corrections.first { vector.function.contains("\($0.key))") })
      let estimate = try MeanEstimate(
        scores, clusters: try vector.integers("clusters"), correction: named.value)
      return [
        "mean": .number(estimate.mean), "se": .number(estimate.standardError),
        "seCLT": .number(try MeanEstimate(scores).standardError),
        "G": .integer(estimate.units),
      ]
    },
    "clusteredCI": { vector in
      try MeanEstimate(
        try vector.numbers("scores"), clusters: try vector.integers("clusters")
      ).interval(alpha: try vector.number("alpha")).asExpected
    },
    "pairedDifference": { vector in
      let paired = try PairedDifference(
        try vector.numbers("a"), baseline: try vector.numbers("b"))
      return [
        "diff": .number(paired.difference), "sePaired": .number(paired.standardError),
        "seUnpaired": .number(paired.unpairedStandardError),
        "corr": .number(try #require(paired.correlation)),
      ]
    },
    "pairedClusteredSE": { vector in
      let paired = try PairedDifference(
        try vector.numbers("a"), baseline: try vector.numbers("b"),
        clusters: try vector.integers("clusters"), correction: .cr0)
      return ["se": .number(paired.standardError)]
    },
    "pairedSEFromSummary": { vector in
      let (pA, pB) = (try vector.number("pA"), try vector.number("pB"))
      let n = try vector.integer("n")
      let error = PairedDifference.standardError(
        first: bernoulliStandardError(rate: pA, trials: n),
        second: bernoulliStandardError(rate: pB, trials: n),
        correlation: try vector.number("corr"))
      var answer = Interval.normal(
        estimate: pA - pB, standardError: error, alpha: try vector.number("alpha")
      ).asExpected
      answer["se"] = .number(error)
      return answer
    },
    "tangoInterval": { vector in
      let (b, c, n) = (
        try vector.integer("b"), try vector.integer("c"), try vector.integer("n")
      )
      var answer = Interval.tango(
        gains: b, losses: c, trials: n, alpha: try vector.number("alpha")
      ).asExpected
      answer["estimate"] = .number(Double(b - c) / Double(n))
      return answer
    },
    "newcombePaired": { vector in
      Interval.newcombePaired(
        bothPass: try vector.integer("a"), gains: try vector.integer("b"),
        losses: try vector.integer("c"), bothFail: try vector.integer("d"),
        alpha: try vector.number("alpha"),
        correctingContinuity: try vector.flag("phiCorrection")
      ).asExpected
    },
    "differenceCIUnpaired": { vector in
      let (x1, n1) = (try vector.integer("x1"), try vector.integer("n1"))
      let (x2, n2) = (try vector.integer("x2"), try vector.integer("n2"))
      let alpha = try vector.number("alpha")
      let newcombe = Interval.newcombe(
        successes: x1, trials: n1, baselineSuccesses: x2, baselineTrials: n2, alpha: alpha)
      let score = Interval.miettinenNurminen(
        successes: x1, trials: n1, baselineSuccesses: x2, baselineTrials: n2, alpha: alpha,
        estimate: .statsmodels)
      return [
        "newcombeLower": .number(newcombe.lower), "newcombeUpper": .number(newcombe.upper),
        "scoreLower": .number(score.lower), "scoreUpper": .number(score.upper),
      ]
    },
    "f1Interval": { vector in
      let (tp, fp) = (try vector.integer("tp"), try vector.integer("fp"))
      let (fn, alpha) = (try vector.integer("fn"), try vector.number("alpha"))
      func f1(_ method: BinomialIntervalMethod) -> Interval {
        .f1(
          truePositives: tp, falsePositives: fp, falseNegatives: fn, alpha: alpha, method: method)
      }
      let bayes = Interval.f1Credible(
        truePositives: tp, falsePositives: fp, falseNegatives: fn, alpha: alpha)
      return [
        "cpLower": .number(f1(.clopperPearson).lower),
        "cpUpper": .number(f1(.clopperPearson).upper),
        "wilsonLower": .number(f1(.wilson).lower), "wilsonUpper": .number(f1(.wilson).upper),
        "bayesLower": .number(bayes.lower), "bayesUpper": .number(bayes.upper),
      ]
    },
    "hoeffdingLower": { vector in
      let lower = try Hoeffding.lower(
        try vector.numbers("x"), alpha: try vector.number("alpha"))
      return ["lower": .number(lower)]
    },
    "empiricalBernsteinLower": { vector in
      let lower = try EmpiricalBernstein.lower(
        try vector.numbers("x"), alpha: try vector.number("alpha"))
      return ["lower": .number(lower)]
    },
    "bayesClusteredInterval": { vector in
      let posterior = try ClusteredPosterior(
        successes: try vector.integers("successes"), sizes: try vector.integers("sizes"))
      var answer = posterior.interval(alpha: try vector.number("alpha")).asExpected
      answer["mean"] = .number(posterior.mean)
      return answer
    },
  ]

  private static func binomial(
    _ vector: ReferenceVector, _ method: BinomialIntervalMethod
  ) throws -> [String: ReferenceVector.Value] {
    method.interval(
      successes: try vector.integer("successes"), trials: try vector.integer("n"),
      alpha: try vector.number("alpha")
    ).asExpected
  }

  private static func posterior(_ vector: ReferenceVector) throws -> BetaPosterior {
    BetaPosterior(
      successes: try vector.integer("successes"), trials: try vector.integer("n"),
      priorA: try vector.number("priorA"), priorB: try vector.number("priorB"))
  }
}
