import Statistics
import Testing

@Suite("Selective risk")
struct SelectiveRiskTests {
  @Test("Equal confidences come in together, and coverage ends at 1")
  func curve() throws {
    let points = try SelectiveRisk.curve(
      confidences: [0.5, 0.9, 0.5, 0.7, 0.9], correct: [false, true, true, false, true])
    #expect(points.map(\.threshold) == [0.9, 0.7, 0.5])
    #expect(points.map(\.accepted) == [2, 3, 5])
    #expect(points.map(\.errors) == [0, 1, 2])
    #expect(points.map(\.coverage) == [0.4, 0.6, 1])
    #expect(points[0].accuracy == 1)
    #expect(abs(points[2].accuracy - 0.6) < 1e-15)
    #expect(try SelectiveRisk.curve(confidences: [], correct: []).isEmpty)
  }

  @Test("Without accepted units the risk may be anything")
  func bound() {
    #expect(SelectiveRisk.upperBound(errors: 0, accepted: 0, alpha: 0.05) == 1)
    #expect(SelectiveRisk.upperBound(errors: 9, accepted: 9, alpha: 0.05) == 1)
    #expect(SelectiveRisk.upperBound(errors: 0, accepted: 1_000_000_000, alpha: 0.05) < 3.1e-9)
    for errors in 1...50 {
      #expect(
        SelectiveRisk.upperBound(errors: errors, accepted: 50, alpha: 0.05)
          >= SelectiveRisk.upperBound(errors: errors - 1, accepted: 50, alpha: 0.05))
    }
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.notFinite(argument: "confidences", index: 0)) {
      try SelectiveRisk.curve(confidences: [.nan], correct: [true])
    }
    #expect(throws: StatisticsError.self) {
      try SelectiveRisk.curve(confidences: [1], correct: [])
    }
  }
}
