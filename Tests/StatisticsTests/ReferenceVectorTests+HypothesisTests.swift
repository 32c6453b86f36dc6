import Statistics
import Testing

extension ReferenceVectorTests {
  static let hypothesisTests: [String: Call] = [
    "binomialTestGreater": { vector in
      let p = ExactBinomialTest.pValue(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        target: try vector.number("p0"))
      return ["p": .number(p)]
    },
    "mcnemarExact": { vector in
      let (b, c) = (try vector.integer("b"), try vector.integer("c"))
      return [
        "pTwoSided": .number(McNemar.exactTwoSided(gains: b, losses: c)),
        "pGreater": .number(McNemar.exactOneSided(gains: b, losses: c)),
        "pMid": .number(McNemar.midP(gains: b, losses: c)),
      ]
    },
    "mcnemarChi2": { vector in
      let (b, c) = (try vector.integer("b"), try vector.integer("c"))
      let plain = McNemar.chiSquare(gains: b, losses: c)
      let corrected = McNemar.chiSquare(gains: b, losses: c, correctingContinuity: true)
      return [
        "chi2": .number(plain.statistic), "p": .number(plain.pValue),
        "chi2cc": .number(corrected.statistic), "pcc": .number(corrected.pValue),
      ]
    },
    "mcnemarExactPower": { vector in
      let power = McNemar.exactPower(
        trials: try vector.integer("n"), gainRate: try vector.number("p10"),
        lossRate: try vector.number("p01"), alpha: try vector.number("alpha"))
      return ["power": .number(power)]
    },
    "nonInferiorityPaired": { vector in
      let test = try NonInferiority.pairedT(
        differences: try vector.numbers("diffs"), margin: try vector.number("margin"))
      return [
        "t": .number(test.statistic), "pT": .number(test.pValue),
        "df": .number(try #require(test.degreesOfFreedom)), "z": .number(test.statistic),
        "pZ": .number(normalSurvival(test.statistic)),
      ]
    },
    "nonInferiorityTango": { vector in
      let test = NonInferiority.tango(
        gains: try vector.integer("b"), losses: try vector.integer("c"),
        trials: try vector.integer("n"), margin: try vector.number("margin"))
      return ["z": .number(test.statistic), "p": .number(test.pValue)]
    },
    "nonInferiorityUnpaired": { vector in
      let (x1, n1) = (try vector.integer("x1"), try vector.integer("n1"))
      let (x2, n2) = (try vector.integer("x2"), try vector.integer("n2"))
      let margin = try vector.number("margin")
      let plain = NonInferiority.farringtonManning(
        successes: x1, trials: n1, baselineSuccesses: x2, baselineTrials: n2, margin: margin,
        estimate: .statsmodels)
      let corrected = NonInferiority.miettinenNurminen(
        successes: x1, trials: n1, baselineSuccesses: x2, baselineTrials: n2, margin: margin,
        estimate: .statsmodels)
      return [
        "zFM": .number(plain.statistic), "pFM": .number(plain.pValue),
        "zMN": .number(corrected.statistic), "pMN": .number(corrected.pValue),
      ]
    },
    "equivalenceTOSTUnpaired": { vector in
      let p = Equivalence.unpaired(
        successes: try vector.integer("x1"), trials: try vector.integer("n1"),
        baselineSuccesses: try vector.integer("x2"), baselineTrials: try vector.integer("n2"),
        limits: try vector.number("low")...(try vector.number("upp")), estimate: .statsmodels)
      return ["p": .number(p)]
    },
    "pairedSignFlipTest": { vector in
      let differences = zip(try vector.numbers("a"), try vector.numbers("b")).map { $0 - $1 }
      let test = try SignFlipTest(differences: differences)
      #expect(test.isExact)
      return ["p": .number(test.pValue), "stat": .number(test.statistic)]
    },
    "welchTest": { vector in
      let test = try WelchTest.test(
        try vector.numbers("a"), baseline: try vector.numbers("b"), alternative: .greater)
      return [
        "t": .number(test.statistic), "p": .number(test.pValue),
        "df": .number(try #require(test.degreesOfFreedom)),
      ]
    },
  ]
}
