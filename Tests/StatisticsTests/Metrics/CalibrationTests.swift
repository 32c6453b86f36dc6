import Statistics
import Testing

@Suite("Calibration")
struct CalibrationTests {
  @Test("An edge belongs to the bin below it, as rounded; 0 to the first")
  func edges() throws {
    let calibration = try Calibration(
      probabilities: [0, 0.1, 0.3, 0.30000000000000004, 0.5, 1],
      outcomes: [false, false, true, true, true, true])
    #expect(calibration.bins.map(\.count) == [2, 0, 2, 0, 1, 0, 0, 0, 0, 1])
    #expect(calibration.bins.first?.lower == 0)
    #expect(calibration.bins.last?.upper == 1)
    #expect(calibration.bins[1].rate == nil && calibration.bins[1].meanProbability == nil)
    #expect(calibration.bins[1].error == 0)
    #expect(calibration.bins[2].rate == 1)
    #expect(calibration.maximumError == 0.7)
  }

  @Test("Sure and right: no error; sure and wrong: all of it")
  func extremes() throws {
    let right = try Calibration(probabilities: [1, 0, 1], outcomes: [true, false, true], bins: 3)
    #expect(right.expectedError == 0 && right.maximumError == 0)
    #expect(try brierScore(probabilities: [1, 0], outcomes: [true, false]) == 0)
    let wrong = try Calibration(probabilities: [1, 0], outcomes: [false, true], bins: 1)
    #expect(wrong.expectedError == 0)
    #expect(try Calibration(probabilities: [1, 0], outcomes: [false, true]).expectedError == 1)
    #expect(try brierScore(probabilities: [1, 0], outcomes: [false, true]) == 1)
  }

  @Test("Probabilities that come true have a small error, more so in large bins")
  func calibrated() throws {
    var generator = SeededGenerator(seed: 4)
    let probabilities = (0..<100_000).map { _ in generator.nextUniform() }
    let outcomes = probabilities.map { generator.nextUniform() < $0 }
    let calibration = try Calibration(probabilities: probabilities, outcomes: outcomes)
    #expect(calibration.expectedError < 0.01)
    let few = try Calibration(
      probabilities: Array(probabilities.prefix(50)), outcomes: Array(outcomes.prefix(50)))
    #expect(few.expectedError > calibration.expectedError)
    // E[p(1 − p)] over uniform p is 1/6.
    #expect(abs(try brierScore(probabilities: probabilities, outcomes: outcomes) - 1 / 6) < 0.003)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "probabilities", count: 0, minimum: 1)) {
      try Calibration(probabilities: [], outcomes: [])
    }
    #expect(throws: StatisticsError.notFinite(argument: "probabilities", index: 1)) {
      try brierScore(probabilities: [0.5, .nan], outcomes: [true, true])
    }
    #expect(throws: StatisticsError.self) { try brierScore(probabilities: [], outcomes: []) }
    #expect(throws: StatisticsError.self) {
      try Calibration(probabilities: [1.1], outcomes: [true])
    }
    #expect(throws: StatisticsError.self) {
      try Calibration(probabilities: [0.1], outcomes: [])
    }
  }
}
