import Foundation
import Statistics
import Testing

@Suite("Properties")
struct PropertyTests {
  /// Against sums and integrals computed with 40 digits, see `TailReference`.
  @Test("Tails keep their relative precision")
  func tails() {
    func expectClose(_ value: Double, _ reference: Double) {
      #expect(abs(value - reference) <= 1e-10 * reference)
    }
    expectClose(binomialCDF(10, trials: 1000, probability: 0.1), TailReference.binomialCDF)
    expectClose(
      binomialSurvival(950, trials: 1000, probability: 0.8), TailReference.binomialSurvival)
    expectClose(regularizedIncompleteBeta(1e-3, a: 20, b: 3), TailReference.incompleteBeta)
    expectClose(normalCDF(-12), TailReference.normalCDF)
  }

  @Test("Levels of all attempts sum to the budget")
  func spending() {
    let spending = AlphaSpending(alpha: 0.05)
    let sum = (1...100_000).reduce(0) { $0 + spending.level(attempt: $1) }
    #expect(sum < 0.05)
    #expect(sum > 0.0499996)
  }

  @Test(
    "An exact test keeps its level, and one failure more would not",
    arguments: [1, 14, 59, 200, 5000])
  func level(n: Int) {
    for target in [0.5, 0.8, 0.9, 0.99] {
      for alpha in [0.05, 0.0304, 0.001] {
        guard let test = ExactBinomialTest(trials: n, target: target, alpha: alpha) else {
          #expect(pow(target, Double(n)) > alpha)
          continue
        }
        #expect(test.size <= alpha)
        #expect(
          binomialCDF(test.maximumFailures + 1, trials: n, probability: 1 - target) > alpha)
      }
    }
  }

  @Test("Clopper and Pearson cover with at least the nominal probability", arguments: [5, 20, 73])
  func coverage(n: Int) {
    for rate in stride(from: 0.02, through: 0.98, by: 0.04) {
      var covered = 0.0
      for successes in 0...n {
        let interval = Interval.clopperPearson(successes: successes, trials: n, alpha: 0.05)
        if interval.lower <= rate && rate <= interval.upper {
          covered += exp(binomialLogMass(successes, trials: n, probability: rate))
        }
      }
      #expect(covered >= 0.95 - 1e-12)
    }
  }

  @Test("Nothing seen says nothing")
  func empty() {
    #expect(Interval.wilson(successes: 0, trials: 0, alpha: 0.05) == Interval(lower: 0, upper: 1))
    #expect(ClopperPearson.lower(successes: 0, trials: 0, alpha: 0.05) == 0)
    #expect(ClopperPearson.upper(successes: 0, trials: 0, alpha: 0.05) == 1)
    #expect(ExactBinomialTest(trials: 0, target: 0.5, alpha: 0.05) == nil)
    #expect(McNemar.exactOneSided(gains: 0, losses: 0) == 1)
    #expect(McNemar.exactTwoSided(gains: 0, losses: 0) == 1)
    #expect(abs(SequentialMcNemar().eValue - 1) < 1e-12)
  }

  @Test("A beta-binomial's masses sum to one, and its distribution adds them up")
  func betaBinomial() {
    let distribution = BetaBinomial(trials: 50, alpha: 3, beta: 17)
    var sum = 0.0
    for hits in 0...50 {
      sum += exp(distribution.logMass(hits))
      #expect(abs(distribution.cdf(hits) - min(1, sum)) < 1e-10)
    }
    #expect(abs(sum - 1) < 1e-10)
  }

  @Test("Wald's test passes a rate at its target in at most α of runs, and most at its hope")
  func sprt() {
    var generator = SeededGenerator(seed: 3)
    func passes(_ rate: Double) -> Int {
      (0..<4000).count { _ in
        var test = BernoulliSPRT(target: 0.9, hope: 0.97, alpha: 0.05, beta: 0.1)
        for _ in 0..<5000 {
          switch test.observe(generator.nextUniform() < rate) {
          case .pass: return true
          case .stop: return false
          case .undecided: continue
          }
        }
        return false
      }
    }
    let sigma = (0.05 * 0.95 / 4000).squareRoot()
    #expect(Double(passes(0.9)) / 4000 <= 0.05 + 3 * sigma)
    #expect(Double(passes(0.97)) / 4000 >= 0.9 - 3 * (0.09 / 4000).squareRoot())
  }

  @Test("The same seed gives the same numbers; another stream gives others")
  func randomness() {
    var one = SeededGenerator(seed: 7)
    var two = SeededGenerator(seed: 7)
    var other = SeededGenerator(seed: 7, stream: "other")
    let numbers = (0..<100).map { _ in one.next() }
    #expect(numbers == (0..<100).map { _ in two.next() })
    #expect(Set(numbers).isDisjoint(with: (0..<100).map { _ in other.next() }))
    var order = Array(0..<100)
    one.shuffle(&order)
    #expect(order.sorted() == Array(0..<100))
    #expect(order != Array(0..<100))
    var uniform = SeededGenerator(seed: 1)
    let mean = (0..<100_000).reduce(0) { sum, _ in sum + uniform.nextUniform() } / 100_000
    #expect(abs(mean - 0.5) < 0.005)
  }
}
