import Foundation
import Statistics
import Testing

@Suite("Intervals of rates")
struct BinomialIntervalTests {
  /// Those to gate and show with.
  static let methods: [BinomialIntervalMethod] = [
    .wilson, .clopperPearson, .jeffreys, .uniformPrior,
  ]

  @Test("Lie in 0...1, are never of zero width and nest with confidence", arguments: methods)
  func nest(method: BinomialIntervalMethod) {
    for trials in [1, 2, 7, 100, 5000, 1_000_000_000] {
      for successes in Set([0, 1, trials / 3, trials - trials / 50, trials - 1, trials]) {
        var outer = Interval(lower: 0, upper: 1)
        for alpha in [0, 1e-12, 1e-4, 0.01, 0.05, 0.2, 0.5] {
          let interval = method.interval(successes: successes, trials: trials, alpha: alpha)
          #expect(interval.lower >= outer.lower && interval.upper <= outer.upper)
          #expect(interval.width > 0)
          outer = interval
        }
      }
    }
  }

  @Test("Rise with the successes", arguments: methods)
  func monotone(method: BinomialIntervalMethod) {
    for trials in [1, 30, 400] {
      let intervals = (0...trials).map {
        method.interval(successes: $0, trials: trials, alpha: 0.05)
      }
      for (fewer, more) in zip(intervals, intervals.dropFirst()) {
        #expect(fewer.lower < more.lower)
        #expect(fewer.upper < more.upper)
      }
    }
  }

  @Test("Without trials, or at a level that claims nothing, all of 0...1", arguments: methods)
  func nothing(method: BinomialIntervalMethod) {
    let anything = Interval(lower: 0, upper: 1)
    #expect(method.interval(successes: 0, trials: 0, alpha: 0.05) == anything)
    for alpha in [0, -1, .nan] {
      #expect(method.interval(successes: 5, trials: 9, alpha: alpha) == anything)
    }
    let widest = method.interval(successes: 5, trials: 9, alpha: 2)
    #expect(widest.lower <= widest.upper)
  }

  @Test("Mirror passes and failures", arguments: methods)
  func mirror(method: BinomialIntervalMethod) {
    for successes in 0...40 {
      let interval = method.interval(successes: successes, trials: 40, alpha: 0.05)
      let mirrored = method.interval(successes: 40 - successes, trials: 40, alpha: 0.05)
      #expect(abs(interval.lower + mirrored.upper - 1) < 1e-14)
    }
  }

  @Test("One billion trials are as quick as ten")
  func billion() {
    let n = 1_000_000_000
    let interval = Interval.clopperPearson(successes: n - 3, trials: n, alpha: 0.05)
    // Three failures are Poisson here; scipy 1.17.1 chi2.isf(.025, 8)/2 and chi2.ppf(.025, 6)/2.
    #expect(abs((1 - interval.lower) * 1e9 - 8.767273069) < 1e-6)
    #expect(abs((1 - interval.upper) * 1e9 - 0.618672116) < 1e-6)
    let flawless = ClopperPearson.lower(successes: n, trials: n, alpha: 0.05)
    #expect(abs(flawless - exp(log(0.05) / 1e9)) < 1e-15)
  }

  @Test(
    "The worst true size of a nominal 5 % gate at p0 = .99, from 20 trials on",
    arguments: [
      (BinomialIntervalMethod.wald, 20, 82), (.jeffreys, 191, 15), (.wilson, 268, 7),
    ])
  func gates(method: BinomialIntervalMethod, trials: Int, percent: Int) {
    let worst = method.gateSize(trials: trials, target: 0.99, alpha: 0.1)
    #expect(Int((100 * worst).rounded()) == percent)
    for other in 20...400 {
      #expect(method.gateSize(trials: other, target: 0.99, alpha: 0.1) <= worst)
      let exact = BinomialIntervalMethod.clopperPearson
      #expect(exact.gateSize(trials: other, target: 0.99, alpha: 0.1) <= 0.05)
    }
  }

  @Test("The exact lower bound exceeds a target exactly where the exact test shows it")
  func duality() {
    for trials in [1, 14, 59, 103, 1000] {
      for target in [0.3, 0.8, 0.9, 0.95] {
        for alpha in [0.05, 0.0304, 0.001] {
          let test = ExactBinomialTest(trials: trials, target: target, alpha: alpha)
          for failures in 0...min(trials, 60) {
            let lower = ClopperPearson.lower(
              successes: trials - failures, trials: trials, alpha: alpha)
            #expect((lower >= target) == (test?.passes(failures: failures) ?? false))
          }
        }
      }
    }
  }

  @Test("Exact intervals cover, at every rate", arguments: [1, 12, 60])
  func coverage(trials: Int) {
    for rate in stride(from: 0.0, through: 1, by: 0.02) {
      let covered = BinomialIntervalMethod.clopperPearson.coverage(
        trials: trials, rate: min(1, rate), alpha: 0.1)
      #expect(covered >= 0.9 - 1e-12)
    }
  }

  @Test("A posterior's belief and its interval agree")
  func posterior() {
    let posterior = BetaPosterior(successes: 95, trials: 100)
    let interval = posterior.interval(alpha: 0.1)
    #expect(abs(posterior.probability(atLeast: interval.lower) - 0.95) < 1e-12)
    #expect(abs(posterior.probability(atLeast: interval.upper) - 0.05) < 1e-12)
    #expect(posterior.probability(atLeast: 0) == 1)
    #expect(posterior.probability(atLeast: 1) == 0)
    let prior = BetaPosterior(successes: 0, trials: 0).interval(alpha: 0.05)
    #expect(abs(prior.lower - 0.025) < 1e-14)
  }

  @Test("F1 without any positive says nothing, and rises with the true positives")
  func f1() {
    let none = Interval.f1(
      truePositives: 0, falsePositives: 0, falseNegatives: 0, alpha: 0.05)
    #expect(none == Interval(lower: 0, upper: 1))
    let perfect = Interval.f1(
      truePositives: 50, falsePositives: 0, falseNegatives: 0, alpha: 0.05)
    #expect(perfect.upper == 1 && perfect.lower < 1)
    let some = (0...20).map {
      Interval.f1(
        truePositives: $0, falsePositives: 5, falseNegatives: 5, alpha: 0.05,
        method: .clopperPearson)
    }
    #expect(zip(some, some.dropFirst()).allSatisfy { $0.lower < $1.lower })
  }
}
