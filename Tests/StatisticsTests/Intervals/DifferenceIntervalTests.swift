import Foundation
import Statistics
import Testing

@Suite("Intervals of differences")
struct DifferenceIntervalTests {
  /// Newcombe (1998), "Interval estimation for the difference between independent proportions",
  /// table II: Miettinen and Nurminen's method and method 10, to the digits printed there.
  @Test(
    "The published examples of different units",
    arguments: [
      (56, 70, 48, 80, 0.0528, 0.3382, 0.0524, 0.3339),
      (9, 10, 3, 10, 0.1700, 0.8406, 0.1705, 0.8090),
    ])
  func newcombe1998(
    x: Int, n: Int, x0: Int, n0: Int, mnLower: Double, mnUpper: Double, lower: Double,
    upper: Double
  ) {
    let score = Interval.miettinenNurminen(
      successes: x, trials: n, baselineSuccesses: x0, baselineTrials: n0, alpha: 0.05)
    #expect(abs(score.lower - mnLower) < 5.1e-5)
    #expect(abs(score.upper - mnUpper) < 5.1e-5)
    let hybrid = Interval.newcombe(
      successes: x, trials: n, baselineSuccesses: x0, baselineTrials: n0, alpha: 0.05)
    #expect(abs(hybrid.lower - lower) < 5.1e-5)
    #expect(abs(hybrid.upper - upper) < 5.1e-5)
  }

  @Test("All against nothing has a closed form: the lower bound is (N − 1 − z²)/(N − 1 + z²)")
  func extreme() {
    let square = 3.841458820694124  // z(.975)² by scipy 1.17.1
    let interval = Interval.miettinenNurminen(
      successes: 10, trials: 10, baselineSuccesses: 0, baselineTrials: 10, alpha: 0.05)
    #expect(abs(interval.lower - (19 - square) / (19 + square)) < 1e-12)
    #expect(interval.upper == 1)
  }

  private func all(
    bothPass: Int, gains: Int, losses: Int, bothFail: Int, alpha: Double
  ) -> [Interval] {
    let n = bothPass + gains + losses + bothFail
    return [
      .tango(gains: gains, losses: losses, trials: n, alpha: alpha),
      .newcombePaired(
        bothPass: bothPass, gains: gains, losses: losses, bothFail: bothFail, alpha: alpha),
      .newcombe(
        successes: bothPass + gains, trials: n, baselineSuccesses: bothPass + losses,
        baselineTrials: n, alpha: alpha),
      .miettinenNurminen(
        successes: bothPass + gains, trials: n, baselineSuccesses: bothPass + losses,
        baselineTrials: n, alpha: alpha),
      PairedExact.interval(gains: gains, losses: losses, trials: n, alpha: alpha),
    ]
  }

  @Test("Lie in −1...1, are never of zero width, hold the estimate and nest with confidence")
  func nest() {
    for (a, b, c, d) in [
      (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (50, 0, 0, 50), (10, 5, 0, 3),
      (0, 5, 5, 0), (97, 0, 3, 0), (900_000_000, 2_000_000, 1_000_000, 97_000_000),
    ] {
      let estimate = Double(b - c) / Double(a + b + c + d)
      var outer = [Interval](repeating: Interval(lower: -1, upper: 1), count: 5)
      for alpha in [1e-9, 0.01, 0.1, 0.4] {
        let intervals = all(bothPass: a, gains: b, losses: c, bothFail: d, alpha: alpha)
        for (inner, outer) in zip(intervals, outer) {
          #expect(inner.lower >= outer.lower - 1e-15 && inner.upper <= outer.upper + 1e-15)
          #expect(inner.width > 0)
          #expect(inner.lower <= estimate && estimate <= inner.upper)
        }
        outer = intervals
      }
    }
  }

  @Test("Without units, or at a level that claims nothing, all of −1...1")
  func nothing() {
    let anything = [Interval](repeating: Interval(lower: -1, upper: 1), count: 5)
    #expect(all(bothPass: 0, gains: 0, losses: 0, bothFail: 0, alpha: 0.05) == anything)
    #expect(all(bothPass: 5, gains: 2, losses: 1, bothFail: 3, alpha: .nan) == anything)
  }

  @Test("Tango without flips is ±z²/(n + z²)")
  func noFlips() {
    let interval = Interval.tango(gains: 0, losses: 0, trials: 300, alpha: 0.1)
    let square = 2.705543454095404  // z(.95)² by scipy 1.17.1
    #expect(abs(interval.upper - square / (300 + square)) < 1e-12)
    #expect(abs(interval.lower + square / (300 + square)) < 1e-12)
  }

  @Test("Swapping the models turns a difference round")
  func antisymmetric() {
    let forth = all(bothPass: 31, gains: 9, losses: 4, bothFail: 6, alpha: 0.05)
    let back = all(bothPass: 31, gains: 4, losses: 9, bothFail: 6, alpha: 0.05)
    for (one, other) in zip(forth, back) {
      #expect(abs(one.lower + other.upper) < 1e-12)
      #expect(abs(one.upper + other.lower) < 1e-12)
    }
  }

  /// Every table of n pairs, weighed by its probability: exact where it says so.
  @Test("Exact bounds of paired differences cover, at the worst rates as well")
  func exactCoverage() {
    let n = 25
    for (gain, loss) in [(0.0, 0.05), (0, 0.2), (0.1, 0.1), (0.02, 0.3), (0, 0)] {
      var (interval, bound) = (0.0, 0.0)
      for gains in 0...n {
        for losses in 0...(n - gains) {
          let chance = exp(
            binomialLogMass(gains, trials: n, probability: gain)
              + binomialLogMass(losses, trials: n - gains, probability: loss / (1 - gain)))
          if PairedExact.interval(gains: gains, losses: losses, trials: n, alpha: 0.1)
            .contains(gain - loss)
          {
            interval += chance
          }
          if PairedExact.lowerBound(losses: losses, trials: n, alpha: 0.05) <= gain - loss {
            bound += chance
          }
        }
      }
      #expect(interval >= 0.9 - 1e-12)
      #expect(bound >= 0.95 - 1e-12)
    }
  }
}
