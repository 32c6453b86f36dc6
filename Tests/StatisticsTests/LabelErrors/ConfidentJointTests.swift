import Statistics
import Testing

@Suite("Confident learning")
struct ConfidentJointTests {
  /// Eight examples of three classes. By hand:
  /// ```
  /// t_0 = (0.9 + 0.8 + 0.1) / 3       = 0.6
  /// t_1 = (0.7 + 0.6 + 0.2) / 3       = 0.5
  /// t_2 = (0.4 + 0.2) / 2             = 0.3
  /// ```
  static let probabilities = [
    [0.9, 0.05, 0.05],  // given 0: confidently 0
    [0.8, 0.1, 0.1],  // given 0: confidently 0
    [0.1, 0.85, 0.05],  // given 0: confidently 1
    [0.2, 0.7, 0.1],  // given 1: confidently 1
    [0.1, 0.6, 0.3],  // given 1: 0.6 ≥ 0.5 and 0.3 ≥ 0.3, the former is higher
    [0.45, 0.2, 0.35],  // given 1: only 0.35 ≥ 0.3, though class 0 is likelier
    [0.3, 0.3, 0.4],  // given 2: confidently 2
    [0.65, 0.15, 0.2],  // given 2: confidently 0
  ]
  static let given = [0, 0, 0, 1, 1, 1, 2, 2]

  @Test("Thresholds, counts and suspects of an example worked by hand")
  func worked() throws {
    let joint = try ConfidentJoint(probabilities: Self.probabilities, given: Self.given)
    for (threshold, expected) in zip(joint.thresholds, [0.6, 0.5, 0.3]) {
      #expect(abs(try #require(threshold) - expected) < 1e-12)
    }
    #expect(joint.counts == [[2, 1, 0], [0, 2, 1], [1, 0, 1]])
    #expect(joint.suspects.map(\.index) == [2, 7, 5])
    #expect(joint.suspects.map(\.suggested) == [1, 0, 2])
    let margins = [0.1 - 0.85, 0.2 - 0.65, 0.2 - 0.45]
    for (suspect, margin) in zip(joint.suspects, margins) {
      #expect(abs(suspect.margin - margin) < 1e-12)
      #expect(suspect.given == Self.given[suspect.index])
    }
  }

  @Test("Labels as the probabilities have them are not suspected; a class without examples is none")
  func clean() throws {
    let joint = try ConfidentJoint(
      probabilities: [[0.7, 0.2, 0.1], [0.4, 0.5, 0.1]], given: [0, 1])
    #expect(joint.suspects.isEmpty)
    #expect(joint.thresholds[2] == nil)
    #expect(try ConfidentJoint(probabilities: [], given: []).suspects.isEmpty)
  }

  @Test("Confident of another class, but surer still of the given one: no suspect")
  func surerOfGiven() throws {
    // t_0 = 0.9, t_1 = 0.3: the second example has 0.35 of class 1, and 0.65 of its own class 0.
    let joint = try ConfidentJoint(
      probabilities: [[1, 0], [0.65, 0.35], [1, 0], [0.7, 0.3]], given: [0, 0, 0, 1])
    #expect(joint.counts[0] == [2, 1])
    #expect(joint.suspects.isEmpty)
  }

  /// Two classes, a calibrated classifier, and a tenth of the labels turned around.
  @Test(
    "Of labels that were turned around most are named, and most that are named were",
    arguments: 1...3)
  func flipped(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var probabilities: [[Double]] = []
    var given: [Int] = []
    var flipped: Set<Int> = []
    for index in 0..<2000 {
      // Mostly sure, never certain.
      let sure =
        1 - 0.5 * generator.nextUniform() * generator.nextUniform() * generator.nextUniform()
      let truth = generator.nextUniform() < 0.5 ? 0 : 1
      let answer = generator.nextUniform() < sure ? truth : 1 - truth
      probabilities.append(answer == 0 ? [sure, 1 - sure] : [1 - sure, sure])
      let isFlipped = generator.nextUniform() < 0.1
      if isFlipped { flipped.insert(index) }
      given.append(isFlipped ? 1 - truth : truth)
    }
    let joint = try ConfidentJoint(probabilities: probabilities, given: given)
    let named = Set(joint.suspects.map(\.index))
    let right = Double(named.intersection(flipped).count)
    #expect(right / Double(named.count) > 0.6, "chance is 0.1")
    #expect(right / Double(flipped.count) > 0.6)
    let surest = joint.suspects.prefix(50)
    #expect(surest.count { flipped.contains($0.index) } >= 40)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.self) {
      try ConfidentJoint(probabilities: [[1, 0]], given: [0, 1])
    }
    #expect(throws: StatisticsError.self) {
      try ConfidentJoint(probabilities: [[1, 0], [1]], given: [0, 0])
    }
    #expect(throws: StatisticsError.self) {
      try ConfidentJoint(probabilities: [[1.5, 0]], given: [0])
    }
  }
}
