import Foundation
import Statistics
import Testing

@Suite("Non-inferiority")
struct NonInferiorityTests {
  @Test("A score test rejects exactly where the score interval's bound is above −margin")
  func duality() {
    for (gains, losses, n) in [(0, 0, 40), (3, 9, 200), (9, 11, 300), (0, 4, 60), (5, 0, 5)] {
      for alpha in [0.01, 0.05] {
        let bound = Interval.tango(
          gains: gains, losses: losses, trials: n, alpha: 2 * alpha
        ).lower
        for margin in [-0.02, 0, 0.05, 0.2, 0.9, 1] {
          let p = NonInferiority.tango(
            gains: gains, losses: losses, trials: n, margin: margin
          ).pValue
          #expect((p <= alpha) == (bound >= -margin))
        }
      }
    }
    for (x, n, x0, n0) in [(180, 200, 184, 200), (0, 9, 9, 9), (9, 9, 0, 9), (5, 5, 7, 7)] {
      let bound = Interval.miettinenNurminen(
        successes: x, trials: n, baselineSuccesses: x0, baselineTrials: n0, alpha: 0.1
      ).lower
      for margin in [0.0, 0.05, 0.079, 0.2, 0.5] {
        let p = NonInferiority.miettinenNurminen(
          successes: x, trials: n, baselineSuccesses: x0, baselineTrials: n0, margin: margin
        ).pValue
        #expect((p <= 0.05) == (bound >= -margin))
      }
    }
  }

  /// The rates that make what was seen likeliest among all with the supposed difference, on a grid.
  @Test("Farrington and Manning's statistic has the standard error of the likeliest rates")
  func likeliest() {
    for (x, n, x0, n0, margin) in [
      (180.0, 200.0, 184.0, 200.0, 0.05), (9, 10, 3, 10, -0.2), (0, 8, 3, 12, 0.1),
    ] {
      func logLikelihood(_ q: Double) -> Double {
        func term(_ count: Double, _ rate: Double) -> Double {
          count == 0 ? 0 : count * log(rate)
        }
        return term(x, q - margin) + term(n - x, 1 - q + margin) + term(x0, q)
          + term(n0 - x0, 1 - q)
      }
      let (low, high) = (max(0, margin), min(1, 1 + margin))
      let grid = (1..<200_000).map { low + (high - low) * Double($0) / 200_000 }
      let q = grid.max { logLikelihood($0) < logLikelihood($1) } ?? 0
      let error = ((q - margin) * (1 - q + margin) / n + q * (1 - q) / n0).squareRoot()
      let z = NonInferiority.farringtonManning(
        successes: Int(x), trials: Int(n), baselineSuccesses: Int(x0), baselineTrials: Int(n0),
        margin: margin
      ).statistic
      #expect(abs(z - (x / n - x0 / n0 + margin) / error) < 2e-4)
    }
  }

