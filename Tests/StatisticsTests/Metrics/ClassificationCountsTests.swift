import Statistics
import Testing

@Suite("Classification counts")
struct ClassificationCountsTests {
  @Test("Every label against the rest")
  func perLabel() throws {
    let counts = try ClassificationCounts(
      truth: ["a", "b", "b", "c"], predicted: ["a", "b", "d", "b"])
    #expect(counts.labels == ["a", "b", "d", "c"])
    #expect(
      counts["b"]
        == ConfusionCounts(
          truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 1))
    #expect(
      counts["d"]
        == ConfusionCounts(
          truePositives: 0, falsePositives: 1, falseNegatives: 0, trueNegatives: 3))
    #expect(counts["e"] == nil)
    #expect(counts.accuracy == 0.5)
    #expect(counts.microF1 == 0.5)
    #expect(abs(counts.macroF1 - 1.5 / 4) < 1e-15)
    #expect(abs(counts.weightedF1 - 2.0 / 4) < 1e-15)
  }

  @Test("One class, rightly predicted, is 1 by every average")
  func oneClass() throws {
    let counts = try ClassificationCounts(truth: [7, 7], predicted: [7, 7])
    #expect(counts.macroF1 == 1 && counts.microF1 == 1 && counts.weightedF1 == 1)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "truth", count: 0, minimum: 1)) {
      try ClassificationCounts(truth: [Int](), predicted: [])
    }
    #expect(throws: StatisticsError.self) {
      try ClassificationCounts(truth: [1], predicted: [1, 2])
    }
  }
}
