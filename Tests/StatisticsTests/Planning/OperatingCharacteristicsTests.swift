import Foundation
import Statistics
import Testing

@Suite("Operating characteristics")
struct OperatingCharacteristicsTests {
  /// By running through all 2ⁿ series of grades.
  private func enumerated(
    _ n: Int, _ rate: Double, _ decision: (Int, Int) -> SequentialDecision
  ) -> (pass: Double, stop: Double, undecided: Double, trials: Double) {
    var (pass, stop, undecided, trials) = (0.0, 0.0, 0.0, 0.0)
    for bits in 0..<(1 << n) {
      let s = bits.nonzeroBitCount
      let chance = pow(rate, Double(s)) * pow(1 - rate, Double(n - s))
      var (successes, failures) = (0, 0)
      var outcome = SequentialDecision.undecided
      while outcome == .undecided, successes + failures < n {
        if bits >> (successes + failures) & 1 == 1 { successes += 1 } else { failures += 1 }
        outcome = decision(successes, failures)
      }
      trials += chance * Double(successes + failures)
      switch outcome {
      case .pass: pass += chance
      case .stop: stop += chance
      case .undecided: undecided += chance
      }
    }
    return (pass, stop, undecided, trials)
  }

  @Test("Rules agree with all series of twelve grades, whatever the rate")
  func enumeration() {
    let sprt = BernoulliSPRT(target: 0.5, hope: 0.8, alpha: 0.1, beta: 0.2)
    let mixed = TruncatedBetaTest(target: 0.4, hope: 0.8, alpha: 0.15, beta: 0.25)
    let decisions: [(Int, Int) -> SequentialDecision] = [
      { sprt.decision(successes: $0, failures: $1) },
      { mixed.decision(successes: $0, failures: $1) },
    ]
    for decision in decisions {
      let rule = StoppingRule(maximumTrials: 12, decision: decision)
      for rate in [0, 0.1, 0.5, 0.8, 1] {
        let all = enumerated(12, rate, decision)
        for result in [
          OperatingCharacteristics(of: rule, at: rate),
          OperatingCharacteristics(maximumTrials: 12, rate: rate, decision: decision),
        ] {
          #expect(abs(result.passProbability - all.pass) < 1e-12)
          #expect(abs(result.stopProbability - all.stop) < 1e-12)
          #expect(abs(result.undecidedProbability - all.undecided) < 1e-12)
          #expect(abs(result.expectedTrials - all.trials) < 1e-11)
        }
      }
      for trials in 1...12 {
        for failures in 0...trials {
          #expect(
            rule.decision(successes: trials - failures, failures: failures)
              == decision(trials - failures, failures))
        }
      }
    }
  }

  @Test("A rule may be odd: passing on an even number of failures")
  func odd() {
    func decision(_ s: Int, _ f: Int) -> SequentialDecision {
      s + f < 3 ? .undecided : f % 2 == 0 ? .pass : s == 0 ? .stop : .undecided
    }
    let all = enumerated(9, 0.3, decision)
    let result = OperatingCharacteristics(maximumTrials: 9, rate: 0.3, decision: decision)
    #expect(abs(result.passProbability - all.pass) < 1e-14)
    #expect(abs(result.stopProbability - all.stop) < 1e-14)
    #expect(abs(result.expectedTrials - all.trials) < 1e-13)
  }

  @Test("Sequential tests keep their levels at every length", arguments: [1, 30, 200, 5000])
  func levels(maximum: Int) {
    for (target, hope) in [(0.5, 0.7), (0.9, 0.97), (0.99, 0.998)] {
      for alpha in [0.05, 0.001] {
        let sprt = StoppingRule.sprt(
          BernoulliSPRT(target: target, hope: hope, alpha: alpha, beta: 0.1),
          maximumTrials: maximum)
        let mixed = StoppingRule.truncatedBeta(
          TruncatedBetaTest(target: target, hope: hope, alpha: alpha, beta: 0.1),
          maximumTrials: maximum)
        for rule in [sprt, mixed] {
          let atTarget = OperatingCharacteristics(of: rule, at: target)
          #expect(atTarget.passProbability <= alpha)
          #expect(OperatingCharacteristics(of: rule, at: hope).stopProbability <= 0.1)
          let sum =
            atTarget.passProbability + atTarget.stopProbability + atTarget.undecidedProbability
          #expect(abs(sum - 1) < 1e-12)
          #expect(atTarget.expectedTrials >= 1 && atTarget.expectedTrials <= Double(maximum))
        }
      }
    }
  }

  @Test("No trials: undecided")
  func none() {
    let rule = StoppingRule(maximumTrials: 0) { _, _ in .pass }
    let result = OperatingCharacteristics(of: rule, at: 0.5)
    #expect(result.undecidedProbability == 1 && result.expectedTrials == 0)
    #expect(result.passProbability == 0)
  }

  @Test("Wald's approximation lies below the truth, and not far")
  func approximation() {
    let test = BernoulliSPRT(target: 0.9, hope: 0.97, alpha: 0.05, beta: 0.1)
    let rule = StoppingRule.sprt(test, maximumTrials: 20_000)
    for rate in [0.6, 0.8, 0.9, 0.95, 0.97, 0.99] {
      let exact = OperatingCharacteristics(of: rule, at: rate).expectedTrials
      let approximate = test.approximateExpectedTrials(at: rate)
      #expect(approximate < exact && approximate > exact * 0.6)
    }
  }
}
