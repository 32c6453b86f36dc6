import Foundation
import Statistics
import Suites
import Testing
import Tuning

/// The promise, put to the test: the real loop and the real error budget against simulated
/// candidates that resemble their parents. One behavior sits exactly at its target, so that every
/// certificate is false; the others always pass.
@Suite("Simulated runs", .serialized)
struct SimulationTests {
  static let worlds = 2000
  static let alpha = 0.05
  static let tolerated = SimulationSummary.tolerated(alpha, runs: worlds)

  struct Kind: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The true rate, and the target, of the first behavior.
    var rate = 0.9
    var behaviors = 3
    var devUnits = 60
    var sealedUnits = 200
    var isFresh = false
    var correlation = 0.0
    var clusterSize = 1
    /// Rounds of each run, one run after the other; runs go on after passes.
    var rounds = [30]
    /// Targets of the first behavior, run by run, where they are edited.
    var targets: [Double]?
    /// How its truth comes to `rate`.
    var path: [Double]?
    /// Where it has a ladder to climb: the truth of the first behavior on encoders of upper rungs.
    var upper: [Rung: [Double]] = [:]
    var flaw: SimulatedFlaw?

    var world: SimulatedWorld {
      SimulatedWorld(
        behaviors: (0..<behaviors).map { index in
          SimulatedBehavior(
            LoopBehavior(
              name: "behavior-\(index)", target: rate, hope: 1 - (1 - rate) / 3, trainUnits: 50,
              devUnits: devUnits,
              sealed: isFresh
                ? SealedPool(fresh: sealedUnits, budget: alpha)
                : SealedPool(units: sealedUnits, budget: alpha)),
            truth: index == 0
              ? TruthPath(path ?? [rate]) ?? TruthPath(always: rate)
              : TruthPath(always: 1),
            upperTruth: index == 0 ? upper.compactMapValues { TruthPath($0) } : [:])
        }, confidence: 1 - alpha, ladder: [.head] + upper.keys.sorted(), correlation: correlation,
        clusterSize: clusterSize,
        clusterCorrelation: clusterSize > 1 ? 0.6 : 0, flaw: flaw)
    }

