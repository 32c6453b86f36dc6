import Foundation
import Testing
import Tuning

/// The promise, put to the test: the real loop and the real ledger against simulated candidates
/// that resemble their parents. One behavior sits exactly at its target, so every certificate is
/// false; the others always pass.
@Suite("Simulated runs")
struct SimulationTests {
  static let worlds = 2000
  static let alpha = 0.05
  /// α plus three standard errors of a rate of α over the worlds.
  static let tolerated =
    alpha + 3 * (alpha * (1 - alpha) / Double(worlds)).squareRoot()

  struct Kind: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var atTarget: Double
    var others: Int
    var devItems = 60
    var sealedItems = 200
    /// Rounds of each run, one run after the other; runs go on after passes.
    var rounds: [Int]
    /// Targets of the behavior at its true rate, run by run; lower ones first would be honest
    /// claims, so they only rise here.
    var targets: [Double]?
  }

  static let kinds = [
    Kind(testDescription: "one run of 30 rounds", atTarget: 0.9, others: 2, rounds: [30]),
    Kind(
      testDescription: "five runs of 8 rounds, going on after passes", atTarget: 0.9, others: 2,
      rounds: [8, 8, 8, 8, 8]),
    Kind(
      testDescription: "alone, few sealed items", atTarget: 0.8, others: 0, sealedItems: 40,
      rounds: [15, 15]),
    Kind(
      testDescription: "targets edited between runs", atTarget: 0.85, others: 1,
      rounds: [6, 6, 6, 6, 6], targets: [0.85, 0.9, 0.86, 0.85, 0.88]),
  ]

  @Test("Each certificate is false in at most 5 % of runs", arguments: kinds)
  func falseCertificates(kind: Kind) async {
    let issued = await Self.certificates(of: kind, leaks: false)
    for ordinal in 1...kind.rounds.count {
      let rate = Double(issued.count { $0 >= ordinal }) / Double(Self.worlds)
      #expect(rate <= Self.tolerated, "certificate \(ordinal) of \(kind.testDescription)")
    }
  }

  @Test("A loop that sees the sealed score issues false certificates: the check can fail")
  func positiveControl() async {
    let kind = Kind(testDescription: "leak", atTarget: 0.9, others: 2, rounds: [30])
    let issued = await Self.certificates(of: kind, leaks: true)
    #expect(Double(issued.count { $0 >= 1 }) / Double(Self.worlds) > 0.25)
  }

  @Test("A true claim is certified about as often as the plan says")
  func power() async {
    // One attempt: the base already passes dev, and the loop attempts it at once.
    let kind = Kind(
      testDescription: "true claim", atTarget: 0.97, others: 0, devItems: 300, rounds: [0])
    let issued = await Self.certificates(of: kind, leaks: false, target: 0.9)
    let pool = SealedPool(units: kind.sealedItems, budget: Self.alpha)
    let planned = pool.power(target: 0.9, at: 0.97)
    let sigma = (planned * (1 - planned) / Double(Self.worlds)).squareRoot()
    let measured = Double(issued.count { $0 >= 1 }) / Double(Self.worlds)
    #expect(abs(measured - planned) <= 3 * sigma + 0.002)
  }

  /// Certificates issued in each world.
  private static func certificates(of kind: Kind, leaks: Bool, target: Double? = nil) async -> [Int] {
    await withTaskGroup(of: (Int, Int).self) { group in
      for world in 0..<worlds {
        group.addTask { (world, certificates(of: kind, leaks: leaks, target: target, world: world)) }
      }
      var issued = [Int](repeating: 0, count: worlds)
      for await (world, count) in group { issued[world] = count }
      return issued
    }
  }

  private static func certificates(
    of kind: Kind, leaks: Bool, target: Double?, world: Int
  ) -> Int {
    let first = SimulatedRun.Behavior(
      target: target ?? kind.atTarget, hope: 1 - (1 - kind.atTarget) / 3,
      trueRate: kind.atTarget, devItems: kind.devItems, sealedItems: kind.sealedItems)
    let other = SimulatedRun.Behavior(
      target: kind.atTarget, hope: 1 - (1 - kind.atTarget) / 3, trueRate: 1,
      devItems: kind.devItems, sealedItems: kind.sealedItems)
    var simulation = SimulatedRun(
      behaviors: [first] + Array(repeating: other, count: kind.others), confidence: 1 - alpha,
      leaksSealedGrades: leaks, seed: UInt64(world) &* 7919 &+ 17)
    return kind.rounds.indices.count { index in
      let targets = kind.targets.map { targets in
        [targets[index]] + Array(repeating: kind.atTarget, count: kind.others)
      }
      return simulation.run(rounds: kind.rounds[index], targets: targets).certified
    }
  }
}
