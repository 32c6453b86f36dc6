import Statistics
import Testing

@Suite("Learning curve")
struct LearningCurveTests {
  static let sizes = [50.0, 100, 200, 400]

  /// Units that fail as a law says: each has a difficulty of its own, the same at every size.
  static func passes(_ law: InversePowerLaw, units: Int, seed: UInt64) -> [[[Bool]]] {
    var generator = SeededGenerator(seed: seed)
    let difficulties = (0..<units).map { _ in generator.nextUniform() }
    return sizes.map { size in
      let chains = size == sizes.last ? 1 : 3
      return (0..<chains).map { _ in difficulties.map { $0 >= law.error(at: size) } }
    }
  }

  @Test("A goal within reach: the number is in its range, and near the truth")
  func reached() throws {
    let law = InversePowerLaw(asymptote: 0.02, scale: 3, exponent: 0.5)
    let truth = try #require(law.size(reaching: 0.12))
    #expect(abs(truth - 900) < 1e-9)
    let curve = try LearningCurve(
      sizes: Self.sizes, passes: Self.passes(law, units: 2000, seed: 1), seed: 7)
    guard case .reached(let size, let range) = curve.forecast(reaching: 0.88) else {
      Issue.record("\(curve.forecast(reaching: 0.88))")
      return
    }
    #expect(range.lower <= size && size <= range.upper)
    #expect(range.lower > 400 && range.upper < 8 * 400)
    #expect(abs(size / truth - 1) < 0.35)
  }

  @Test("A curve that has flattened: the goal is out of reach, and the limit is where it stands")
  func flat() throws {
    let law = InversePowerLaw(asymptote: 0.16, scale: 5, exponent: 1)
    let curve = try LearningCurve(
      sizes: Self.sizes, passes: Self.passes(law, units: 600, seed: 2), seed: 7)
    guard case .outOfReach(let estimate, let range) = curve.forecast(reaching: 0.93) else {
      Issue.record("\(curve.forecast(reaching: 0.93))")
      return
    }
    #expect(range.lower <= estimate && estimate <= range.upper)
    #expect(estimate > 0.75 && range.upper < 0.93)
  }

  @Test("Few units: nothing is said of a goal that may or may not be reached")
  func unknown() throws {
    let law = InversePowerLaw(asymptote: 0.05, scale: 2, exponent: 0.5)
    var firm = 0
    for seed in 1...20 {
      let curve = try LearningCurve(
        sizes: Self.sizes, passes: Self.passes(law, units: 20, seed: UInt64(seed)), seed: 7)
      // The law itself gets to 0.085 within the horizon: 0.9 is near enough to be a toss-up.
      switch curve.forecast(reaching: 0.9) {
      case .reached, .outOfReach: firm += 1
      case .perhaps, .unknown: break
      }
    }
    #expect(firm < 10)
  }

  @Test("The middle 80 % hold the rate with twice the examples about as often")
  func coverage() throws {
    let law = InversePowerLaw(asymptote: 0.04, scale: 2, exponent: 0.5)
    let truth = 1 - law.error(at: 800)
    let runs = 120
    let held = try (0..<runs).count { run in
      let curve = try LearningCurve(
        sizes: Self.sizes, passes: Self.passes(law, units: 300, seed: UInt64(100 + run)),
        resamples: 100, seed: 7)
      let range = curve.rate(at: 800).range
      return range.lower <= truth && truth <= range.upper
    }
    // Of 120 runs at 80 %, three standard deviations are 13; the law is the true one here.
    #expect(held >= 96 - 13)
  }

  @Test("The same seed gives the same curve, another one other replicates")
  func seeded() throws {
    let passes = Self.passes(
      InversePowerLaw(asymptote: 0.1, scale: 2, exponent: 0.6), units: 100, seed: 3)
    let curve = try LearningCurve(sizes: Self.sizes, passes: passes, seed: 7)
    #expect(try LearningCurve(sizes: Self.sizes, passes: passes, seed: 7) == curve)
    #expect(try LearningCurve(sizes: Self.sizes, passes: passes, seed: 8) != curve)
    #expect(curve.rate(at: 1e9).estimate == curve.rate(at: 3200).estimate, "the horizon")
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "units", count: 1, minimum: 2)) {
      try LearningCurve(sizes: [1, 2, 3], passes: [[[true]], [[true]], [[true]]], seed: 7)
    }
    #expect(throws: StatisticsError.tooFew(argument: "chains", count: 0, minimum: 1)) {
      try LearningCurve(
        sizes: [1, 2, 3], passes: [[[true, false]], [], [[true, true]]], seed: 7)
    }
    #expect(throws: StatisticsError.self) {
      try LearningCurve(
        sizes: [1, 2, 3], passes: [[[true, false]], [[true]], [[true, true]]], seed: 7)
    }
  }
}
