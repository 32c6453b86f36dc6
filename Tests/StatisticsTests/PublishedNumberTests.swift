import Foundation
import Statistics
import Testing

/// The numbers that Hone's documentation states.
@Suite("Published numbers")
struct PublishedNumberTests {
  @Test(
    "Zero failures needed at α = .05", arguments: [(0.8, 14), (0.9, 29), (0.95, 59), (0.99, 299)])
  func zeroFailures(target: Double, n: Int) {
    #expect(zeroFailureSampleSize(target: target, alpha: 0.05) == n)
  }

  @Test("Plans for .90 → .97")
  func plans() {
    let first = AlphaSpending(alpha: 0.05).level(attempt: 1)
    let plans = [(0.05, 0.1, 103, 5), (first, 0.1, 124, 6), (first, 0.02, 176, 10)]
    for (alpha, beta, n, c) in plans {
      let test = ExactBinomialTest.smallest(target: 0.9, hope: 0.97, alpha: alpha, beta: beta)
      #expect(test.trials == n)
      #expect(test.maximumFailures == c)
    }
  }

  @Test(
    "Joint chance of five behaviors, in percent",
    arguments: [
      (100, 0.85, 0.93, 21), (100, 0.85, 0.95, 72), (100, 0.85, 0.97, 98), (100, 0.9, 0.97, 37),
      (150, 0.85, 0.94, 83), (150, 0.85, 0.95, 96),
    ])
  func jointChance(n: Int, target: Double, rate: Double, percent: Int) throws {
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    let test = try #require(ExactBinomialTest(trials: n, target: target, alpha: level))
    #expect(Int((pow(test.power(at: rate), 5) * 100).rounded()) == percent)
  }

  @Test("100 sealed units at α₁ show .90 in 82 % of cases if the truth is .97")
  func oneBehavior() throws {
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    #expect(abs(level - 0.0304) < 5e-5)
    let test = try #require(ExactBinomialTest(trials: 100, target: 0.9, alpha: level))
    #expect(Int((test.power(at: 0.97) * 100).rounded()) == 82)
  }

  @Test("The sixth first-time pass in a row is made at .0025")
  func sixPasses() {
    var budget = 0.05
    for _ in 1..<6 { budget = AlphaSpending(alpha: budget).level(attempt: 1) }
    #expect(abs(AlphaSpending(alpha: budget).level(attempt: 1) - 0.0025) < 5e-5)
  }

  @Test("The same pool by a capped SPRT: 71 %")
  func cappedSPRT() {
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    let test = BernoulliSPRT(target: 0.9, hope: 0.97, alpha: level, beta: 0.1)
    let result = OperatingCharacteristics(of: .sprt(test, maximumTrials: 100), at: 0.97)
    #expect(Int((result.passProbability * 100).rounded()) == 71)
  }

