import Foundation
import Statistics
import Testing

@Suite("Mixtures of Howard et al.")
struct MixtureSupermartingaleTests {
  static let mixtures: [any MixtureSupermartingale] = [
    NormalMixture(optimalVariance: 100, isOneSided: true),
    NormalMixture(optimalVariance: 100, isOneSided: false),
    BetaBinomialMixture(
      optimalVariance: 100, lowerRange: 0.2, upperRange: 0.8, isOneSided: true),
    BetaBinomialMixture(
      optimalVariance: 100, lowerRange: 0.2, upperRange: 0.8, isOneSided: false),
    GammaExponentialMixture(optimalVariance: 100, scale: 2),
    GammaPoissonMixture(optimalVariance: 100, scale: 2),
  ]

  @Test("Zero at the start, rising in the sum, and 1/α at the bound")
  func bounds() {
    for mixture in Self.mixtures {
      #expect(abs(mixture.logValue(sum: 0, variance: 0)) < 1e-12)
      for variance in [0.5, 10, 100, 1e4, 1e9] {
        for alpha in [0.05, 1e-6] {
          let bound = mixture.bound(variance: variance, alpha: alpha)
          #expect(bound > 0)
          if bound < mixture.largestSum(variance: variance) {
            #expect(abs(mixture.logValue(sum: bound, variance: variance) + log(alpha)) < 1e-6)
          } else {
            #expect(mixture.logValue(sum: bound, variance: variance) < -log(alpha))
          }
          #expect(
            mixture.logValue(sum: bound * 0.5, variance: variance)
              < mixture.logValue(sum: bound, variance: variance))
          #expect(!mixture.logValue(sum: -3 * variance, variance: variance).isNaN)
        }
      }
    }
  }

  @Test("For grades the beta-binomial mixtures have mean one, exactly")
  func betaBinomial() {
    let rate = 0.2
    for mixture in Self.mixtures[2...3] {
      for n in [1, 6, 25] {
        let mean = (0...n).reduce(0.0) { sum, s in
          let value = mixture.logValue(
            sum: Double(s) - rate * Double(n), variance: rate * (1 - rate) * Double(n))
          return sum + exp(binomialLogMass(s, trials: n, probability: rate) + value)
        }
        #expect(abs(mean - 1) < 1e-11)
      }
    }
  }

  @Test("For grades the sub-Gaussian and sub-Poisson mixtures have mean at most one")
  func dominated() {
    for rate in [0.2, 0.5, 0.9] {
      for n in [1, 6, 25, 200] {
        func mean(_ value: (Double) -> Double) -> Double {
          (0...n).reduce(0) { sum, s in
            sum
              + exp(
                binomialLogMass(s, trials: n, probability: rate)
                  + value(Double(s) - rate * Double(n)))
          }
        }
        let gaussian = 0.25 * Double(n)
        for mixture in Self.mixtures[0...1] {
          #expect(mean { mixture.logValue(sum: $0, variance: gaussian) } <= 1 + 1e-12)
        }
        // Increments are at most 1 − rate; their variance is known.
        let poisson = GammaPoissonMixture(optimalVariance: 10, scale: 1 - rate)
        let variance = rate * (1 - rate) * Double(n)
        #expect(mean { poisson.logValue(sum: $0, variance: variance) } <= 1 + 1e-12)
        // Sub-Poisson sums are sub-gamma, and sub-exponential with a scale that is no smaller.
        let exponential = GammaExponentialMixture(optimalVariance: 10, scale: 1 - rate)
        #expect(mean { exponential.logValue(sum: $0, variance: variance) } <= 1 + 1e-12)
      }
    }
  }

  @Test("The stitched bound stays flat before its first epoch, and grows like √(v·ln ln v)")
  func stitching() {
    let bound = PolynomialStitchingBound(minimumVariance: 10)
    let start = bound.bound(variance: 10, alpha: 0.05)
    #expect(bound.bound(variance: 0, alpha: 0.05) == start)
    #expect(bound.bound(variance: 11, alpha: 0.05) > start)
    let ratio = { (v: Double) in bound.bound(variance: v, alpha: 0.05) / v.squareRoot() }
    #expect(ratio(1e12) < 2 * ratio(1e3))
    #expect(bound.bound(variance: 10, alpha: 0.01) > start)
  }
}
