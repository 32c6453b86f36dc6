import Statistics
import Testing

@Suite("Split conformal prediction")
struct SplitConformalTests {
  /// 100·0.29 and 20·0.35 are a little less than whole in binary.
  @Test(
    "The rank is ⌈(n+1)(1−α)⌉ of the decimal α",
    arguments: [(99, 0.1, 90), (99, 0.29, 71), (99, 0.07, 93), (19, 0.35, 13), (18, 0.05, 19)])
  func rank(n: Int, alpha: Double, rank: Int) {
    #expect(SplitConformal.rank(calibrationCount: n, alpha: alpha) == rank)
  }

  @Test("Too few scores accept all; α = 1 accepts none")
  func extremes() throws {
    #expect(try SplitConformal.threshold(scores: [], alpha: 0.1) == .infinity)
    #expect(try SplitConformal.threshold(scores: [1, 2, 3], alpha: 0.1) == .infinity)
    #expect(try SplitConformal.threshold(scores: [3, 1, 2], alpha: 0.25) == 3)
    #expect(try SplitConformal.threshold(scores: [3, 1, 2], alpha: 0) == .infinity)
    #expect(try SplitConformal.threshold(scores: [3, 1, 2], alpha: .nan) == .infinity)
    #expect(try SplitConformal.threshold(scores: [3, 1, 2], alpha: 1) == -.infinity)
    let all = SplitConformal.coverage(calibrationCount: 3, alpha: 0.1)
    #expect(all.mean == 1 && all.quantile(0.05) == 1)
    let none = SplitConformal.coverage(calibrationCount: 3, alpha: 1)
    #expect(none.mean == 0 && none.quantile(0.95) == 0)
    #expect(
      SplitConformal.rank(calibrationCount: 1_000_000_000, alpha: 0.1) == 900_000_001)
    #expect(throws: StatisticsError.notFinite(argument: "scores", index: 1)) {
      try SplitConformal.threshold(scores: [1, .nan], alpha: 0.1)
    }
  }

  @Test("Uniform scores are covered as Beta(a, b) says")
  func coverage() throws {
    var generator = SeededGenerator(seed: 6)
    let runs = 4000
    let law = SplitConformal.coverage(calibrationCount: 49, alpha: 0.1)
    let thresholds = try (0..<runs).map { _ in
      try SplitConformal.threshold(
        scores: (0..<49).map { _ in generator.nextUniform() }, alpha: 0.1)
    }
    let below = thresholds.count { $0 < law.quantile(0.05) }
    let sigma = (0.05 * 0.95 / Double(runs)).squareRoot()
    #expect(abs(Double(below) / Double(runs) - 0.05) < 3 * sigma)
    let mean = thresholds.reduce(0, +) / Double(runs)
    let spread = (0.9 * 0.1 / 51 / Double(runs)).squareRoot()
    #expect(abs(mean - law.mean) < 3 * spread)
  }
}
