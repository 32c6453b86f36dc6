import Foundation
import Statistics
import Testing

/// Values that other libraries computed, from `Fixtures/statistics.json`; each names its library.
@Suite("Reference vectors")
struct ReferenceVectorTests {
  struct Vector: Decodable, CustomTestStringConvertible, Sendable {
    var id: String
    var function: String
    var inputs: [String: Value]
    var expected: [String: Value]
    var tolerance: Double
    var library: String

    var testDescription: String { id }
    /// The function's name without its arguments.
    var name: String { String(function.prefix { $0 != "(" && $0 != " " }) }

    func number(_ key: String) throws -> Double { try #require(inputs[key]?.number) }
    func integer(_ key: String) throws -> Int { Int(try number(key)) }
  }

  enum Value: Decodable, Sendable {
    case numbers([Double])
    case number(Double)
    case flags([Bool])
    case text(String)

    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var numbers: [Double]? { if case .numbers(let value) = self { value } else { nil } }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .number(flag ? 1 : 0)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let flags = try? container.decode([Bool].self) {
        self = .flags(flags)
      } else if let numbers = try? container.decode([Double].self) {
        self = .numbers(numbers)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  struct File: Decodable {
    var vectors: [Vector]
  }

  static let vectors: [Vector] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/statistics.json")
    guard let data = try? Data(contentsOf: file),
      let decoded = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return decoded.vectors
  }()

  @Test("The fixture is there")
  func fixture() {
    #expect(Self.vectors.count >= 40)
  }

