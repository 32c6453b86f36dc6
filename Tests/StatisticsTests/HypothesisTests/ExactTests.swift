import Foundation
import Statistics
import Testing

@Suite("Exact tests")
struct ExactTests {
  @Test("A two-sided binomial p-value adds up all outcomes no likelier", arguments: [1, 7, 40])
  func binomialTwoSided(trials: Int) {
    for target in [0, 0.1, 0.5, 0.93, 1] {
      let masses = (0...trials).map {
        exp(binomialLogMass($0, trials: trials, probability: target))
      }
      for successes in 0...trials {
        let sum = masses.filter { $0 <= masses[successes] * (1 + 1e-7) }.reduce(0, +)
        let p = ExactBinomialTest.pValueTwoSided(
          successes: successes, trials: trials, target: target)
        #expect(abs(p - sum) < 1e-12)
      }
    }
  }

  @Test("A target that is NaN or a level that is shows nothing")
  func notANumber() {
    #expect(ExactBinomialTest(trials: 50, target: .nan, alpha: 0.05) == nil)
    #expect(ExactBinomialTest(trials: 50, target: 0.5, alpha: .nan) == nil)
    #expect(ExactBinomialTest(trials: 50, target: 1, alpha: 0.05) == nil)
    #expect(ExactBinomialTest(trials: 50, target: 0, alpha: 0.05)?.maximumFailures == 49)
    #expect(ExactBinomialTest.pValue(successes: 50, trials: 50, target: .nan) == 1)
    #expect(ExactBinomialTest.pValueBelow(successes: 0, trials: 50, target: .nan) == 1)
    #expect(ExactBinomialTest.pValueTwoSided(successes: 0, trials: 0, target: 0.5) == 1)
    #expect(ExactBinomialTest.pValue(successes: 0, trials: 0, target: 0.5) == 1)
  }

  @Test("A billion trials")
  func billion() throws {
    let test = try #require(
      ExactBinomialTest(trials: 1_000_000_000, target: 0.9, alpha: 0.05))
    #expect(test.size <= 0.05 && test.size > 0.0499)
    #expect(test.power(at: 0.90005) > 0.99)
  }

  @Test("Fisher's p-value adds up all tables no likelier", arguments: [(3, 4), (12, 9), (25, 25)])
  func fisher(trials: Int, baselineTrials: Int) {
    for passes in 0...(trials + baselineTrials) {
      let distribution = Hypergeometric(
        population: trials + baselineTrials, marked: passes, draws: trials)
      let masses = distribution.support.map { exp(distribution.logMass($0)) }
      for (index, successes) in distribution.support.enumerated() {
        func p(_ alternative: Alternative) -> Double {
          FisherExactTest.pValue(
            successes: successes, trials: trials, baselineSuccesses: passes - successes,
            baselineTrials: baselineTrials, alternative: alternative)
        }
        let noLikelier = masses.filter { $0 <= masses[index] * (1 + 1e-7) }.reduce(0, +)
        #expect(abs(p(.twoSided) - noLikelier) < 1e-12)
        #expect(abs(p(.greater) - masses[index...].reduce(0, +)) < 1e-12)
        #expect(abs(p(.less) - masses[...index].reduce(0, +)) < 1e-12)
      }
    }
  }

  @Test("Fisher without trials on one side is no evidence")
  func fisherEmpty() {
    for alternative in Alternative.allCases {
      let p = FisherExactTest.pValue(
        successes: 0, trials: 0, baselineSuccesses: 3, baselineTrials: 5,
        alternative: alternative)
      #expect(p == 1)
    }
  }

  /// Fisher (1935), the lady tasting tea: all four cups right of eight.
  @Test("The lady tasting tea")
  func tea() {
    let p = FisherExactTest.pValue(
      successes: 4, trials: 4, baselineSuccesses: 0, baselineTrials: 4, alternative: .greater)
    #expect(abs(p - 1.0 / 70) < 1e-15)
  }
}
