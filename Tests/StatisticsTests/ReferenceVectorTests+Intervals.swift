import Statistics
import Testing

extension ReferenceVectorTests {
  static let intervals: [String: Call] = [
    "wilsonInterval": { vector in
      Interval.wilson(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        alpha: try vector.number("alpha")
      ).asExpected
    },
    "clopperPearson": { vector in
      Interval.clopperPearson(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        alpha: try vector.number("alpha")
      ).asExpected
    },
    "clopperPearsonLower": { vector in
      let lower = ClopperPearson.lower(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        alpha: try vector.number("alpha"))
      return ["lower": .number(lower)]
    },
    "posteriorProbAtLeast": { vector in
      let (s, n) = (try vector.number("successes"), try vector.number("n"))
      let probability = regularizedIncompleteBetaComplement(
        try vector.number("p0"), a: try vector.number("priorA") + s,
        b: try vector.number("priorB") + n - s)
      return ["prob": .number(probability)]
    },
  ]
}
