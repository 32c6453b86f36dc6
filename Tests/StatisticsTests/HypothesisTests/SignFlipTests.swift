import Foundation
import Statistics
import Testing

@Suite("Sign flips and signs")
struct SignFlipTests {
  /// The share of all 2^n flips that reach so far.
  private func byTrying(_ differences: [Double], _ alternative: Alternative) -> Double {
    let seen = differences.reduce(0, +)
    let reached = (0..<(1 << differences.count)).count { flips in
      let sum = differences.enumerated().reduce(0.0) {
        $0 + (flips >> $1.offset & 1 == 1 ? $1.element : -$1.element)
      }
      return switch alternative {
      case .greater: sum >= seen - 1e-9
      case .less: sum <= seen + 1e-9
      case .twoSided: abs(sum) >= abs(seen) - 1e-9
      }
    }
    return Double(reached) / Double(1 << differences.count)
  }

  @Test("Counts what trying all flips counts", arguments: Alternative.allCases)
  func exact(alternative: Alternative) throws {
    for differences in [
      [0.3], [0, 0], [1, -1, 1, 1], [0.1, 0.2, -0.3, 0.25, 0.7, -0.05], [0.5, 0.5, -0.5, 1, 1, -1],
      [0.9 - 0.75, 0.8 - 0.65, 0.15, -0.15, 0.3], [1, 0, 0, 0.5, -0.5, 0.25, 0.125, 3, -2, 0.0625],
    ] {
      let test = try SignFlipTest(differences: differences, alternative: alternative)
      #expect(test.isExact)
      #expect(abs(test.pValue - byTrying(differences, alternative)) < 1e-12)
    }
  }

  @Test("For binary grades it is McNemar's exact test, at a million pairs as well")
  func binary() throws {
    let differences = (0..<1_000_000).map { $0 % 10 == 0 ? 1.0 : $0 % 10 == 1 ? -1 : 0 }
    let more = differences + [Double](repeating: 1, count: 500)
    let test = try SignFlipTest(differences: more)
    let exact = McNemar.exactOneSided(gains: 100_500, losses: 100_000)
    #expect(test.isExact && abs(test.pValue / exact - 1) < 1e-9)
  }

  @Test("Samples where it cannot count, near the truth and never 0")
  func sampled() throws {
    var generator = SeededGenerator(seed: 5)
    let differences = (0..<200).map { _ in generator.nextUniform() - 0.45 }
    let test = try SignFlipTest(differences: differences, samples: 20_000)
    #expect(!test.isExact)
    // The sum is nearly normal under H0.
    let sum = differences.reduce(0, +)
    let z = sum / differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let p = normalSurvival(z)
    #expect(abs(test.pValue - p) < 3 * (p * (1 - p) / 20_000).squareRoot() + 0.003)
    let again = try SignFlipTest(differences: differences, samples: 20_000)
    #expect(test == again)
    let extreme = try SignFlipTest(
      differences: differences.map { abs($0) + 0.1 }, samples: 1000)
    #expect(extreme.pValue == 1 / 1001.0)
  }

  @Test("Clusters flip as one; bad data is an error; nothing is no evidence")
  func edges() throws {
    let clustered = try SignFlipTest(
      differences: [1, 1, 1, 1, 1, 1], clusters: ["a", "a", "a", "b", "b", "b"])
    #expect(clustered.pValue == 0.25 && clustered.statistic == 1)
    #expect(try SignFlipTest(differences: []).pValue == 1)
    #expect(try SignFlipTest(differences: [0, 0], alternative: .twoSided).pValue == 1)
    #expect(throws: StatisticsError.notFinite(argument: "differences", index: 0)) {
      try SignFlipTest(differences: [.nan])
    }
    #expect(throws: StatisticsError.self) {
      try SignFlipTest(differences: [1], clusters: [1, 2])
    }
  }

  @Test("The sign test counts signs and leaves out ties")
  func signs() throws {
    let differences = [0.5, 0.1, 0, -0.2, 3, 0, 0.01]
    #expect(
      try SignTest.pValue(differences: differences, alternative: .greater)
        == McNemar.exactOneSided(gains: 4, losses: 1))
    #expect(try SignTest.pValue(differences: [0, 0]) == 1)
    #expect(throws: StatisticsError.notFinite(argument: "differences", index: 1)) {
      try SignTest.pValue(differences: [1, .infinity])
    }
  }

  @Test("Welch's test turns with its alternative, and needs some spread")
  func welch() throws {
    let a = [0.912, 0.905, 0.921, 0.899, 0.915]
    let b = [0.901, 0.893, 0.907, 0.889, 0.9]
    let greater = try WelchTest.test(a, baseline: b, alternative: .greater).pValue
    let less = try WelchTest.test(a, baseline: b, alternative: .less).pValue
    let both = try WelchTest.test(a, baseline: b).pValue
    #expect(abs(greater + less - 1) < 1e-12)
    #expect(abs(both - 2 * greater) < 1e-12)
    #expect(throws: StatisticsError.noSpread(argument: "values")) {
      try WelchTest.test([1, 1], baseline: [0, 0])
    }
    #expect(throws: StatisticsError.tooFew(argument: "baseline", count: 1, minimum: 2)) {
      try WelchTest.test([1, 0], baseline: [0])
    }
  }
}
