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
  ]
}
