import Statistics
import Testing

extension ReferenceVectorTests {
  static let planning: [String: Call] = [
    "zeroFailureSampleSize": { vector in
      let n = zeroFailureSampleSize(
        target: try vector.number("p0"), alpha: try vector.number("alpha"))
      return ["n": .integer(n)]
    },
    "exactBinomialPlan": { vector in
      let test = ExactBinomialTest.smallest(
        target: try vector.number("p0"), hope: try vector.number("p1"),
        alpha: try vector.number("alpha"), beta: try vector.number("beta"))
      return [
        "n": .integer(test.trials), "maxFailures": .integer(test.maximumFailures),
        "size": .number(test.size), "power": .number(test.power(at: try vector.number("p1"))),
      ]
    },
    "curtailedExpectedN": { vector in
      let (n, c) = (try vector.integer("n"), try vector.integer("maxFailures"))
      let p = try vector.number("p")
      let rule = StoppingRule(
        passLimits: (1...n).map { max(-1, $0 - (n - c)) },
        stopLimits: (1...n).map { min($0 + 1, c + 1) })
      let carried = OperatingCharacteristics(of: rule, at: p).expectedTrials
      // The vector names n and c; their test is one that has these.
      let test = try #require(exactTest(trials: n, maximumFailures: c))
      #expect(abs(test.expectedTrials(at: p) - carried) < 1e-9 * carried)
      return ["expectedN": .number(test.expectedTrials(at: p))]
    },
    "sequentialOC": { vector in
      let (target, hope) = (try vector.number("p0"), try vector.number("p1"))
      let (alpha, beta) = (try vector.number("alpha"), try vector.number("beta"))
      let maximum = try vector.integer("nMax")
      let rule =
        vector.function.contains(".truncatedBeta")
        ? StoppingRule.truncatedBeta(
          TruncatedBetaTest(target: target, hope: hope, alpha: alpha, beta: beta),
          maximumTrials: maximum)
        : StoppingRule.sprt(
          BernoulliSPRT(target: target, hope: hope, alpha: alpha, beta: beta),
          maximumTrials: maximum)
      let result = OperatingCharacteristics(of: rule, at: try vector.number("p"))
      return [
        "accept": .number(result.passProbability), "reject": .number(result.stopProbability),
        "undecided": .number(result.undecidedProbability),
        "expectedN": .number(result.expectedTrials),
      ]
    },
    "allSuccessStop": { vector in
      let (target, hope) = (try vector.number("p0"), try vector.number("p1"))
      let alpha = try vector.number("alpha")
      let sprt = BernoulliSPRT(target: target, hope: hope, alpha: alpha, beta: 0.1)
      let mixed = try #require(
        TruncatedBetaMixture().successesWithoutFailure(target: target, alpha: alpha))
      return [
        "fixedExact": .integer(zeroFailureSampleSize(target: target, alpha: alpha)),
        "sprt": .integer(sprt.successesWithoutFailure), "truncatedBeta": .integer(mixed),
      ]
    },
    "millerSampleSize": { vector in
      let (difference, alpha) = (try vector.number("delta"), try vector.number("alpha"))
      let (plan, power) = (try comparison(vector), try vector.number("power"))
      let whole = plan.wholeSampleSize(detecting: difference, alpha: alpha, power: power)
      return [
        "nExact": .number(plan.sampleSize(detecting: difference, alpha: alpha, power: power)),
        "nCeil": .integer(try #require(whole)),
      ]
    },
    "millerMDE": { vector in
      let effect = try comparison(vector).minimumDetectableEffect(
        examples: try vector.integer("n"), alpha: try vector.number("alpha"),
        power: try vector.number("power"))
      return ["mde": .number(effect)]
    },
    "twoProportionN": { vector in
      let h = TwoProportionPlan.effectSize(try vector.number("p1"), try vector.number("p2"))
      let n = TwoProportionPlan.sampleSize(
        effectSize: h, alpha: try vector.number("alpha"), power: try vector.number("power"))
      return ["h": .number(h), "nPerArm": .number(n)]
    },
    // The library's default alternative is two-sided, whatever its name says.
    "twoProportionSampleSize": { vector in
      let reference = try vector.number("prop2")
      let n = TwoProportionPlan.sampleSize(
        rate: reference + (try vector.number("diff")), reference: reference,
        alpha: try vector.number("alpha"), power: try vector.number("power"))
      return ["nPerArm": .number(n)]
    },
    "resampleVarianceFactor": { vector in
      let replies = RepeatedReplies(
        varianceBetween: try vector.number("varX"),
        varianceWithin: try vector.number("meanCondVar"))
      return ["factor": .number(replies.varianceFactor(replies: try vector.integer("K")))]
    },
    "temperatureShift": { vector in
      let shift = TemperatureShift(lower: try vector.number("lo"), upper: try vector.number("hi"))
      return [
        "meanT1": .number(shift.sampledMean), "varT1": .number(shift.sampledVariance),
        "meanT0": .number(shift.greedyMean), "varT0": .number(shift.greedyVariance),
      ]
    },
    "jointPowerIndependent": { vector in
      let m = try vector.integer("m")
      return [
        "joint": .number(
          JointPower.independent(power: try vector.number("power"), behaviors: m)),
        "bonferroniPerBehaviour": .number(
          JointPower.perBehavior(joint: try vector.number("target"), behaviors: m)),
      ]
    },
  ]

  private static func comparison(_ vector: ReferenceVector) throws -> PairedComparisonPlan {
    PairedComparisonPlan(
      varianceBetweenExamples: try vector.number("omega2"), noiseA: try vector.number("sigmaA2"),
      noiseB: try vector.number("sigmaB2"), repliesA: try vector.integer("KA"),
      repliesB: try vector.integer("KB"))
  }

  /// The test with these limits, at a level between those that c and c + 1 failures keep.
  private static func exactTest(trials n: Int, maximumFailures c: Int) -> ExactBinomialTest? {
    ExactBinomialTest(
      trials: n, target: 0.5, alpha: binomialCDF(c, trials: n, probability: 0.5) * (1 + 1e-9))
  }
}
