import Statistics
import Testing

extension ReferenceVectorTests {
  static let variance: [String: Call] = [
    "crossedVarianceComponents": { vector in
      let components = try CrossedVarianceComponents(scores: vector.rows("scores"))
      return [
        "msItem": .number(components.meanSquareItems),
        "msSeed": .number(components.meanSquareSeeds),
        "msResidual": .number(components.meanSquareResidual),
        "varItem": .number(components.itemVariance), "varSeed": .number(components.seedVariance),
        "varResidual": .number(components.residualVariance),
        "seGrandMean": .number(components.standardError),
        "seGivenItems": .number(components.standardErrorGivenItems),
      ]
    },
    "sdConfidenceFactors": { vector in
      let factors = SeedMean.standardDeviationFactors(
        runs: try vector.integer("runs"), alpha: try vector.number("alpha"))
      return ["lowerFactor": .number(factors.lower), "upperFactor": .number(factors.upper)]
    },
    "seedMeanCI": { vector in
      let seeds = try SeedMean(vector.numbers("values"))
      var answers = try seeds.interval(alpha: vector.number("alpha")).asExpected
      answers["mean"] = .number(seeds.mean)
      answers["sd"] = .number(seeds.standardDeviation)
      return answers
    },
    "designEffect": { vector in
      let effect = DesignEffect(
        clusterSize: try vector.number("m"), correlation: try vector.number("icc"))
      return [
        "deff": .number(effect.factor),
        "nEff": .number(effect.effectiveUnits(try vector.integer("n"))),
      ]
    },
    "passHatK": { vector in
      let (c, n, k) = (
        try vector.integer("c"), try vector.integer("n"), try vector.integer("k")
      )
      return [
        "passHatK": .number(try #require(passHatK(passes: c, replies: n, k: k))),
        "passAtK": .number(try #require(passAtK(passes: c, replies: n, k: k))),
      ]
    },
    "pairedPosteriorBetter": { vector in
      let probability = McNemar.posteriorBetter(
        gains: try vector.integer("b"), losses: try vector.integer("c"))
      return ["prob": .number(probability)]
    },
  ]
}
