import Foundation
import Statistics
import Testing

@Suite("McNemar")
struct McNemarTests {
  @Test("No flips are p = 1 in every form, which is no evidence of equality")
  func noFlips() {
    #expect(McNemar.exactOneSided(gains: 0, losses: 0) == 1)
    #expect(McNemar.exactTwoSided(gains: 0, losses: 0) == 1)
    #expect(McNemar.midP(gains: 0, losses: 0) == 1)
    for correcting in [false, true] {
      let test = McNemar.chiSquare(gains: 0, losses: 0, correctingContinuity: correcting)
      #expect(test.statistic == 0 && test.pValue == 1)
    }
    #expect(McNemar.chiSquare(gains: 4, losses: 4, correctingContinuity: true).pValue == 1)
  }

  @Test("Two-sided forms do not mind which is which, and lie in 0...1")
  func symmetric() {
    for gains in 0...30 {
      for losses in 0...30 {
        for form in [McNemar.exactTwoSided, McNemar.midP] {
          let p = form(gains, losses)
          #expect(p >= 0 && p <= 1)
          #expect(abs(p - form(losses, gains)) < 1e-14)
        }
        #expect(
          McNemar.midP(gains: gains, losses: losses)
            <= McNemar.exactTwoSided(gains: gains, losses: losses))
      }
    }
  }

  @Test("The power is that of all tables together", arguments: [0.05, 0.2, 0.001])
  func power(alpha: Double) {
    for (n, gain, loss) in [(12, 0.3, 0.1), (30, 0.1, 0.1), (25, 0.6, 0.4), (9, 0.5, 0)] {
      var sum = 0.0
      for gains in 0...n {
        for losses in 0...(n - gains)
        where McNemar.exactOneSided(gains: gains, losses: losses) <= alpha {
          sum += exp(
            binomialLogMass(gains, trials: n, probability: gain)
              + binomialLogMass(losses, trials: n - gains, probability: loss / (1 - gain)))
        }
      }
      let power = McNemar.exactPower(trials: n, gainRate: gain, lossRate: loss, alpha: alpha)
      #expect(abs(power - sum) < 1e-12)
    }
  }

  @Test("Power without trials, flips or a level is 0; at the null it keeps the level")
  func powerEdges() {
    #expect(McNemar.exactPower(trials: 0, gainRate: 0.3, lossRate: 0.1, alpha: 0.05) == 0)
    #expect(McNemar.exactPower(trials: 50, gainRate: 0, lossRate: 0, alpha: 0.05) == 0)
    #expect(McNemar.exactPower(trials: 50, gainRate: 0.3, lossRate: 0.1, alpha: .nan) == 0)
    #expect(McNemar.exactPower(trials: 500, gainRate: 0.1, lossRate: 0.1, alpha: 0.05) <= 0.05)
    let long = McNemar.exactPower(
      trials: 1_000_000_000, gainRate: 1.1e-6, lossRate: 1e-6, alpha: 0.05)
    #expect(long > 0.5 && long < 1)
  }
}