  @Test("Agrees with the reference", arguments: vectors)
  func agrees(vector: Vector) throws {
    let computed = try Self.compute(vector)
    for (key, expected) in vector.expected {
      switch expected {
      case .number(let value):
        let mine = try #require(computed[key]?.first, "\(key) is not computed")
        #expect(abs(mine - value) <= max(vector.tolerance, 1e-13), "\(key)")
      case .numbers(let values):
        let mine = try #require(computed[key], "\(key) is not computed")
        #expect(mine.count == values.count)
        for (a, b) in zip(mine, values) { #expect(abs(a - b) <= vector.tolerance, "\(key)") }
      case .flags(let flags):
        #expect(computed[key] == flags.map { $0 ? 1 : 0 }, "\(key)")
      case .text("accept"):
        #expect(computed[key] == [1], "\(key)")
      case .text(let text):
        Issue.record("\(vector.id): no way to compare \(text)")
      }
    }
  }

  /// What this library says, by the names of the expectation. An unknown function is a failure.
  static func compute(_ vector: Vector) throws -> [String: [Double]] {
    switch vector.name {
    case "wilsonInterval", "clopperPearson":
      let (s, n) = (try vector.integer("successes"), try vector.integer("n"))
      let alpha = try vector.number("alpha")
      let interval: Interval =
        vector.name == "wilsonInterval"
        ? .wilson(successes: s, trials: n, alpha: alpha)
        : .clopperPearson(successes: s, trials: n, alpha: alpha)
      return ["lower": [interval.lower], "upper": [interval.upper]]
    case "clopperPearsonLower":
      let lower = ClopperPearson.lower(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        alpha: try vector.number("alpha"))
      return ["lower": [lower]]
    case "binomialTestGreater":
      let p = ExactBinomialTest.pValue(
        successes: try vector.integer("successes"), trials: try vector.integer("n"),
        target: try vector.number("p0"))
      return ["p": [p]]
    case "posteriorProbAtLeast":
      let (s, n) = (try vector.number("successes"), try vector.number("n"))
      return [
        "prob": [
          regularizedIncompleteBetaComplement(
            try vector.number("p0"), a: try vector.number("priorA") + s,
            b: try vector.number("priorB") + n - s)
        ]
      ]
    case "zeroFailureSampleSize":
      let n = zeroFailureSampleSize(
        target: try vector.number("p0"), alpha: try vector.number("alpha"))
      return ["n": [Double(n)]]
    case "exactBinomialPlan":
      let test = ExactBinomialTest.smallest(
        target: try vector.number("p0"), hope: try vector.number("p1"),
        alpha: try vector.number("alpha"), beta: try vector.number("beta"))
      return [
        "n": [Double(test.trials)], "maxFailures": [Double(test.maximumFailures)],
        "size": [test.size], "power": [test.power(at: try vector.number("p1"))],
      ]
    case "mcnemarExact":
      let (b, c) = (try vector.integer("b"), try vector.integer("c"))
      return [
        "pTwoSided": [McNemar.exactTwoSided(gains: b, losses: c)],
        "pGreater": [McNemar.exactOneSided(gains: b, losses: c)],
        "pMid": [McNemar.midP(gains: b, losses: c)],
      ]
    case "sequentialMcNemarE":
      let test = SequentialMcNemar(
        gains: try vector.integer("b"), losses: try vector.integer("c"))
      return ["eTwoSided": [test.eValueTwoSided], "eOneSided": [test.eValue]]
    case "sprtBernoulli":
      return try sprt(vector)
    case "holm":
      let adjusted = holm(try #require(vector.inputs["pvalues"]?.numbers))
      let alpha = try vector.number("alpha")
      return ["adjusted": adjusted, "reject": adjusted.map { $0 <= alpha ? 1 : 0 }]
    case "intersectionUnion":
      let p = IntersectionUnion.pValue(try #require(vector.inputs["pvalues"]?.numbers))
      return ["p": [p], "rejectAt05": [p <= 0.05 ? 1 : 0]]
    case "jointPowerIndependent":
      let m = try vector.number("m")
      return [
        "joint": [pow(try vector.number("power"), m)],
        "bonferroniPerBehaviour": [1 - (1 - (try vector.number("target"))) / m],
      ]
    case "alphaSpend":
      let spending = AlphaSpending(alpha: try vector.number("alpha"))
      return ["alphaK": [spending.level(attempt: try vector.integer("k"))]]
    case "regularizedIncompleteBeta":
      let value = regularizedIncompleteBeta(
        try vector.number("x"), a: try vector.number("a"), b: try vector.number("b"))
      return ["value": [value]]
    case "betaQuantile":
      let value = betaQuantile(
        try vector.number("p"), a: try vector.number("a"), b: try vector.number("b"))
      return ["value": [value]]
    case "normalQuantile":
      return ["value": [normalQuantile(try vector.number("p"))]]
    case "binomialCDF":
      let value = binomialCDF(
        try vector.integer("k"), trials: try vector.integer("n"),
        probability: try vector.number("p"))
      return ["value": [value]]
    default:
      Issue.record("nobody knows how to call \(vector.function)")
      return [:]
    }
  }

  static func sprt(_ vector: Vector) throws -> [String: [Double]] {
    let grades = try #require(vector.inputs["x"]?.numbers)
    var test = BernoulliSPRT(
      target: try vector.number("p0"), hope: try vector.number("p1"),
      alpha: try vector.number("alpha"), beta: try vector.number("beta"))
    var stop: Int?
    var outcome: SequentialDecision?
    for (index, grade) in grades.enumerated() {
      let decision = test.observe(grade == 1)
      if decision != .undecided, stop == nil {
        stop = index + 1
        outcome = decision
      }
    }
    var one = BernoulliSPRT(target: test.target, hope: test.hope, alpha: 0.5, beta: 0.5)
    _ = one.observe(true)
    let up = one.logLikelihoodRatio
    _ = one.observe(false)
    return [
      "llrEnd": [test.logLikelihoodRatio], "stopAt": [Double(stop ?? -1)], "incSuccess": [up],
      "incFailure": [one.logLikelihoodRatio - up], "upper": [-log(test.alpha)],
      "lower": [log(test.beta)], "decision": [outcome == .pass ? 1 : 0],
    ]
  }
}
