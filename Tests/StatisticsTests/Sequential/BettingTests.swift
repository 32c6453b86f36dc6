import Foundation
import Statistics
import Testing

@Suite("Betting on means")
struct BettingTests {
  private static func path(_ bits: Int, _ count: Int) -> [Double] {
    (0..<count).map { bits >> $0 & 1 == 1 ? 1 : 0 }
  }

  private static func scores(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in 1 - generator.nextUniform() * generator.nextUniform() }
  }

  @Test("Neither gambler gains on average against the true mean, whatever the bets")
  func fair() throws {
    let n = 10
    for mean in [0.2, 0.5, 0.9] {
      for truncation in [0.5, 1] {
        var (above, below, larger, sum) = (0.0, 0.0, 0.0, 0.0)
        for bits in 0..<(1 << n) {
          let values = Self.path(bits, n)
          let capital = try HedgedCapital(values, alpha: 0.05, truncation: truncation)
          let s = bits.nonzeroBitCount
          let chance = pow(mean, Double(s)) * pow(1 - mean, Double(n - s))
          above += chance * exp(capital.logCapitalAbove(mean))
          below += chance * exp(capital.logCapitalBelow(mean))
          larger += chance * exp(capital.logMaximum(mean))
          sum += chance * exp(capital.logSum(mean))
        }
        #expect(abs(above - 1) < 1e-12 && abs(below - 1) < 1e-12 && abs(sum - 1) < 1e-12)
        #expect(larger <= 1 + 1e-12)
      }
    }
  }

  @Test("Nor without replacement, over all orders in which a population can be drawn")
  func fairWithoutReplacement() throws {
    let population = [1, 0.5, 0, 1, 0.25, 0.75]
    let mean = population.reduce(0, +) / 6
    var (above, below, count) = (0.0, 0.0, 0.0)
    func draw(_ drawn: [Double], _ rest: [Double]) throws {
      if drawn.count == 4 {
        let capital = try HedgedCapital(drawn, alpha: 0.05, populationSize: 6)
        above += exp(capital.logCapitalAbove(mean))
        below += exp(capital.logCapitalBelow(mean))
        count += 1
        return
      }
      for index in rest.indices {
        var others = rest
        let value = others.remove(at: index)
        try draw(drawn + [value], others)
      }
    }
    try draw([], population)
    #expect(abs(above / count - 1) < 1e-12 && abs(below / count - 1) < 1e-12)
  }

  @Test("Bounds are roots: what a fine grid finds, and exact")
  func roots() throws {
    let values = Self.scores(60, seed: 4)
    for running in [false, true] {
      let capital = try HedgedCapital(values, alpha: 0.05)
      let interval = capital.interval(running: running)
      func isRejected(_ mean: Double) throws -> Bool {
        let times = running ? Array(1...values.count) : [values.count]
        return try times.contains {
          try HedgedCapital(Array(values.prefix($0)), alpha: 0.05).logMaximum(mean) >= log(20)
        }
      }
      let kept = try (0...400).map { Double($0) / 400 }.filter { try !isRejected($0) }
      let (first, last) = (try #require(kept.first), try #require(kept.last))
      #expect(interval.lower <= first && first - 1 / 400.0 <= interval.lower)
      #expect(interval.upper >= last && last + 1 / 400.0 >= interval.upper)
      if !running {
        #expect(abs(capital.logCapitalAbove(interval.lower) - log(40)) < 1e-9)
        #expect(abs(capital.logCapitalBelow(interval.upper) - log(40)) < 1e-9)
      }
    }
  }

  @Test("Mirrored values mirror the bounds; running bounds are inside the others")
  func symmetry() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let values = Self.scores(80, seed: seed)
      let interval = try ConfidenceSequence.betting(values, alpha: 0.1)
      let mirrored = try ConfidenceSequence.betting(values.map { 1 - $0 }, alpha: 0.1)
      #expect(abs(interval.lower + mirrored.upper - 1) < 1e-12)
      #expect(abs(interval.upper + mirrored.lower - 1) < 1e-12)
      let last = try ConfidenceSequence.betting(values, alpha: 0.1, running: false)
      #expect(last.lower <= interval.lower && interval.upper <= last.upper)
      #expect(0 <= interval.lower && interval.lower < interval.upper && interval.upper <= 1)
    }
  }

  @Test("Bounds nest with confidence: for exchangeable scores, and for the same bets always")
  func nesting() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let values = Self.scores(100, seed: seed)
      let intervals = try [0.2, 0.05, 0.01, 0.001].map {
        try ConfidenceSequence.betting(values, alpha: $0)
      }
      for (narrow, wide) in zip(intervals, intervals.dropFirst()) {
        #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper)
      }
    }
    // A series that drifts from all failures to all passes.
    let drift = Array(repeating: 0.0, count: 10) + Array(repeating: 1.0, count: 200)
    let bets = PlugInBets(alpha: 0.025)
    let bounds = try [0.2, 0.05, 0.01].map {
      try HedgedCapital(drift, alpha: $0, weightAbove: 1, bets: bets).lowerBound()
    }
    #expect(bounds == bounds.sorted(by: >))
  }

  @Test("A series that drifts so far that every mean is rejected still has its ends in order")
  func crossing() throws {
    let drift = Array(repeating: 0.0, count: 10) + Array(repeating: 1.0, count: 600)
    for running in [false, true] {
      let capital = try HedgedCapital(drift, alpha: 0.05)
      #expect(capital.lowerBound(running: running) > capital.upperBound(running: running))
      let interval = capital.interval(running: running)
      #expect(0 <= interval.lower && interval.lower < interval.upper && interval.upper <= 1)
    }
  }

  @Test("Without replacement: inside what is still possible, and a point when all are drawn")
  func withoutReplacement() throws {
    let population = Self.scores(50, seed: 9)
    let mean = population.reduce(0, +) / 50
    var previous = Interval(lower: 0, upper: 1)
    for drawn in 0...50 {
      let interval = try ConfidenceSequence.betting(
        Array(population.prefix(drawn)), alpha: 0.05, populationSize: 50)
      #expect(interval.lower <= mean + 1e-12 && mean - 1e-12 <= interval.upper)
      #expect(previous.lower <= interval.lower + 1e-12 && interval.upper <= previous.upper + 1e-12)
      #expect(drawn == 50 ? interval.width == 0 : interval.width > 0)
      previous = interval
    }
    let half = try HedgedCapital(Array(population.prefix(25)), alpha: 0.05, populationSize: 50)
    #expect(half.logCapitalAbove(0) == .infinity && half.logCapitalBelow(1) == .infinity)
    #expect(!half.logMaximum(mean).isNaN && half.logMaximum(mean) < log(20))
    let none = try ConfidenceSequence.betting([], alpha: 0.05, populationSize: 0)
    #expect(none == Interval(lower: 0, upper: 1))
  }

  @Test("All passes, all failures, one value, none")
  func edges() throws {
    #expect(try ConfidenceSequence.betting([], alpha: 0.05) == Interval(lower: 0, upper: 1))
    let passes = try ConfidenceSequence.betting(Array(repeating: 1, count: 200), alpha: 0.05)
    #expect(passes.upper == 1 && passes.lower > 0.9 && passes.lower < 1)
    let failures = try ConfidenceSequence.betting(Array(repeating: 0, count: 200), alpha: 0.05)
    #expect(failures.lower == 0 && abs(failures.upper - (1 - passes.lower)) < 1e-15)
    let one = try ConfidenceSequence.betting([1], alpha: 0.05)
    // One bet cannot gain enough.
    #expect(one == Interval(lower: 0, upper: 1))
    let middle = try ConfidenceSequence.betting(Array(repeating: 0.5, count: 500), alpha: 0.05)
    #expect(middle.lower < 0.5 && middle.upper > 0.5 && middle.width < 0.1)
    #expect(try ConfidenceSequence.bettingLowerBound([], alpha: 0.05) == 0)
    #expect(try ConfidenceSequence.bettingUpperBound([], alpha: 0.05) == 1)
    let long = try HedgedCapital(Array(repeating: 1, count: 100_000), alpha: 0.05)
    #expect(long.logCapitalBelow(0.1).isFinite && long.logCapitalAbove(0.1) > 1000)
  }

  @Test("Bad values are refused, and named")
  func errors() {
    #expect(throws: StatisticsError.notFinite(argument: "values", index: 1)) {
      try ConfidenceSequence.betting([1, .nan], alpha: 0.05)
    }
    #expect(
      throws: StatisticsError.outOfRange(argument: "values", index: 0, value: 1.5, range: 0...1)
    ) {
      try ConfidenceSequence.empiricalBernstein([1.5], alpha: 0.05)
    }
    #expect(throws: StatisticsError.tooFew(argument: "populationSize", count: 1, minimum: 2)) {
      try ConfidenceSequence.hoeffding([1, 0], alpha: 0.05, populationSize: 1)
    }
    var test = BettingTest(target: 0.5, alpha: 0.05)
    let before = test
    #expect(throws: StatisticsError.self) { try test.observe(.nan) }
    #expect(throws: StatisticsError.self) { try test.observe(-0.1) }
    #expect(test == before)
  }

  @Test("The test one value at a time is the one-sided bound")
  func incremental() throws {
    for populationSize in [nil, 90] {
      for seed in 1...10 as ClosedRange<UInt64> {
        let values = Self.scores(90, seed: seed)
        var test = BettingTest(target: 0.6, alpha: 0.05, populationSize: populationSize)
        for value in values.prefix(80) { try test.observe(value) }
        let capital = try HedgedCapital(
          Array(values.prefix(80)), alpha: 0.05, weightAbove: 1, populationSize: populationSize)
        if test.logEValue.isFinite {
          #expect(abs(capital.logCapitalAbove(0.6) - test.logEValue) < 1e-9)
        }
        #expect(test.isShown == (capital.lowerBound() >= 0.6))
        #expect(test.decision == (test.isShown ? .pass : .undecided))
      }
    }
    var whole = BettingTest(target: 0.5, alpha: 0.05, populationSize: 4)
    for value in [1.0, 1, 0, 1] { try whole.observe(value) }
    #expect(whole.logEValue == .infinity)
    #expect(throws: StatisticsError.self) { try whole.observe(1) }
    var ends = BettingTest(target: 1, alpha: 0.05)
    for _ in 0..<100 { try ends.observe(1) }
    #expect(ends.logEValue == 0)
  }

  @Test("Covers the mean at every look, over all paths of 14 grades")
  func coverage() throws {
    let n = 14
    for mean in [0.3, 0.8] {
      var missed = 0.0
      for bits in 0..<(1 << n) {
        let capital = try HedgedCapital(Self.path(bits, n), alpha: 0.2)
        let s = bits.nonzeroBitCount
        if capital.lowerBound() > mean || capital.upperBound() < mean {
          missed += pow(mean, Double(s)) * pow(1 - mean, Double(n - s))
        }
      }
      #expect(missed <= 0.2)
    }
  }

  @Test("The closed forms are wider than betting, hold 0...1 without values, and shrink")
  func closedForms() throws {
    let values = Self.scores(400, seed: 2)
    let betting = try ConfidenceSequence.betting(values, alpha: 0.05)
    for isAdaptive in [true, false] {
      func form(_ values: [Double], _ alpha: Double, _ size: Int?) throws -> Interval {
        isAdaptive
          ? try ConfidenceSequence.empiricalBernstein(values, alpha: alpha, populationSize: size)
          : try ConfidenceSequence.hoeffding(values, alpha: alpha, populationSize: size)
      }
      #expect(try form([], 0.05, nil) == Interval(lower: 0, upper: 1))
      let interval = try form(values, 0.05, nil)
      #expect(interval.width > betting.width && interval.width < 0.3)
      let wider = try form(values, 0.01, nil)
      #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
      let finite = try form(values, 0.05, 410)
      #expect(finite.width < interval.width && finite.width > 0)
      let one = try form([1], 0.05, nil)
      #expect(one.lower >= 0 && one.upper == 1)
    }
  }

  @Test("A million grades in well under a second")
  func speed() throws {
    var generator = SeededGenerator(seed: 8)
    let grades = (0..<1_000_000).map { _ in generator.nextUniform() < 0.93 ? 1.0 : 0.0 }
    for populationSize in [nil, 2_000_000] {
      var found: Interval?
      let taken = try processorSeconds {
        found = try ConfidenceSequence.betting(grades, alpha: 0.05, populationSize: populationSize)
      }
      #expect(taken < 1)
      let interval = try #require(found)
      #expect(interval.lower < 0.93 && interval.upper > 0.93 && interval.width < 0.01)
    }
  }

  @Test("Non-inferiority asks whether the mean difference exceeds −margin")
  func nonInferiority() throws {
    var test = SequentialNonInferiority(margin: 0.05, alpha: 0.05)
    #expect(test.logEValue == 0 && !test.isShown)
    for _ in 0..<500 { try test.observe(candidate: 1, baseline: 1) }
    #expect(test.isShown)
    var worse = SequentialNonInferiority(margin: 0.05, alpha: 0.05)
    for index in 0..<500 { try worse.observe(difference: index % 10 == 0 ? -1 : 0) }
    #expect(!worse.isShown && worse.count == 500)
    #expect(throws: StatisticsError.self) { try worse.observe(difference: 1.5) }
    #expect(throws: StatisticsError.self) { try worse.observe(candidate: .nan, baseline: 0) }
    // Fair where the mean difference is −margin: −1 with chance .05, else 0.
    var mean = 0.0
    for bits in 0..<(1 << 12) {
      var pair = SequentialNonInferiority(margin: 0.05, alpha: 0.05)
      let drops = bits.nonzeroBitCount
      for index in 0..<12 { try pair.observe(difference: bits >> index & 1 == 1 ? -1 : 0) }
      mean += pow(0.05, Double(drops)) * pow(0.95, Double(12 - drops)) * exp(pair.logEValue)
    }
    #expect(abs(mean - 1) < 1e-12)
  }

  @Test("Sequential McNemar is fair where gains and losses are as likely")
  func mcNemar() {
    #expect(SequentialMcNemar().logEValue == 0 && SequentialMcNemar().logEValueTwoSided == 0)
    for n in [1, 9, 40] {
      var (one, two) = (0.0, 0.0)
      for gains in 0...n {
        let test = SequentialMcNemar(gains: gains, losses: n - gains)
        let chance = binomialLogMass(gains, trials: n, probability: 0.5)
        one += exp(chance + test.logEValue)
        two += exp(chance + test.logEValueTwoSided)
      }
      #expect(abs(one - 1) < 1e-12 && abs(two - 1) < 1e-12)
    }
    let many = SequentialMcNemar(gains: 500_050_000, losses: 499_950_000)
    // Laplace: twice the squared excess, and the width of the likelihood.
    #expect(abs(many.logEValueTwoSided - (5 + 0.5 * log(Double.pi / 2e9))) < 1e-6)
    #expect(many.logEValue.isFinite)
  }
}
