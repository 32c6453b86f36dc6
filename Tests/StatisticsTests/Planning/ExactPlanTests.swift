import Foundation
import Statistics
import Testing

@Suite("Exact plans")
struct ExactPlanTests {
  @Test("The plan is the first n that works, by trying all", arguments: [0.05, 0.0304, 0.001, 0.3])
  func smallest(alpha: Double) {
    for target in [0.0, 0.1, 0.5, 0.8, 0.9, 0.99] {
      for hope in [target + (1 - target) * 0.25, target + (1 - target) * 0.6, 1] {
        for beta in [0.5, 0.2, 0.02] {
          let plan = ExactBinomialTest.smallest(
            target: target, hope: hope, alpha: alpha, beta: beta)
          guard plan.trials < 2000 else { continue }
          let first = (1...plan.trials).first { n in
            ExactBinomialTest(trials: n, target: target, alpha: alpha)
              .map { $0.power(at: hope) >= 1 - beta } ?? false
          }
          #expect(first == plan.trials, "\(target) \(hope) \(beta)")
          #expect(plan == ExactBinomialTest(trials: plan.trials, target: target, alpha: alpha))
        }
      }
    }
  }

  @Test("Plans of thousands of trials take milliseconds, and those of 10⁸ no longer")
  func speed() {
    let taken = processorSeconds {
      for (target, hope) in [(0.9, 0.91), (0.95, 0.96), (0.99, 0.992), (0.5, 0.51)] {
        let plan = ExactBinomialTest.smallest(target: target, hope: hope, alpha: 0.01, beta: 0.05)
        #expect(plan.trials > 3000 && plan.power(at: hope) >= 0.95 && plan.size <= 0.01)
      }
    }
    #expect(taken < 1)
    let huge = ExactBinomialTest.smallest(target: 0.9, hope: 0.9001, alpha: 0.05, beta: 0.1)
    #expect(huge.trials == 77_042_976 && huge.size <= 0.05)
    #expect(huge.power(at: 0.9001) >= 0.9)
    // Beyond 2⁴⁰ trials a plan is cut off.
    let cut = ExactBinomialTest.smallest(target: 0.9, hope: 0.9000001, alpha: 0.05, beta: 0.1)
    #expect(cut.trials == 1 << 40 && cut.power(at: 0.9000001) < 0.9)
    let flawless = ExactBinomialTest.smallest(
      target: 1.0.nextDown, hope: 1, alpha: 0.05, beta: 0.1)
    #expect(flawless.size <= 0.05)
  }

  @Test("No failure at all: the ends of the range, and a target that needs many")
  func zeroFailures() {
    #expect(zeroFailureSampleSize(target: 0, alpha: 0.05) == 1)
    #expect(zeroFailureSampleSize(target: 1, alpha: 0.05) == .max)
    #expect(zeroFailureSampleSize(target: 0.5, alpha: 1) == 0)
    #expect(zeroFailureSampleSize(target: 0.5, alpha: 0.125) == 3)
    let n = zeroFailureSampleSize(target: 1 - 1e-9, alpha: 0.05)
    #expect(abs(Double(n) * 1e-9 - log(20)) < 1e-6)
  }

  @Test(
    "Curtailment costs what all paths together cost", arguments: [(1, 0), (2, 1), (9, 3), (12, 0)])
  func curtailment(n: Int, c: Int) throws {
    let level = binomialCDF(c, trials: n, probability: 0.5) * (1 + 1e-9)
    let test = try #require(ExactBinomialTest(trials: n, target: 0.5, alpha: level))
    try #require(test.maximumFailures == c)
    let rule = StoppingRule.curtailed(test)
    for rate in [0, 0.2, 0.5, 0.97, 1] {
      var (mean, passes) = (0.0, 0.0)
      for bits in 0..<(1 << n) {
        var failures = 0
        for trial in 1...n {
          if bits >> (trial - 1) & 1 == 0 { failures += 1 }
          if failures > c || trial - failures >= n - c {
            let s = bits.nonzeroBitCount
            let chance = pow(rate, Double(s)) * pow(1 - rate, Double(n - s))
            mean += chance * Double(trial)
            if failures <= c { passes += chance }
            break
          }
        }
      }
      #expect(abs(test.expectedTrials(at: rate) - mean) < 1e-11)
      let carried = OperatingCharacteristics(of: rule, at: rate)
      #expect(abs(carried.expectedTrials - mean) < 1e-11)
      #expect(abs(carried.passProbability - passes) < 1e-12)
      #expect(abs(carried.passProbability - test.power(at: rate)) < 1e-12)
      #expect(carried.undecidedProbability == 0)
    }
  }

  @Test("Curtailment of a billion trials, in closed form")
  func curtailedBillion() throws {
    let test = try #require(
      ExactBinomialTest(trials: 1_000_000_000, target: 0.9, alpha: 0.05))
    #expect(test.expectedTrials(at: 0) == Double(test.maximumFailures) + 1)
    let half = test.expectedTrials(at: 0.5)
    #expect(abs(half / (2 * (Double(test.maximumFailures) + 1)) - 1) < 1e-9)
    #expect(test.expectedTrials(at: 0.99) < 1e9)
  }
}
