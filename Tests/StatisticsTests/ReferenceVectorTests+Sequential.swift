import Foundation
import Statistics
import Testing

extension ReferenceVectorTests {
  static let sequential: [String: Call] = [
    "alphaSpend": { vector in
      let spending = AlphaSpending(alpha: try vector.number("alpha"))
      return ["alphaK": .number(spending.level(attempt: try vector.integer("k")))]
    },
    "leakAdjustedAlpha": { vector in
      let level = LeakAdjustment.level(
        alpha: try vector.number("alphaK"), bits: try vector.number("bits"))
      return ["alpha": .number(level)]
    },
    "itemsPerLeakedBit": { vector in
      let (target, hope) = (try vector.number("p0"), try vector.number("p1"))
      return [
        "kl": .number(bernoulliDivergence(hope, from: target)),
        "items": .number(LeakAdjustment.examplesPerBit(target: target, hope: hope)),
      ]
    },
    "eToP": { vector in
      let eValues = try vector.numbers("evalues")
      return [
        "p": .numbers(eValues.map { EValue.pValue($0) }),
        "average": .number(try EValue.average(eValues)),
        "min": .number(try EValue.minimum(eValues)),
      ]
    },
    "pToE": { vector in
      let p = try vector.number("p")
      return [
        "eKappa": .number(EValue.calibrated(pValue: p, kappa: try vector.number("kappa"))),
        "eIntegrated": .number(EValue.calibrated(pValue: p)),
      ]
    },
    "sprtBernoulli": { vector in
      var test = BernoulliSPRT(
        target: try vector.number("p0"), hope: try vector.number("p1"),
        alpha: try vector.number("alpha"), beta: try vector.number("beta"))
      var stop = ReferenceVector.Value.null
      var outcome = SequentialDecision.undecided
      for (index, grade) in try vector.numbers("x").enumerated() {
        let decision = test.observe(grade == 1)
        if decision != .undecided, outcome == .undecided {
          (stop, outcome) = (.integer(index + 1), decision)
        }
      }
      return [
        "llrEnd": .number(test.logLikelihoodRatio), "stopAt": stop,
        "incSuccess": .number(test.successIncrement),
        "incFailure": .number(test.failureIncrement),
        "upper": .number(-log(test.alpha)), "lower": .number(log(test.beta)),
        "decision": .text(outcome == .pass ? "accept" : outcome == .stop ? "reject" : "undecided"),
      ]
    },
    "sprtExpectedN": { vector in
      let test = BernoulliSPRT(
        target: try vector.number("p0"), hope: try vector.number("p1"),
        alpha: try vector.number("alpha"), beta: try vector.number("beta"))
      return [
        "atP1": .number(test.approximateExpectedTrials(at: test.hope)),
        "atP0": .number(test.approximateExpectedTrials(at: test.target)),
      ]
    },
    "sprtLowerBound": { vector in
      let (s, f) = (try vector.integer("successes"), try vector.integer("failures"))
      let lower = BernoulliSPRT.lowerBound(
        successes: s, trials: s + f, hope: try vector.number("p1"),
        alpha: try vector.number("alpha"))
      return ["lower": .number(lower)]
    },
    "truncatedBetaEValue": { vector in
      let (s, f) = (try vector.integer("successes"), try vector.integer("failures"))
      let logE = try mixture(vector).logEValue(
        above: try vector.number("p0"), successes: s, trials: s + f)
      return ["logE": .number(logE), "anytimeP": .number(EValue.pValue(logEValue: logE))]
    },
    "truncatedBetaLowerBound": { vector in
      let (s, f) = (try vector.integer("successes"), try vector.integer("failures"))
      let alpha = try vector.number("alpha")
      return [
        "lower": .number(
          try mixture(vector).lowerBound(successes: s, trials: s + f, alpha: alpha)),
        "fixedNClopperPearson": .number(
          ClopperPearson.lower(successes: s, trials: s + f, alpha: alpha)),
      ]
    },
    "betaBinomialCS": { vector in
      let (s, f) = (try vector.integer("successes"), try vector.integer("failures"))
      return ConfidenceSequence.betaBinomial(
        successes: s, trials: s + f, alpha: try vector.number("alpha"),
        priorAlpha: vector.inputs["a"]?.number ?? 1, priorBeta: vector.inputs["b"]?.number ?? 1
      ).asExpected
    },
    "confseqBernoulliCI": { vector in
      ConfidenceSequence.bernoulli(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        alpha: try vector.number("alpha"), optimalTrials: try vector.number("tOpt"),
        optimalAlpha: try vector.number("alphaOpt")
      ).asExpected
    },
    "beta_binomial_log_mixture": { vector in
      try asExpected(
        vector,
        BetaBinomialMixture(
          optimalVariance: try vector.number("vOpt"), optimalAlpha: try vector.number("alphaOpt"),
          lowerRange: try vector.number("g"), upperRange: try vector.number("h"),
          isOneSided: try vector.flag("oneSided")))
    },
    "normal_log_mixture": { vector in
      try asExpected(
        vector,
        NormalMixture(
          optimalVariance: try vector.number("vOpt"), optimalAlpha: try vector.number("alphaOpt"),
          isOneSided: try vector.flag("oneSided")))
    },
    "normalMixtureBound": { vector in
      let mixture = NormalMixture(
        optimalVariance: try vector.number("vOpt"), optimalAlpha: try vector.number("alphaOpt"),
        isOneSided: false)
      return [
        "rho": .number(mixture.priorVariance),
        "bound": .number(
          mixture.bound(variance: try vector.number("v"), alpha: try vector.number("alpha"))),
      ]
    },
    "gamma_exponential_log_mixture": { vector in
      try asExpected(
        vector,
        GammaExponentialMixture(
          optimalVariance: try vector.number("vOpt"), optimalAlpha: try vector.number("alphaOpt"),
          scale: try vector.number("c")))
    },
    "gamma_poisson_log_mixture": { vector in
      try asExpected(
        vector,
        GammaPoissonMixture(
          optimalVariance: try vector.number("vOpt"), optimalAlpha: try vector.number("alphaOpt"),
          scale: try vector.number("c")))
    },
    "polyStitchingBound": { vector in
      let bound = PolynomialStitchingBound(
        minimumVariance: try vector.number("vMin"), scale: try vector.number("c"),
        exponent: try vector.number("s"), growth: try vector.number("eta"))
      return [
        "bound": .number(
          bound.bound(variance: try vector.number("v"), alpha: try vector.number("alpha")))
      ]
    },
    "sequentialMcNemarE": { vector in
      let test = SequentialMcNemar(
        gains: try vector.integer("b"), losses: try vector.integer("c"))
      return ["eTwoSided": .number(test.eValueTwoSided), "eOneSided": .number(test.eValue)]
    },
  ]

  private static func mixture(_ vector: ReferenceVector) throws -> TruncatedBetaMixture {
    TruncatedBetaMixture(
      priorAlpha: vector.inputs["a"]?.number ?? 1, priorBeta: vector.inputs["b"]?.number ?? 1)
  }

  private static func asExpected(
    _ vector: ReferenceVector, _ mixture: any MixtureSupermartingale
  ) throws -> [String: ReferenceVector.Value] {
    let v = try vector.number("v")
    return [
      "logMixture": .number(mixture.logValue(sum: try vector.number("s"), variance: v)),
      "bound": .number(mixture.bound(variance: v, alpha: try vector.number("alpha"))),
    ]
  }
}
