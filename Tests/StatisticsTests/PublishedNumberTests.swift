import Foundation
import Statistics
import Testing

/// The numbers that Hone's documentation states.
@Suite("Published numbers")
struct PublishedNumberTests {
  @Test("Zero failures needed at α = .05", arguments: [(0.8, 14), (0.9, 29), (0.95, 59), (0.99, 299)])
  func zeroFailures(target: Double, n: Int) {
    #expect(zeroFailureSampleSize(target: target, alpha: 0.05) == n)
  }

  @Test("Plans for .90 → .97")
  func plans() {
    let first = AlphaSpending(alpha: 0.05).level(attempt: 1)
    let plans = [(0.05, 0.1, 103, 5), (first, 0.1, 124, 6), (first, 0.02, 176, 10)]
    for (alpha, beta, n, c) in plans {
      let test = ExactBinomialTest.smallest(target: 0.9, hope: 0.97, alpha: alpha, beta: beta)
      #expect(test.trials == n)
      #expect(test.maximumFailures == c)
    }
  }

  @Test(
    "Joint chance of five behaviors, in percent",
    arguments: [
      (100, 0.85, 0.93, 21), (100, 0.85, 0.95, 72), (100, 0.85, 0.97, 98), (100, 0.9, 0.97, 37),
      (150, 0.85, 0.94, 83), (150, 0.85, 0.95, 96),
    ])
  func jointChance(n: Int, target: Double, rate: Double, percent: Int) throws {
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    let test = try #require(ExactBinomialTest(trials: n, target: target, alpha: level))
    #expect(Int((pow(test.power(at: rate), 5) * 100).rounded()) == percent)
  }

  @Test("100 sealed units at α₁ show .90 in 82 % of cases if the truth is .97")
  func oneBehavior() throws {
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    #expect(abs(level - 0.0304) < 5e-5)
    let test = try #require(ExactBinomialTest(trials: 100, target: 0.9, alpha: level))
    #expect(Int((test.power(at: 0.97) * 100).rounded()) == 82)
  }

  @Test("The sixth first-time pass in a row is made at .0025")
  func sixPasses() {
    var budget = 0.05
    for _ in 1..<6 { budget = AlphaSpending(alpha: budget).level(attempt: 1) }
    #expect(abs(AlphaSpending(alpha: budget).level(attempt: 1) - 0.0025) < 5e-5)
  }
}
