import Foundation
import Statistics
import Testing

@Suite("The power of a paired test")
struct McNemarPlanningTests {
  /// Adds up every outcome of the three kinds of units.
  private func enumerated(
    trials: Int, lossRate: Double, gainRate: Double, alpha: Double
  ) -> Double {
    var power = 0.0
    for losses in 0...trials {
      for gains in 0...(trials - losses)
      where McNemar.exactOneSided(gains: losses, losses: gains) <= alpha {
        let same = trials - losses - gains
        power +=
          exp(
            lgamma(Double(trials + 1)) - lgamma(Double(losses + 1)) - lgamma(Double(gains + 1))
              - lgamma(Double(same + 1)))
          * pow(lossRate, Double(losses)) * pow(gainRate, Double(gains))
          * pow(1 - lossRate - gainRate, Double(same))
      }
    }
    return power
  }

  @Test("Agrees with enumeration", arguments: [1, 2, 7, 20, 60])
  func enumeration(trials: Int) {
    for (loss, gain) in [(0.08, 0.03), (0.05, 0), (0.5, 0.5), (0, 0.2), (1, 0), (0.3, 0.1)] {
      for alpha in [0.05, 0.01] {
        let power = McNemar.power(trials: trials, lossRate: loss, gainRate: gain, alpha: alpha)
        let expected = enumerated(trials: trials, lossRate: loss, gainRate: gain, alpha: alpha)
        #expect(abs(power - expected) < 1e-11, "\(loss) \(gain) \(alpha)")
      }
    }
  }

  @Test("Keeps its level where losses and gains are alike")
  func size() {
    for trials in [10, 50, 300, 2000] {
      let size = McNemar.power(trials: trials, lossRate: 0.04, gainRate: 0.04, alpha: 0.05)
      #expect(size <= 0.05)
    }
  }

  @Test("The smallest number of units has the power, and nine tenths of it have not")
  func smallest() throws {
    for (loss, gain) in [(0.05, 0), (0.08, 0.03), (0.1, 0.05)] {
      let trials = try #require(
        McNemar.smallestTrials(power: 0.8, lossRate: loss, gainRate: gain, alpha: 0.01))
      func power(_ trials: Int) -> Double {
        McNemar.power(trials: trials, lossRate: loss, gainRate: gain, alpha: 0.01)
      }
      #expect(power(trials) >= 0.8)
      #expect(power(trials * 9 / 10) < 0.8)
    }
  }

  @Test("Nothing to see: no units, no flips, more gains than losses")
  func degenerate() {
    #expect(McNemar.power(trials: 0, lossRate: 0.1, gainRate: 0, alpha: 0.05) == 0)
    #expect(McNemar.power(trials: 50, lossRate: 0, gainRate: 0, alpha: 0.05) == 0)
    #expect(McNemar.smallestTrials(power: 0.8, lossRate: 0.1, gainRate: 0.1, alpha: 0.05) == nil)
    #expect(McNemar.smallestTrials(power: 0.8, lossRate: 1e-9, gainRate: 0, alpha: 0.05) == nil)
  }
}