    /// For each world, whether its first, second, ... certificate is false.
    func certificates() async throws -> [[Bool]] {
      let world = world
      return try await SimulatedStudy.repeating(worlds, threads: cores) { index in
        var run = SimulatedRun(world, seed: SimulatedStudy.seed(ofRun: index, seed: 17))
        return rounds.indices.compactMap { number in
          let edited = targets.map { [$0[number]] + Array(repeating: rate, count: behaviors - 1) }
          let result = run.run(rounds: rounds[number], patience: 30, targets: edited)
          return result.isCertified ? result.isFalse : nil
        }
      }
    }
  }

  static let cores = ProcessInfo.processInfo.activeProcessorCount

  static let kinds = [
    Kind(testDescription: "one behavior, 30 rounds", behaviors: 1),
    Kind(testDescription: "three behaviors, 30 rounds"),
    Kind(testDescription: "twenty behaviors, 30 rounds", behaviors: 20),
    Kind(
      testDescription: "five runs of 8 rounds, going on after passes", rounds: [8, 8, 8, 8, 8]),
    Kind(
      testDescription: "alone, few sealed units", rate: 0.8, behaviors: 1, sealedUnits: 40,
      rounds: [15, 15]),
    Kind(
      testDescription: "targets edited between runs", rate: 0.85, behaviors: 2,
      rounds: [6, 6, 6, 6, 6], targets: [0.85, 0.9, 0.86, 0.85, 0.88]),
    Kind(
      testDescription: "honest certificates first, then targets at the truth", rate: 0.85,
      behaviors: 2, rounds: [6, 6, 6, 6], targets: [0.75, 0.85, 0.8, 0.85]),
    Kind(testDescription: "correlated behaviors", behaviors: 5, correlation: 0.5),
    Kind(
      testDescription: "clustered examples, one graded of each", behaviors: 2, clusterSize: 4),
    Kind(
      testDescription: "a truth that rises to the target", behaviors: 2,
      path: [0.6, 0.7, 0.8, 0.85, 0.9]),
    Kind(
      testDescription: "a head short of the target, lora and full at it", behaviors: 2,
      path: [0.6, 0.8, 0.85], upper: [.lora: [0.86, 0.9], .full: [0.9]]),
    Kind(
      testDescription: "all rungs at the target, going on after passes", behaviors: 3,
      rounds: [12, 12, 12], upper: [.lora: [0.9], .full: [0.9]]),
    Kind(
      testDescription: "correlated and clustered, going on after passes", behaviors: 5,
      correlation: 0.3, clusterSize: 3, rounds: [10, 10, 10]),
  ]

  /// The same with attempts that use never-exposed examples and move them to `dev`.
  static let freshKinds = [
    Kind(testDescription: "fresh: one behavior", behaviors: 1, sealedUnits: 2000, isFresh: true),
    Kind(
      testDescription: "fresh: twenty behaviors", behaviors: 20, sealedUnits: 1200, isFresh: true),
    Kind(
      testDescription: "fresh: going on after passes", sealedUnits: 3000, isFresh: true,
      rounds: [8, 8, 8, 8, 8]),
    Kind(
      testDescription: "fresh: targets edited between runs", rate: 0.85, behaviors: 2,
      sealedUnits: 2000, isFresh: true, rounds: [6, 6, 6, 6],
      targets: [0.85, 0.75, 0.88, 0.85]),
    Kind(
      testDescription: "fresh: lora comes to the target", behaviors: 2, sealedUnits: 2000,
      isFresh: true, rounds: [20, 20], path: [0.6, 0.8], upper: [.lora: [0.88, 0.9]]),
    Kind(
      testDescription: "fresh: correlated and clustered", behaviors: 5, sealedUnits: 1500,
      isFresh: true, correlation: 0.5, clusterSize: 3, rounds: [15, 15]),
  ]

  @Test("Each certificate is false in at most 5 % of runs", arguments: kinds + freshKinds)
  func falseCertificates(kind: Kind) async throws {
    let issued = try await kind.certificates()
    for ordinal in kind.rounds.indices {
      let wrong = issued.count { $0.count > ordinal && $0[ordinal] }
      #expect(
        Double(wrong) / Double(Self.worlds) <= Self.tolerated,
        "certificate \(ordinal + 1) of \(kind.testDescription): \(wrong)")
    }
  }

  @Test("A loop that chooses on what certifies it is false in more than 25 %: the check can fail")
  func positiveControl() async throws {
    let kind = Kind(testDescription: "leak", flaw: .choosesOnSealed)
    let issued = try await kind.certificates()
    #expect(issued.count { $0.first == true } > Self.worlds / 4)
  }

  @Test("Counting every example of a cluster as a unit breaks the level")
  func clustersCounted() async throws {
    var kind = Kind(testDescription: "all of a cluster", behaviors: 1, clusterSize: 4)
    kind.rounds = [30]
    kind.flaw = .countsAllOfACluster
    let issued = try await kind.certificates()
    let wrong = Double(issued.count { $0.first == true }) / Double(Self.worlds)
    #expect(wrong > Self.tolerated, "\(wrong)")
  }

  // MARK: - Climbing

  /// What a head cannot reach, and lora can.
  static let lifted = Kind(
    testDescription: "", behaviors: 2, devUnits: 100, path: [0.6, 0.85],
    upper: [.lora: [0.97], .full: [0.97]])

  @Test("A run climbs where a head is not enough, certifies there, and no higher than it must")
  func climbs() async throws {
    let study = SimulatedStudy(world: Self.lifted.world, runs: 500, rounds: 12, seed: 2)
    let summary = SimulationSummary(
      try await study.results(threads: Self.cores), rounds: 12, confidence: 1 - Self.alpha)
    #expect(summary.certifiedShare.lower > 0.9)
    #expect(summary.falseCertificates == 0)
    #expect(summary.climbedTo[.lora, default: 0] + summary.climbedTo[.full, default: 0] > 495)
    #expect(summary.climbedTo[.full, default: 0] < 100)
    var headOnly = study
    headOnly.world.ladder = [.head]
    let head = SimulationSummary(
      try await headOnly.results(threads: Self.cores), rounds: 12, confidence: 1 - Self.alpha)
    #expect(head.certifiedShare.upper < 0.05)
  }

  @Test("Where a head is enough, no run climbs")
  func staysDown() async throws {
    var kind = Self.lifted
    kind.path = [0.6, 0.99]
    let study = SimulatedStudy(world: kind.world, runs: 500, rounds: 12, seed: 2)
    let results = try await study.results(threads: Self.cores)
    #expect(results.count { $0.climbedTo != .head } <= 5)
  }

  // MARK: - Power

  @Test(
    "One attempt passes about as often as the plan says", arguments: [1, 5], [false, true])
  func power(behaviors: Int, isFresh: Bool) async throws {
    // The base passes dev, and is attempted at once; there are no further rounds.
    let results = try await study(rates: 0.97, behaviors: behaviors, isFresh: isFresh)
    let summary = SimulationSummary(results, rounds: 0, confidence: 1 - Self.alpha)
    let planned = try #require(summary.plannedPower)
    let sigma = (planned * (1 - planned) / Double(summary.firstAttempts)).squareRoot()
    let measured = Double(summary.firstPasses) / Double(summary.firstAttempts)
    #expect(summary.firstAttempts > Self.worlds * 9 / 10)
    #expect(abs(measured - planned) <= 3 * sigma)
    if !isFresh {
      let pool = SealedPool(units: 200, budget: Self.alpha)
      let alone = pool.power(target: 0.9, at: 0.97)
      #expect(abs(planned - pow(alone, Double(behaviors))) < 1e-9)
    }
    #expect(summary.falseCertificates == 0)
  }

  @Test("Correlated behaviors pass together more often than independent ones")
  func correlatedPower() async throws {
    let results = try await study(rates: 0.95, behaviors: 5, isFresh: false, correlation: 0.9)
    let summary = SimulationSummary(results, rounds: 0, confidence: 1 - Self.alpha)
    #expect(summary.measuredPower.lower > (try #require(summary.plannedPower)))
  }

  private func study(
    rates: Double, behaviors: Int, isFresh: Bool, correlation: Double = 0
  ) async throws -> [SimulatedRun.Result] {
    let world = SimulatedWorld(
      behaviors: (0..<behaviors).map { index in
        SimulatedBehavior(
          LoopBehavior(
            name: "behavior-\(index)", target: 0.9, hope: 0.97, trainUnits: 50, devUnits: 400,
            sealed: isFresh
              ? SealedPool(fresh: 800, budget: Self.alpha)
              : SealedPool(units: 200, budget: Self.alpha)),
          truth: TruthPath(always: rates))
      }, confidence: 1 - Self.alpha, correlation: correlation)
    return try await SimulatedStudy(world: world, runs: Self.worlds, rounds: 0, seed: 5)
      .results(threads: Self.cores)
  }

  // MARK: - Numbers

  @Test("The same seed gives the same runs on any number of threads")
  func threads() async throws {
    let world = Kind(testDescription: "", isFresh: true, correlation: 0.3, clusterSize: 2).world
    let study = SimulatedStudy(world: world, runs: 150, rounds: 10, seed: 3)
    let one = try await study.results(threads: 1)
    #expect(try await study.results(threads: 7) == one)
    var other = study
    other.seed = 4
    #expect(try await other.results(threads: 1) != one)
  }
}
