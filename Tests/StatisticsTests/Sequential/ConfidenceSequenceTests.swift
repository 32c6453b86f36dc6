import Foundation
import Statistics
import Testing

@Suite("Confidence sequences for pass rates")
struct ConfidenceSequenceTests {
  typealias Method = @Sendable (_ s: Int, _ n: Int, _ alpha: Double) -> Interval

  static let methods: [Method] = [
    { ConfidenceSequence.betaBinomial(successes: $0, trials: $1, alpha: $2) },
    {
      ConfidenceSequence.betaBinomial(
        successes: $0, trials: $1, alpha: $2, priorAlpha: 20, priorBeta: 0.5)
    },
    { ConfidenceSequence.bernoulli(successes: $0, trials: $1, alpha: $2, optimalTrials: 100) },
    { ConfidenceSequence.bernoulli(successes: $0, trials: $1, alpha: $2, optimalTrials: 1) },
  ]

  @Test("Inside [0, 1], never a point, nested, and rising with successes")
  func properties() {
    for method in Self.methods {
      for n in [0, 1, 2, 9, 60] {
        var previous = Interval(lower: 0, upper: 0)
        for s in 0...n {
          let interval = method(s, n, 0.05)
          #expect(0 <= interval.lower && interval.lower < interval.upper && interval.upper <= 1)
          #expect(interval.lower >= previous.lower && interval.upper >= previous.upper)
          previous = interval
          let wider = method(s, n, 0.01)
          #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
          if n > 0 {
            let rate = Double(s) / Double(n)
            #expect(interval.lower <= rate && rate <= interval.upper)
          }
          let mirrored = method(n - s, n, 0.05)
          if n < 2 { #expect(mirrored.upper <= 1) }
        }
        #expect(method(0, n, 0.05).lower == 0)
        #expect(method(n, n, 0.05).upper == 1)
      }
      #expect(method(0, 0, 0.05) == Interval(lower: 0, upper: 1))
    }
  }

  @Test("Covers the rate at every look up to 400 together, by carrying all paths")
  func coverage() {
    for (index, method) in Self.methods.enumerated() {
      for rate in [0.5, 0.9, 0.99] {
        let missed = OperatingCharacteristics(maximumTrials: 400, rate: rate) { s, f in
          let interval = method(s, s + f, 0.1)
          return interval.lower <= rate && rate <= interval.upper ? .undecided : .stop
        }
        #expect(missed.stopProbability <= 0.1 + 1e-12, "method \(index), rate \(rate)")
      }
    }
  }

  @Test("A level of 0, less, or NaN claims nothing; one of 1 or more little")
  func levels() throws {
    for alpha in [0, -1, Double.nan] {
      for method in Self.methods { #expect(method(7, 9, alpha) == Interval(lower: 0, upper: 1)) }
      #expect(try ConfidenceSequence.betting([1, 0.5], alpha: alpha).width == 1)
      #expect(try ConfidenceSequence.bettingLowerBound([1, 0.5], alpha: alpha) == 0)
      #expect(try ConfidenceSequence.bettingUpperBound([1, 0.5], alpha: alpha) == 1)
      #expect(try ConfidenceSequence.empiricalBernstein([1, 0.5], alpha: alpha).width == 1)
      #expect(try ConfidenceSequence.hoeffding([1, 0.5], alpha: alpha).width == 1)
      #expect(throws: StatisticsError.self) {
        try ConfidenceSequence.betting([.nan], alpha: alpha)
      }
      #expect(TruncatedBetaMixture().lowerBound(successes: 9, trials: 9, alpha: alpha) == 0)
      #expect(TruncatedBetaMixture().upperBound(successes: 0, trials: 9, alpha: alpha) == 1)
      #expect(BernoulliSPRT.lowerBound(successes: 9, trials: 9, hope: 0.9, alpha: alpha) == 0)
      #expect(
        NormalMixture(optimalVariance: 1, isOneSided: true).bound(
          variance: 1, alpha: alpha) == .infinity)
    }
    for alpha in [1, 1.5, Double.infinity] {
      for method in Self.methods {
        let interval = method(7, 9, alpha)
        #expect(0 <= interval.lower && interval.lower < interval.upper && interval.upper <= 1)
      }
      let betting = try ConfidenceSequence.betting([1, 0.5, 0.7], alpha: alpha)
      #expect(0 <= betting.lower && betting.lower <= betting.upper && betting.upper <= 1)
    }
  }

  @Test("A billion trials")
  func many() {
    for method in Self.methods {
      let interval = method(999_000_000, 1_000_000_000, 0.05)
      #expect(interval.lower < 0.999 && interval.upper > 0.999)
      #expect(interval.width < 2e-5 && interval.width > 4e-6)
      let none = method(0, 1_000_000_000, 0.05)
      #expect(none.lower == 0 && none.upper > 0 && none.upper < 1e-6)
    }
  }

  @Test("The normal mixture gives no bounds without values, and tight ones near its optimum")
  func normalMixture() {
    let empty = ConfidenceSequence.normalMixture(sum: 0, count: 0, alpha: 0.05, optimalCount: 100)
    #expect(empty == Interval(lower: -.infinity, upper: .infinity))
    func width(_ optimal: Double) -> Double {
      ConfidenceSequence.normalMixture(sum: 500, count: 1000, alpha: 0.05, optimalCount: optimal)
        .width
    }
    #expect(width(1000) < width(100) && width(1000) < width(10_000))
    #expect(width(1000) > 2 * 1.96 * 0.5 / 1000.0.squareRoot())
  }
}
