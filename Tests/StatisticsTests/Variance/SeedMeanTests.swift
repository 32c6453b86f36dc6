import Statistics
import Testing

@Suite("Seed mean")
struct SeedMeanTests {
  @Test("Runs that are all alike have a mean and no interval")
  func noSpread() throws {
    let seeds = try SeedMean([0.1, 0.1, 0.1])
    #expect(abs(seeds.mean - 0.1) < 1e-16)
    #expect(seeds.standardDeviation == 0)
    #expect(throws: StatisticsError.noSpread(argument: "values")) {
      try seeds.interval(alpha: 0.05)
    }
  }

  @Test("A large mean does not swallow a small spread")
  func precision() throws {
    let seeds = try SeedMean([1e9 + 1, 1e9 + 2, 1e9 + 3])
    #expect(seeds.standardDeviation == 1)
    #expect(seeds.mean == 1e9 + 2)
  }

  @Test("One run says nothing about a spread; a billion say it all")
  func factors() {
    let one = SeedMean.standardDeviationFactors(runs: 1, alpha: 0.05)
    #expect(one == Interval(lower: 0, upper: .infinity))
    let many = SeedMean.standardDeviationFactors(runs: 1_000_000_000, alpha: 0.05)
    #expect(many.lower < 1 && many.upper > 1 && many.width < 1e-4)
    var wider = Interval(lower: 0, upper: .infinity)
    for alpha in [1e-12, 0.01, 0.05, 0.5] {
      let factors = SeedMean.standardDeviationFactors(runs: 5, alpha: alpha)
      #expect(wider.lower < factors.lower && factors.upper < wider.upper)
      wider = factors
    }
  }

  @Test("A level that claims nothing gets everything", arguments: [0, -1, Double.nan])
  func level(alpha: Double) throws {
    #expect(
      SeedMean.standardDeviationFactors(runs: 5, alpha: alpha)
        == Interval(lower: 0, upper: .infinity))
    let seeds = try SeedMean([0.1, 0.2])
    #expect(try seeds.interval(alpha: alpha) == Interval(lower: -.infinity, upper: .infinity))
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "values", count: 1, minimum: 2)) {
      try SeedMean([1])
    }
    #expect(throws: StatisticsError.notFinite(argument: "values", index: 0)) {
      try SeedMean([.infinity, 1])
    }
  }
}
