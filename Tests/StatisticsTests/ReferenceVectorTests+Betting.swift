import Foundation
import Statistics
import Testing

extension ReferenceVectorTests {
  static let betting: [String: Call] = [
    "predictablePlugInBets": { vector in
      let bets = try PlugInBets(alpha: try vector.number("alpha"))
        .bets(on: try vector.numbers("x"))
      return [
        "first5": .numbers(Array(bets.prefix(5))), "last": .number(try #require(bets.last)),
      ]
    },
    "hedgedCapital": { vector in
      let (x, m) = (try vector.numbers("x"), try vector.number("m"))
      let (alpha, theta) = (try vector.number("alpha"), try vector.number("theta"))
      let truncation = try vector.number("truncScale")
      func capital(_ values: [Double], weightAbove: Double) throws -> HedgedCapital {
        try HedgedCapital(
          values, alpha: alpha, weightAbove: weightAbove, truncation: truncation,
          populationSize: vector.inputs["N"]?.number.map { Int($0) })
      }
      let all = try capital(x, weightAbove: theta)
      return [
        "end": .number(exp(all.logMaximum(m))),
        "hedgedMaxEnd": .number(exp(all.logMaximum(m))),
        "hedgedMax10": .number(
          exp(try capital(Array(x.prefix(10)), weightAbove: theta).logMaximum(m))),
        "convexEnd": .number(exp(all.logSum(m))),
        "oneSidedEnd": .number(exp(try capital(x, weightAbove: 1).logCapitalAbove(m))),
      ]
    },
    "hedgedConfidenceSequence": { vector in
      let (x, alpha) = (try vector.numbers("x"), try vector.number("alpha"))
      let capital = try HedgedCapital(
        x, alpha: alpha, weightAbove: try vector.number("theta"),
        truncation: try vector.number("truncScale"))
      let (last, running) = (capital.interval(running: false), capital.interval(running: true))
      let oneSided = try HedgedCapital(
        x, alpha: alpha, weightAbove: 1, truncation: try vector.number("truncScale")
      ).lowerBound(running: false)
      return [
        "lower": .number(last.lower), "upper": .number(last.upper),
        "lowerRunning": .number(running.lower), "upperRunning": .number(running.upper),
        "lowerOneSided": .number(oneSided),
      ]
    },
    "bettingCSWithoutReplacement": { vector in
      try ConfidenceSequence.betting(
        try vector.numbers("x"), alpha: try vector.number("alpha"),
        populationSize: try vector.integer("N"), running: false
      ).asExpected
    },
    "predictableMixture": { vector in
      let (x, alpha) = (try vector.numbers("x"), try vector.number("alpha"))
      return [
        "empBernLower": .number(
          try ConfidenceSequence.empiricalBernsteinLowerBound(x, alpha: alpha)),
        "hoeffdingLower": .number(try ConfidenceSequence.hoeffdingLowerBound(x, alpha: alpha)),
      ]
    },
    "sequentialNonInferiority": { vector in
      var test = SequentialNonInferiority(
        margin: try vector.number("margin"), alpha: try vector.number("alpha"),
        truncation: try vector.number("truncScale"))
      for difference in try vector.numbers("diffs") { try test.observe(difference: difference) }
      return [
        "eEnd": .number(exp(test.logEValue)), "eMax": .number(exp(test.largestLogEValue)),
      ]
    },
  ]
}