  @Test("Nothing seen is no evidence")
  func empty() {
    #expect(NonInferiority.tango(gains: 0, losses: 0, trials: 0, margin: 0.05).pValue == 1)
    let unpaired = NonInferiority.farringtonManning(
      successes: 0, trials: 0, baselineSuccesses: 3, baselineTrials: 4, margin: 0.05)
    #expect(unpaired.pValue == 1 && unpaired.statistic == 0)
    #expect(NonInferiority.exactLosses(losses: 0, trials: 0, margin: 0.05) == 1)
    #expect(NonInferiority.exactLosses(losses: 0, trials: 90, margin: 0) == 1)
    #expect(NonInferiority.exactLosses(losses: 0, trials: 90, margin: -0.1) == 1)
    let equivalence = Equivalence.unpaired(
      successes: 0, trials: 0, baselineSuccesses: 0, baselineTrials: 0, limits: -0.1...0.1)
    #expect(equivalence == 1)
    #expect(throws: StatisticsError.noSpread(argument: "differences")) {
      try NonInferiority.pairedT(differences: [0, 0, 0], margin: 0.05)
    }
    #expect(throws: StatisticsError.notFinite(argument: "scores", index: 1)) {
      try NonInferiority.pairedT(differences: [0, .nan], margin: 0.05)
    }
  }

  @Test("A margin that is NaN or out of range shows nothing", arguments: [Double.nan, 1.5, -2])
  func margins(margin: Double) throws {
    #expect(NonInferiority.tango(gains: 9, losses: 0, trials: 90, margin: margin).pValue == 1)
    let unpaired = NonInferiority.miettinenNurminen(
      successes: 9, trials: 9, baselineSuccesses: 0, baselineTrials: 9, margin: margin)
    #expect(unpaired.pValue == 1)
    #expect(NonInferiority.exactLosses(losses: 0, trials: 90, margin: margin) == 1)
    let power = NonInferiority.tangoPower(
      trials: 50, gainRate: 0.1, lossRate: 0.1, margin: margin, alpha: 0.05)
    #expect(power == 0)
    #expect(
      NonInferiority.exactLossesPower(trials: 50, lossRate: 0, margin: margin, alpha: 0.05) == 0)
    #expect(try NonInferiority.pairedT(differences: [0, 1], margin: .nan).pValue == 1)
  }

  @Test("Clusters of one change nothing")
  func clusters() throws {
    let differences = [0.0, 1, 0, -1, 0, 0.5, 0, 0]
    let plain = try NonInferiority.pairedT(differences: differences, margin: 0.05)
    let clustered = try NonInferiority.pairedT(
      differences: differences, clusters: Array(differences.indices), margin: 0.05)
    #expect(abs(plain.statistic - clustered.statistic) < 1e-12)
    #expect(abs(plain.pValue - clustered.pValue) < 1e-12)
  }

  @Test("The power of Tango's test is that of all tables together")
  func power() {
    for (n, gain, loss, margin) in [(15, 0.1, 0.2, 0.1), (30, 0, 0.05, 0.05), (8, 0.5, 0.5, 0)] {
      var sum = 0.0
      for gains in 0...n {
        for losses in 0...(n - gains) {
          let p = NonInferiority.tango(
            gains: gains, losses: losses, trials: n, margin: margin
          ).pValue
          guard p <= 0.05 else { continue }
          sum += exp(
            binomialLogMass(gains, trials: n, probability: gain)
              + binomialLogMass(
                losses, trials: n - gains, probability: min(1, loss / (1 - gain))))
        }
      }
      let power = NonInferiority.tangoPower(
        trials: n, gainRate: gain, lossRate: loss, margin: margin, alpha: 0.05)
      #expect(abs(power - sum) < 1e-11)
    }
  }

  /// At a margin of .05 and a level of .05.
  @Test("Where every flip is a loss, Tango's size reaches 6.9 %, and the exact test keeps 5 %")
  func size() {
    let sizes = (20...600).map { n in
      NonInferiority.tangoPower(trials: n, gainRate: 0, lossRate: 0.05, margin: 0.05, alpha: 0.05)
    }
    #expect(Int((1000 * (sizes.max() ?? 0)).rounded()) == 69)
    for n in 20...600 {
      let exact = NonInferiority.exactLossesPower(
        trials: n, lossRate: 0.05, margin: 0.05, alpha: 0.05)
      #expect(exact <= 0.05)
    }
  }

  @Test("Equivalence asks for both sides")
  func equivalence() throws {
    let inside = Equivalence.paired(gains: 20, losses: 21, trials: 1000, limits: -0.05...0.05)
    #expect(inside < 0.01)
    let better = Equivalence.paired(gains: 90, losses: 21, trials: 1000, limits: -0.05...0.05)
    #expect(better > 0.5)
    let mirrored = Equivalence.paired(gains: 21, losses: 90, trials: 1000, limits: -0.05...0.05)
    #expect(abs(better - mirrored) < 1e-12)
    let forth = Equivalence.unpaired(
      successes: 180, trials: 200, baselineSuccesses: 184, baselineTrials: 210,
      limits: -0.1...0.08)
    let back = Equivalence.unpaired(
      successes: 184, trials: 210, baselineSuccesses: 180, baselineTrials: 200,
      limits: -0.08...0.1)
    #expect(abs(forth - back) < 1e-12)
    let mean = try MeanEstimate([0.1, -0.1, 0, 0.05, -0.05])
    #expect(try Equivalence.mean(mean, limits: -0.5...0.5) < 0.001)
    #expect(try Equivalence.mean(mean, limits: 0.1...0.5) > 0.9)
  }
}
