import Statistics
import Testing

@Suite("Fleiss' kappa")
struct FleissKappaTests {
  @Test("1 where all agree, below 0 where they avoid each other")
  func extremes() throws {
    #expect(try fleissKappa(counts: [[3, 0], [0, 3], [3, 0]]) == 1)
    #expect(try abs(fleissKappa(counts: [[1, 1], [1, 1]]) + 1) < 1e-14)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.oneCategory(argument: "counts")) {
      try fleissKappa(counts: [[3, 0], [3, 0]])
    }
    let unequal = StatisticsError.unequalRatings(
      argument: "counts", index: 1, count: 4, expected: 3)
    #expect(throws: unequal) { try fleissKappa(counts: [[3, 0], [2, 2]]) }
    #expect(
      unequal.description
        == "counts[1] has 4 ratings, the others have 3. "
        + "Use Krippendorff's alpha, which takes units with gaps.")
    #expect(throws: StatisticsError.self) { try fleissKappa(counts: []) }
    #expect(throws: StatisticsError.self) { try fleissKappa(counts: [[]]) }
    #expect(throws: StatisticsError.self) { try fleissKappa(counts: [[1, 0], [0, 1]]) }
    #expect(throws: StatisticsError.self) { try fleissKappa(counts: [[2, 0], [2]]) }
    #expect(throws: StatisticsError.self) { try fleissKappa(counts: [[4, -2], [1, 1]]) }
  }
}
