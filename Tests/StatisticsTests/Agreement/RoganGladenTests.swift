import Statistics
import Testing

@Suite("Rogan and Gladen")
struct RoganGladenTests {
  @Test("A perfect judge needs no correction; a coin allows none")
  func extremes() throws {
    let perfect = try #require(try RoganGladen(judgedRate: 0.7, specificity: 1, sensitivity: 1))
    #expect(perfect.estimate == 0.7)
    #expect(try RoganGladen(judgedRate: 0.7, specificity: 0.5, sensitivity: 0.5) == nil)
    #expect(try RoganGladen(judgedRate: 0.7, specificity: 0.1, sensitivity: 0.8) == nil)
  }

  @Test("Estimates stay rates where the judge passes less than it should on bad replies alone")
  func cutOff() throws {
    let low = try #require(try RoganGladen(judgedRate: 0.01, specificity: 0.9, sensitivity: 0.9))
    let high = try #require(try RoganGladen(judgedRate: 0.99, specificity: 0.9, sensitivity: 0.9))
    #expect(low.estimate == 0)
    #expect(high.estimate == 1)
    let interval = low.interval(judged: 5000, labeledFailures: 9, labeledPasses: 9, alpha: 0.05)
    #expect(interval.lower == 0 && interval.upper > 0)
  }

  @Test("Without counts the interval is everything and the error infinite")
  func empty() throws {
    let judge = try #require(try RoganGladen(judgedRate: 0.8, specificity: 0.9, sensitivity: 0.9))
    for counts in [(0, 9, 9), (9, 0, 9), (9, 9, 0)] {
      #expect(
        judge.interval(
          judged: counts.0, labeledFailures: counts.1, labeledPasses: counts.2, alpha: 0.05)
          == Interval(lower: 0, upper: 1))
      #expect(
        judge.standardError(
          judged: counts.0, labeledFailures: counts.1, labeledPasses: counts.2) == .infinity)
    }
  }

  @Test("Intervals nest with confidence, lie in [0, 1], and are never of zero width")
  func intervals() throws {
    for (rate, q0, q1) in [(1.0, 1.0, 1.0), (0, 1, 1), (0.5, 0.6, 0.7), (0.97, 0.8, 0.99)] {
      let judge = try #require(
        try RoganGladen(judgedRate: rate, specificity: q0, sensitivity: q1))
      var wider = Interval(lower: 0, upper: 1)
      for alpha in [.nan, 0, 0.001, 0.05, 0.3] {
        let interval = judge.interval(
          judged: 200, labeledFailures: 40, labeledPasses: 60, alpha: alpha)
        #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
        #expect(interval.width > 0)
        wider = interval
      }
    }
  }

  @Test("The interval covers in about 95 % of samples")
  func coverage() throws {
    let (rate, q0, q1) = (0.8, 0.85, 0.9)
    var generator = SeededGenerator(seed: 11)
    func share(of count: Int, _ probability: Double) -> Double {
      Double((0..<count).count { _ in generator.nextUniform() < probability }) / Double(count)
    }
    let runs = 2000
    let covered = try (0..<runs).count { _ in
      let judge = try RoganGladen(
        judgedRate: share(of: 300, rate * q1 + (1 - rate) * (1 - q0)),
        specificity: share(of: 80, q0), sensitivity: share(of: 80, q1))
      let interval = judge?.interval(
        judged: 300, labeledFailures: 80, labeledPasses: 80, alpha: 0.05)
      return interval.map { $0.lower <= rate && rate <= $0.upper } ?? true
    }
    // The method is approximate: one point of coverage is granted to it.
    let sigma = (0.95 * 0.05 / Double(runs)).squareRoot()
    #expect(Double(covered) / Double(runs) > 0.94 - 3 * sigma)
  }

  @Test("Rates that are none are refused")
  func errors() {
    #expect(throws: StatisticsError.notFinite(argument: "judgedRate", index: 0)) {
      try RoganGladen(judgedRate: .nan, specificity: 0.9, sensitivity: 0.9)
    }
    #expect(throws: StatisticsError.self) {
      try RoganGladen(judgedRate: 0.5, specificity: 1.2, sensitivity: 0.9)
    }
  }
}
