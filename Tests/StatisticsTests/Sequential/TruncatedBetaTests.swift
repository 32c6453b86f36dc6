import Foundation
import Statistics
import Testing

@Suite("Truncated-beta mixture")
struct TruncatedBetaTests {
  private let mixtures = [
    TruncatedBetaMixture(), TruncatedBetaMixture(priorAlpha: 0.5, priorBeta: 0.5),
    TruncatedBetaMixture(priorAlpha: 30, priorBeta: 2),
  ]

  @Test("Both e-values have mean one where their hypothesis ends, and less inside it")
  func martingale() {
    func mean(_ n: Int, _ rate: Double, _ logEValue: (Int) -> Double) -> Double {
      (0...n).reduce(0) { sum, s in
        sum + exp(binomialLogMass(s, trials: n, probability: rate) + logEValue(s))
      }
    }
    for mixture in mixtures {
      for n in [1, 5, 40] {
        for edge in [0.05, 0.5, 0.9] {
          let above = { mixture.logEValue(above: edge, successes: $0, trials: n) }
          let below = { mixture.logEValue(below: edge, successes: $0, trials: n) }
          #expect(abs(mean(n, edge, above) - 1) < 1e-11)
          #expect(abs(mean(n, edge, below) - 1) < 1e-11)
          #expect(mean(n, edge * 0.9, above) < 1)
          #expect(mean(n, edge + 0.05, below) < 1)
        }
      }
    }
  }

  @Test("Agrees with the integral that it stands for")
  func integral() {
    // ∫ (x/p)^s ((1−x)/(1−p))^f dx / (1−p) over x from p to 1, by a fine midpoint rule.
    let (p, s, f) = (0.9, 60, 1)
    let steps = 200_000
    let mean = (0..<steps).reduce(0.0) { sum, step in
      let x = p + (1 - p) * (Double(step) + 0.5) / Double(steps)
      return sum + pow(x / p, Double(s)) * pow((1 - x) / (1 - p), Double(f)) / Double(steps)
    }
    let logE = TruncatedBetaMixture().logEValue(above: p, successes: s, trials: s + f)
    #expect(abs(logE - log(mean)) < 1e-8)
  }

  @Test("At the ends of the range the values are limits")
  func limits() {
    for mixture in mixtures {
      #expect(mixture.logEValue(above: 0.7, successes: 0, trials: 0) == 0)
      #expect(mixture.logEValue(above: 0, successes: 1, trials: 5) == .infinity)
      #expect(mixture.logEValue(below: 1, successes: 4, trials: 5) == .infinity)
      func expectClose(_ one: Double, _ other: Double) { #expect(abs(one - other) < 1e-4) }
      expectClose(
        mixture.logEValue(above: 0, successes: 0, trials: 5),
        mixture.logEValue(above: 1e-12, successes: 0, trials: 5))
      expectClose(
        mixture.logEValue(above: 1, successes: 3, trials: 5),
        mixture.logEValue(above: 1 - 1e-7, successes: 3, trials: 5))
      expectClose(
        mixture.logEValue(below: 0, successes: 3, trials: 5),
        mixture.logEValue(below: 1e-7, successes: 3, trials: 5))
    }
    #expect(TruncatedBetaMixture().successesWithoutFailure(target: 1, alpha: 0.05) == nil)
    #expect(TruncatedBetaMixture().successesWithoutFailure(target: 0, alpha: 0.05) == 1)
  }

  @Test("Bounds are where the e-value reaches 1/α; they nest, and rise with successes")
  func bounds() {
    for mixture in mixtures {
      for trials in [1, 7, 50] {
        var previous = (lower: -1.0, upper: 0.0)
        for s in 0...trials {
          let lower = mixture.lowerBound(successes: s, trials: trials, alpha: 0.05)
          let upper = mixture.upperBound(successes: s, trials: trials, alpha: 0.05)
          #expect(0 <= lower && lower < upper && upper <= 1)
          #expect(lower >= previous.lower && upper >= previous.upper)
          previous = (lower, upper)
          #expect(lower > mixture.lowerBound(successes: s, trials: trials, alpha: 0.01) || s == 0)
          #expect(
            upper < mixture.upperBound(successes: s, trials: trials, alpha: 0.01) || s == trials)
          if s > 0, trials == 50, lower > 1e-9 {
            let logE = mixture.logEValue(above: lower, successes: s, trials: trials)
            #expect(abs(logE - log(20.0)) < 1e-6)
          }
        }
        #expect(mixture.lowerBound(successes: 0, trials: trials, alpha: 0.05) == 0)
        #expect(mixture.upperBound(successes: trials, trials: trials, alpha: 0.05) == 1)
      }
    }
    let uniform = TruncatedBetaMixture()
    #expect(uniform.lowerBound(successes: 0, trials: 0, alpha: 0.05) == 0)
    #expect(uniform.upperBound(successes: 0, trials: 0, alpha: 0.05) == 1)
  }

  @Test("A billion trials: precise, and as mirrored")
  func many() {
    let (n, s) = (1_000_000_000, 900_100_000)
    let mixture = TruncatedBetaMixture()
    let above = mixture.logEValue(above: 0.9, successes: s, trials: n)
    // Laplace: LR at the observed rate, times √(2π/n)·sd over the width 0.1 of the prior.
    let rate = Double(s) / Double(n)
    let spread = (2 * Double.pi * rate * (1 - rate) / Double(n)).squareRoot()
    let expected = Double(n) * bernoulliDivergence(rate, from: 0.9) + log(spread / 0.1)
    #expect(abs(above - expected) < 1e-6)
    let mirrored = mixture.logEValue(below: 0.1, successes: n - s, trials: n)
    #expect(abs(above - mirrored) < 1e-6)
    let lower = mixture.lowerBound(successes: n, trials: n, alpha: 0.05)
    #expect(lower < 1 && 1 - lower < 1e-7)
    let wide = mixture.lowerBound(successes: 1, trials: n, alpha: 0.05)
    #expect(wide > 0 && wide < 1e-9)
  }

  @Test("Passes at the target in at most α of all runs, stops at the hope in at most β")
  func levels() {
    let test = TruncatedBetaTest(target: 0.9, hope: 0.97, alpha: 0.05, beta: 0.1)
    let rule = StoppingRule.truncatedBeta(test, maximumTrials: 2000)
    #expect(OperatingCharacteristics(of: rule, at: 0.9).passProbability <= 0.05)
    #expect(OperatingCharacteristics(of: rule, at: 0.97).stopProbability <= 0.1)
    var open = TruncatedBetaTest(target: 0.9, alpha: 0.05)
    for _ in 0..<50 { #expect(open.observe(false) == .undecided) }
  }
}
