import Statistics
import Testing

@Suite("Crossed variance components")
struct CrossedVarianceComponentsTests {
  @Test("Estimates are right on average")
  func unbiased() throws {
    var generator = SeededGenerator(seed: 12)
    // Uniform on ±√3, so of variance 1.
    func effect(_ deviation: Double) -> Double {
      (2 * generator.nextUniform() - 1) * 3.0.squareRoot() * deviation
    }
    let runs = 500
    var sums = (items: 0.0, seeds: 0.0, rest: 0.0)
    for _ in 0..<runs {
      let seeds = (0..<8).map { _ in effect(0.5) }
      let scores = (0..<20).map { _ in
        let item = effect(1)
        return seeds.map { item + $0 + effect(0.3) }
      }
      let components = try CrossedVarianceComponents(scores: scores)
      sums.items += components.itemVariance
      sums.seeds += components.seedVariance
      sums.rest += components.residualVariance
    }
    // Relative SDs of single estimates are below √(2/19), √(2/7) and √(2/133), with room.
    #expect(abs(sums.items / Double(runs) - 1) < 3 * 0.33 / 22)
    #expect(abs(sums.seeds / Double(runs) / 0.25 - 1) < 3 * 0.56 / 22)
    #expect(abs(sums.rest / Double(runs) / 0.09 - 1) < 3 * 0.13 / 22)
  }

  @Test("Pure sums leave no rest, and parts that cannot be negative are not")
  func exact() throws {
    let additive = try CrossedVarianceComponents(scores: [[1, 2, 4], [11, 12, 14]])
    #expect(additive.meanSquareResidual < 1e-28)
    #expect(abs(additive.seedVariance - 7.0 / 3) < 1e-12)
    #expect(abs(additive.itemVariance - 50) < 1e-12)
    let opposed = try CrossedVarianceComponents(scores: [[1, 0], [0, 1]])
    #expect(opposed.itemVariance == 0 && opposed.seedVariance == 0)
    #expect(opposed.residualVariance == 1)
    #expect(opposed.standardError == 0.5)
    let constant = try CrossedVarianceComponents(scores: [[1, 1], [1, 1]])
    #expect(constant.standardError == 0)
  }

  @Test("More examples never remove the seeds' part")
  func planning() throws {
    let components = try CrossedVarianceComponents(scores: [[0.8, 0.7], [0.5, 0.2], [0.9, 0.8]])
    let floor = (components.seedVariance / 2).squareRoot()
    #expect(components.standardError(items: 3, seeds: 2) == components.standardError)
    #expect(components.standardError(items: 1_000_000_000, seeds: 2) > floor * 0.999999)
    #expect(components.standardErrorGivenItems <= components.standardError)
    #expect(components.standardErrorGivenSeeds <= components.standardError)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "scores", count: 1, minimum: 2)) {
      try CrossedVarianceComponents(scores: [[1, 2]])
    }
    #expect(throws: StatisticsError.tooFew(argument: "scores[0]", count: 1, minimum: 2)) {
      try CrossedVarianceComponents(scores: [[1], [2]])
    }
    #expect(throws: StatisticsError.notFinite(argument: "scores[1]", index: 0)) {
      try CrossedVarianceComponents(scores: [[1, 2], [.nan, 2]])
    }
    #expect(throws: StatisticsError.self) {
      try CrossedVarianceComponents(scores: [[1, 2], [1, 2, 3]])
    }
    #expect(throws: StatisticsError.self) { try CrossedVarianceComponents(scores: []) }
  }
}
