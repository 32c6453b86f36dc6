import Foundation
import Statistics
import Testing

extension ReferenceVectorTests {
  static let sequential: [String: Call] = [
    "alphaSpend": { vector in
      let spending = AlphaSpending(alpha: try vector.number("alpha"))
      return ["alphaK": .number(spending.level(attempt: try vector.integer("k")))]
    },
    "sequentialMcNemarE": { vector in
      let test = SequentialMcNemar(
        gains: try vector.integer("b"), losses: try vector.integer("c"))
      return ["eTwoSided": .number(test.eValueTwoSided), "eOneSided": .number(test.eValue)]
    },
    "sprtBernoulli": { vector in
      var test = BernoulliSPRT(
        target: try vector.number("p0"), hope: try vector.number("p1"),
        alpha: try vector.number("alpha"), beta: try vector.number("beta"))
      var stop: Int?
      var outcome = SequentialDecision.undecided
      for (index, grade) in try vector.numbers("x").enumerated() {
        let decision = test.observe(grade == 1)
        if decision != .undecided, stop == nil { (stop, outcome) = (index + 1, decision) }
      }
      var one = BernoulliSPRT(target: test.target, hope: test.hope, alpha: 0.5, beta: 0.5)
      _ = one.observe(true)
      let up = one.logLikelihoodRatio
      _ = one.observe(false)
      return [
        "llrEnd": .number(test.logLikelihoodRatio), "stopAt": .integer(try #require(stop)),
        "incSuccess": .number(up), "incFailure": .number(one.logLikelihoodRatio - up),
        "upper": .number(-log(test.alpha)), "lower": .number(log(test.beta)),
        "decision": .text(outcome == .pass ? "accept" : outcome == .stop ? "reject" : "undecided"),
      ]
    },
  ]
}
