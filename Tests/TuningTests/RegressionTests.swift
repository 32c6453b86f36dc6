import Foundation
import Statistics
import Suites
import Testing
import Tuning

/// The regression test against models of known truth: how often it cries wolf, and how often it
/// sees what was planted.
@Suite("Regression test, simulated", .serialized)
struct RegressionTests {
  static let runs = 1000
  /// 5 %, and three standard deviations of the count.
  static let tolerated = 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot()

  private func share(_ happens: (inout SeededGenerator) -> Bool) -> Double {
    var generator = SeededGenerator(seed: 23)
    return Double((0..<Self.runs).count { _ in happens(&generator) }) / Double(Self.runs)
  }

  /// Equal models: the share of comparisons that accuse at least one behavior.
  private func alarms(_ world: ComparisonWorld, candidates: Int, rate: Double) -> Double {
    share { generator in
      var baseline = world.grades({ _ in rate }, using: &generator)
      for _ in 1..<candidates {
        let other = world.grades({ _ in rate }, using: &generator)
        if world.devPasses(other) > world.devPasses(baseline) { baseline = other }
      }
      let model = world.grades({ _ in rate }, using: &generator)
      return world.compare(model, with: baseline).verdict == .regressed
    }
  }

  @Test("Equal models raise an alarm in at most 5 %, over 20 behaviors", arguments: [0.9, 0.98])
  func equalModels(rate: Double) throws {
    let world = try ComparisonWorld(behaviors: 20, devUnits: 0, gateUnits: 60)
    #expect(alarms(world, candidates: 1, rate: rate) <= Self.tolerated)
  }

  @Test("So do they with a baseline that was chosen as the best of 12 on dev")
  func chosenBaseline() throws {
    let world = try ComparisonWorld(behaviors: 20, devUnits: 20, gateUnits: 60)
    #expect(alarms(world, candidates: 12, rate: 0.9) <= Self.tolerated)
  }

  @Test(
    "Where dev has to serve, that baseline is optimistic: p counts once for each that it was chosen from",
    arguments: [1, 20])
  func optimisticBaseline(behaviors: Int) throws {
    var world = try ComparisonWorld(behaviors: behaviors, devUnits: 150, gateUnits: 0)
    #expect(world.units.behaviors.allSatisfy { $0.role == .dev })
    #expect(alarms(world, candidates: 12, rate: 0.9) <= Self.tolerated, "13 are assumed")
    world.baseline.candidates = 12
    #expect(alarms(world, candidates: 12, rate: 0.9) <= Self.tolerated)
    guard behaviors == 1 else { return }
    // Taken as chosen from one, it would accuse equal models.
    world.baseline.candidates = 1
    #expect(alarms(world, candidates: 12, rate: 0.9) > Self.tolerated)
  }

  @Test("Where dev serves, a drop is found with the power that is printed as well")
  func plantedOnDev() throws {
    var world = try ComparisonWorld(behaviors: 4, devUnits: 200, gateUnits: 0)
    world.baseline.candidates = 5
    try expectPrintedPower(of: world, everyFlipIsALoss: true)
  }

  @Test(
    "A drop of 10 points in one of 20 behaviors is found with the power that is printed",
    arguments: [false, true])
  func planted(everyFlipIsALoss: Bool) throws {
    try expectPrintedPower(
      of: try ComparisonWorld(behaviors: 20, devUnits: 0, gateUnits: 140),
      everyFlipIsALoss: everyFlipIsALoss)
  }

  private func expectPrintedPower(of world: ComparisonWorld, everyFlipIsALoss: Bool) throws {
    let (rate, drop) = (0.94, 0.1)
    var printed: [Int: ClosedRange<Double>] = [:]
    var promised = 0.0
    let found = share { generator in
      let baseline = world.grades({ _ in rate }, using: &generator)
      var model = baseline
      let other = world.grades({ _ in rate - drop }, using: &generator)
      model[0] =
        everyFlipIsALoss
        ? baseline[0].map { $0 && generator.nextUniform() >= drop / rate } : other[0]
      let comparison = world.compare(model, with: baseline)
      let first = comparison.behaviors[0]
      let passes = first.baselinePasses ?? 0
      let power = printed[passes] ?? comparison.power(of: first, drop: drop)
      printed[passes] = power
      promised += everyFlipIsALoss ? power.upperBound : power.lowerBound
      return first.verdict == .regressed
    }
    promised /= Double(Self.runs)
    let deviation = (promised * (1 - promised) / Double(Self.runs)).squareRoot()
    #expect(promised > 0.3, "power enough for the comparison to mean something")
    #expect(abs(found - promised) <= 3 * deviation, "found \(found), promised \(promised)")
  }
}
