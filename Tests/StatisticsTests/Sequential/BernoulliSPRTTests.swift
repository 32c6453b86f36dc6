import Foundation
import Statistics
import Testing

@Suite("Wald's test of a pass rate")
struct BernoulliSPRTTests {
  @Test("The likelihood ratio has mean one at the target and less below it")
  func martingale() {
    let test = BernoulliSPRT(target: 0.8, hope: 0.93, alpha: 0.05, beta: 0.1)
    for (rate, isTarget) in [(0.8, true), (0.7, false), (0.1, false)] {
      for n in [1, 2, 7, 30] {
        let mean = (0...n).reduce(0.0) { sum, s in
          sum
            + exp(
              binomialLogMass(s, trials: n, probability: rate)
                + test.logLikelihoodRatio(successes: s, failures: n - s))
        }
        #expect(isTarget ? abs(mean - 1) < 1e-12 : mean < 1)
      }
    }
  }

  @Test("At the ends of the range the likelihoods are limits, and never NaN")
  func limits() {
    var sure = BernoulliSPRT(target: 0, hope: 0.5, alpha: 0.05, beta: 0.1)
    #expect(sure.logLikelihoodRatio == 0)
    #expect(sure.observe(false) == .undecided)
    #expect(sure.observe(true) == .pass)
    var flawless = BernoulliSPRT(target: 0.9, hope: 1, alpha: 0.05, beta: 0.1)
    #expect(flawless.observe(true) == .undecided)
    #expect(flawless.observe(false) == .stop)
    let both = BernoulliSPRT(target: 0, hope: 1, alpha: 0.05, beta: 0.1)
    #expect(both.logLikelihoodRatio(successes: 1, failures: 1) == -.infinity)
    #expect(both.decision(successes: 1, failures: 0) == .pass)
    #expect(sure.successesWithoutFailure == 1)
    for rate in [0, 0.3, 0.9, 1] {
      for test in [sure, flawless, both] {
        let trials = test.approximateExpectedTrials(at: rate)
        #expect(trials.isFinite && trials > 0)
      }
    }
  }

  @Test("The approximation is continuous at the target, the hope, and where nothing drifts")
  func approximation() {
    let test = BernoulliSPRT(target: 0.9, hope: 0.97, alpha: 0.05, beta: 0.1)
    let driftless = -test.failureIncrement / (test.successIncrement - test.failureIncrement)
    for rate in [0.9, 0.97, driftless] {
      let there = test.approximateExpectedTrials(at: rate)
      for step in [-1e-6, 1e-6] {
        let near = test.approximateExpectedTrials(at: rate + step)
        #expect(abs(near / there - 1) < 1e-3)
      }
    }
    #expect(test.approximateExpectedTrials(at: 1 - 1e-12).isFinite)
    let close = BernoulliSPRT(target: 0.5, hope: 0.500001, alpha: 0.05, beta: 0.1)
    #expect(close.approximateExpectedTrials(at: 0.999).isFinite)
    #expect(close.approximateExpectedTrials(at: 0.001).isFinite)
  }

  @Test("The bound exceeds a target exactly when the test of it passes", arguments: [0.05, 0.002])
  func bound(alpha: Double) {
    for trials in [1, 10, 60, 200] {
      var previous = -1.0
      for successes in 0...trials {
        let lower = BernoulliSPRT.lowerBound(
          successes: successes, trials: trials, hope: 0.97, alpha: alpha)
        #expect(lower >= previous && lower < 0.97)
        previous = lower
        for target in [0.5, 0.8, 0.9, 0.95] {
          let test = BernoulliSPRT(target: target, hope: 0.97, alpha: alpha, beta: 0.1)
          let passes = test.decision(successes: successes, failures: trials - successes) == .pass
          #expect(passes == (lower >= target))
        }
      }
    }
  }

  @Test("The bound is defined at the ends, and for a billion trials")
  func boundLimits() {
    func lower(_ s: Int, _ n: Int, _ hope: Double) -> Double {
      BernoulliSPRT.lowerBound(successes: s, trials: n, hope: hope, alpha: 0.05)
    }
    #expect(lower(0, 0, 0.9) == 0)
    #expect(lower(0, 10, 0.9) == 0)
    #expect(lower(10, 10, 0) == 0)
    #expect(abs(lower(10, 10, 1) - pow(0.05, 0.1)) < 1e-15)
    #expect(lower(9, 10, 1) == 0)
    let many = lower(970_000_000, 1_000_000_000, 0.97)
    #expect(many < 0.97 && many > 0.9699)
    #expect(lower(1, 1_000_000_000, 0.97) >= 0)
  }
}