  /// The largest of all pools of 20 to 400 units.
  @Test(
    "What a nominal 5 % gate at .99 really is, in percent",
    arguments: [
      (BinomialIntervalMethod.wald, 82), (.jeffreys, 15), (.wilson, 7), (.clopperPearson, 5),
    ])
  func sizesOfGates(method: BinomialIntervalMethod, percent: Int) throws {
    var worst = 0.0
    for n in 20...400 {
      // One-sided 95 %: the lower end of a two-sided 90 % interval. It rises with successes.
      let passing = (0...n).reversed().prefix {
        method.interval(successes: $0, trials: n, alpha: 0.1).lower > 0.99
      }
      guard let fewest = passing.last else { continue }
      worst = max(worst, binomialSurvival(fewest, trials: n, probability: 0.99))
    }
    #expect(Int((worst * 100).rounded()) == percent)
    if method == .clopperPearson { #expect(worst <= 0.05) }
  }

  @Test("Five behaviors at 82 % each hold together in 37 %")
  func five() {
    #expect(Int((JointPower.independent(power: 0.82, behaviors: 5) * 100).rounded()) == 37)
  }

  @Test("Model calls for .90 → .97: fixed 103, SPRT 16 at .80 and 73 at .97")
  func modelCalls() {
    let plan = ExactBinomialTest.smallest(target: 0.9, hope: 0.97, alpha: 0.05, beta: 0.1)
    #expect(plan.trials == 103)
    let test = BernoulliSPRT(target: 0.9, hope: 0.97, alpha: 0.05, beta: 0.1)
    let rule = StoppingRule.sprt(test, maximumTrials: 3 * plan.trials)
    for (rate, calls) in [(0.8, 16), (0.97, 73)] {
      let mean = OperatingCharacteristics(of: rule, at: rate).expectedTrials
      #expect(Int(mean.rounded()) == calls)
    }
  }

  /// Attempt k at the level that the ledger leaves. The documentation's sequential figures are 1,128
  /// curtailed, 730 truncated-beta and 582 SPRT, on a path of rates that it does not state; on an
  /// even rise, with at most three times the fixed n each, they come out as here.
  @Test("Model calls of a 12-round loop from .60 to .97: fixed 2,859, and what sequences save")
  func loop() {
    var (fixed, curtailed, mixed, sprt) = (0, 0.0, 0.0, 0.0)
    for round in 1...12 {
      let rate = 0.6 + 0.37 * Double(round - 1) / 11
      let level = AlphaSpending(alpha: 0.05).level(attempt: round)
      let plan = ExactBinomialTest.smallest(target: 0.9, hope: 0.97, alpha: level, beta: 0.1)
      func calls(_ rule: StoppingRule) -> Double {
        OperatingCharacteristics(of: rule, at: rate).expectedTrials
      }
      fixed += plan.trials
      curtailed += plan.expectedTrials(at: rate)
      mixed += calls(
        .truncatedBeta(
          TruncatedBetaTest(target: 0.9, hope: 0.97, alpha: level, beta: 0.1),
          maximumTrials: 3 * plan.trials))
      sprt += calls(
        .sprt(
          BernoulliSPRT(target: 0.9, hope: 0.97, alpha: level, beta: 0.1),
          maximumTrials: 3 * plan.trials))
    }
    #expect(fixed == 2859)
    #expect(Int(curtailed.rounded()) == 1051)
    #expect(Int(mixed.rounded()) == 720)
    #expect(Int(sprt.rounded()) == 591)
    for (mine, stated) in [(curtailed, 1128.0), (mixed, 730), (sprt, 582)] {
      #expect(abs(mine / stated - 1) < 0.08)
    }
  }

  @Test("Miller's examples: n = 969 for three points; 13.3 and 7.6 points with 198 examples")
  func miller() {
    let plan = PairedComparisonPlan(varianceBetweenExamples: 1.0 / 9)
    #expect(plan.wholeSampleSize(detecting: 0.03, alpha: 0.05, power: 0.8) == 969)
    for (replies, effect) in [(1, 0.1327), (10, 0.0757)] {
      let noisy = PairedComparisonPlan(
        varianceBetweenExamples: 1.0 / 9, noiseA: 1.0 / 6, noiseB: 1.0 / 6, repliesA: replies,
        repliesB: replies)
      let detectable = noisy.minimumDetectableEffect(examples: 198, alpha: 0.05, power: 0.8)
      #expect(abs(detectable - effect) < 1e-4)
    }
  }

  /// n = 200, every candidate truly at .9; each redraws every grade with probability .12. The start
  /// is the first round.
  @Test("Choosing on the gate's own score: 30 % false certificates by round 10, 94 % by round 30")
  func naiveReuse() {
    let runs = 4000
    var generator = SeededGenerator(seed: 5)
    func grades(from old: [Bool]?) -> [Bool] {
      (0..<200).map { index in
        if let old, generator.nextUniform() >= 0.12 { return old[index] }
        return generator.nextUniform() < 0.9
      }
    }
    let levels = (1...30).map { AlphaSpending(alpha: 0.05).level(attempt: $0) }
    let limits = levels.map {
      ExactBinomialTest(trials: 200, target: 0.9, alpha: $0)?.maximumFailures ?? -1
    }
    #expect(ExactBinomialTest(trials: 200, target: 0.9, alpha: 0.05)?.maximumFailures == 12)
    var (byRound10, byRound30, verdictOnly) = (0, 0, 0)
    for _ in 0..<runs {
      var kept = grades(from: nil)
      var failures = kept.count { !$0 }
      var first = failures <= 12 ? 1 : Int.max
      // The candidates of the honest loop do not depend on the gate.
      var candidate = kept
      var certified = failures <= limits[0]
      for round in 2...30 {
        let challenger = grades(from: kept)
        let its = challenger.count { !$0 }
        if its <= failures { (kept, failures) = (challenger, its) }
        if failures <= 12 { first = min(first, round) }
        candidate = grades(from: candidate)
        if candidate.count(where: { !$0 }) <= limits[round - 1] { certified = true }
      }
      if first <= 10 { byRound10 += 1 }
      if first <= 30 { byRound30 += 1 }
      if certified { verdictOnly += 1 }
    }
    func expectRate(_ count: Int, _ rate: Double) {
      let sigma = (rate * (1 - rate) / Double(runs)).squareRoot()
      // Half a percent is what the stated figures are rounded by.
      #expect(abs(Double(count) / Double(runs) - rate) < 3 * sigma + 0.005)
    }
    expectRate(byRound10, 0.30)
    expectRate(byRound30, 0.94)
    expectRate(verdictOnly, 0.02)
  }
}
