import Foundation
import Statistics
import Testing

@Suite("PairedRegression")
struct PairedRegressionTests {
  static let test = PairedRegression(margin: 0.05, alpha: 0.05)

  @Test(
    "Verdicts, alone among behaviors",
    arguments: [
      // 0.95⁵⁹ is the first power of 0.95 below 0.05.
      (0, 0, 59, .pass), (0, 0, 58, .undecided), (0, 0, 0, .undecided),
      // 0.5⁵ = 0.031, 0.5⁴ = 0.0625.
      (0, 5, 59, .regressed), (0, 4, 59, .undecided),
      // Shown to be worse, and by less than the margin.
      (0, 20, 2000, .pass), (20, 5, 100, .pass), (5, 20, 100, .regressed),
    ] as [(Int, Int, Int, PairedRegression.Verdict)])
  func verdicts(gains: Int, losses: Int, trials: Int, expected: PairedRegression.Verdict) {
    let pValue = PairedRegression.pValueOfRegression(gains: gains, losses: losses)
    #expect(
      Self.test.verdict(gains: gains, losses: losses, trials: trials, adjustedPValue: pValue)
        == expected)
  }

  @Test("Bounds say what the verdict says: pass exactly where the lower one is above −margin")
  func boundsAgree() {
    for trials in [1, 58, 59, 100, 400] {
      for losses in 0...min(trials, 25) {
        for gains in 0...min(trials - losses, 12) {
          let bounds = Self.test.bounds(gains: gains, losses: losses, trials: trials)
          let isNotWorse = Self.test.isNotWorse(gains: gains, losses: losses, trials: trials)
          #expect(
            (bounds.lower > -0.05 + 1e-9) == isNotWorse || abs(bounds.lower + 0.05) < 1e-9,
            "\(gains) \(losses) \(trials)")
          let difference = Double(gains - losses) / Double(trials)
          #expect(bounds.lower <= difference && difference <= bounds.upper)
        }
      }
    }
  }

  @Test("The chance of an alarm is the sum over all outcomes")
  func chanceOfAlarm() {
    let (trials, loss, gain, level) = (40, 0.2, 0.05, 0.025)
    var chance = 0.0
    for losses in 0...trials {
      for gains in 0...trials - losses {
        let pValue = PairedRegression.pValueOfRegression(gains: gains, losses: losses)
        guard pValue <= level,
          !Self.test.isNotWorse(gains: gains, losses: losses, trials: trials)
        else { continue }
        let ties = trials - losses - gains
        let ways =
          lgamma(Double(trials + 1)) - lgamma(Double(losses + 1)) - lgamma(Double(gains + 1))
          - lgamma(Double(ties + 1))
        chance += exp(
          ways + Double(losses) * log(loss) + Double(gains) * log(gain)
            + Double(ties) * log(1 - loss - gain))
      }
    }
    let found = Self.test.chanceOfAlarm(
      trials: trials, lossRate: loss, gainRate: gain, level: level)
    #expect(abs(found - chance) < 1e-9)
    #expect(Self.test.chanceOfAlarm(trials: 0, lossRate: 0.5, gainRate: 0, level: 0.05) == 0)
  }

  @Test("An equal model raises an alarm at most as often as the level says")
  func size() {
    for trials in [20, 60, 150, 500] {
      for flips in [0.01, 0.05, 0.2, 0.5] {
        let chance = Self.test.chanceOfAlarm(
          trials: trials, lossRate: flips / 2, gainRate: flips / 2, level: 0.05)
        #expect(chance <= 0.05 + 1e-12)
      }
    }
  }

  @Test("So many units decide, and one less does not")
  func trialsToDecide() throws {
    #expect(Self.test.trialsToDecide(gains: 0, losses: 0, trials: 0, level: 0.05) == 59)
    #expect(Self.test.trialsToDecide(gains: 0, losses: 0, trials: 20, level: 0.05) == 59)
    for (gains, losses, trials) in [(2, 3, 100), (0, 4, 80), (5, 9, 150), (10, 10, 120)] {
      let level = 0.05 / 5
      let needed = try #require(
        Self.test.trialsToDecide(gains: gains, losses: losses, trials: trials, level: level))
      #expect(needed > trials)
      let scale = Double(needed) / Double(trials)
      let scaled = [gains, losses].map { Int((Double($0) * scale).rounded()) }
      #expect(
        Self.test.isNotWorse(gains: scaled[0], losses: scaled[1], trials: needed)
          || PairedRegression.pValueOfRegression(gains: scaled[0], losses: scaled[1]) <= level)
    }
  }
}
