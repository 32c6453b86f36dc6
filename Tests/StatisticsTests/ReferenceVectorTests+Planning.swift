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
  ]
}
