import Foundation
import Statistics
import Suites
import Testing
import Tuning

@Suite("Fresh data beside a claim")
struct ClaimCheckTests {
  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("hone-fresh-\(UUID().uuidString)")

  private static let suite = Suite(
    folder: folder,
    behaviors: ["a", "b", "c"].map { name in
      Behavior(
        name: name, requires: "It is \(name).", target: 0.8,
        examples: (0..<3).map { Example(input: "\(name) stands \($0)", expected: name) },
        location: SourceLocation(file: "behaviors/\(name).yaml", line: 1))
    })

  private static let model = TestedModel(base: "base", checkpoint: "one", engine: "engine")

  /// So many fresh units of each behavior, of which the first are answered wrongly.
  private static func check(
    _ counts: [(units: Int, wrong: Int)], targets: [Double] = [0.8, 0.8, 0.8]
  ) -> ClaimCheck {
    let claims = zip(suite.behaviors, targets).map {
      ClaimedRate(behavior: $0.name, target: $1, source: .certificate)
    }
    var units: [String: [Example]] = [:]
    for (behavior, count) in zip(suite.behaviors, counts) {
      units[behavior.name] = (0..<count.units).map {
        Example(input: "\(behavior.name) fresh \($0)", expected: behavior.name)
      }
    }
    let rows = FreshRows(
      file: "new.csv", rows: counts.reduce(0) { $0 + $1.units }, units: units, known: [],
      unmatched: [], setAside: [])
    let replies = zip(suite.behaviors, counts).flatMap { behavior, count in
      (0..<count.units).map {
        Reply.label($0 < count.wrong ? "wrong" : behavior.name, probability: 0.9)
      }
    }
    return ClaimCheck(
      claims, model: model, replies: replies, rows: rows,
      test: ClaimTest(margin: 0.05, alpha: 0.05))
  }

  @Test("Contradicted, consistent and too few, by the exact test with Holm's correction")
  func verdicts() {
    let check = Self.check([(60, 30), (60, 2), (5, 0)])
    #expect(check.behaviors.map(\.verdict) == [.contradicted, .consistent, .undecided])
    #expect(check.verdict == .contradicted)
    // scipy.stats.binomtest(30, 60, 0.8, alternative='less').pvalue
    #expect(abs(check.behaviors[0].pValue - 2.061_216_887_2e-7) < 1e-15)
    #expect(abs(check.behaviors[0].adjustedPValue - 3 * check.behaviors[0].pValue) < 1e-15)
    #expect(check.behaviors[0].failures.count == 30)
    #expect(check.behaviors[2].failures.isEmpty)
    #expect(abs(check.level - 0.05 / 3) < 1e-15)
    #expect(check.unitsNeeded(by: check.behaviors[0]) == nil)
    let needed = check.unitsNeeded(by: check.behaviors[2]) ?? 0
    #expect(check.test.power(trials: needed, target: 0.8, level: check.level) >= 0.8)
    #expect(check.power(of: check.behaviors[2]) < 0.1)
  }

  @Test("No unit is undecided, and takes no part in the correction")
  func none() {
    let check = Self.check([(100, 32), (0, 0), (0, 0)])
    #expect(check.behaviors.map(\.verdict) == [.contradicted, .undecided, .undecided])
    #expect(check.behaviors[0].adjustedPValue == check.behaviors[0].pValue)
    #expect(check.behaviors[1].adjustedPValue == 1)
    #expect(check.power(of: check.behaviors[1]) == 0)
    #expect(Self.check([(0, 0), (0, 0), (0, 0)]).verdict == .undecided)
  }

  @Test("A claim that holds exactly is contradicted in at most 5 % of cases, all together")
  func size() {
    var generator = SeededGenerator(seed: 11)
    let runs = 2_000
    var contradicted = 0
    for _ in 0..<runs {
      let counts = (0..<3).map { _ in
        (units: 50, wrong: (0..<50).count { _ in generator.nextUniform() < 0.2 })
      }
      if Self.check(counts).verdict == .contradicted { contradicted += 1 }
    }
    // Exact tests are conservative: 3σ above 5 % is the bound.
    let bound = 0.05 * Double(runs) + 3 * (0.05 * 0.95 * Double(runs)).squareRoot()
    #expect(Double(contradicted) < bound)
  }

  @Test("The claim is the certificate's, else the baseline's, else what the suite requires")
  func claims() throws {
    let suite = Self.suite
    let baseline = Baseline(
      suite: "hash", model: Self.model, seeds: [7],
      behaviors: [
        BaselineBehavior(
          name: "a", target: 0.7,
          dev: BaselineBehavior.Tally(units: 0, passes: 0, lower: 0, upper: 1),
          gate: BaselineBehavior.Tally(units: 0, passes: 0, lower: 0, upper: 1), examples: [])
      ])
    let claims = ClaimedRate.all(of: Self.model, in: suite, certificate: nil, baseline: baseline)
    #expect(claims.map(\.target) == [0.7, 0.8, 0.8])
    #expect(claims.map(\.source) == [.baseline, .suite, .suite])
    var other = Self.model
    other.checkpoint = "two"
    let foreign = ClaimedRate.all(of: other, in: suite, certificate: nil, baseline: baseline)
    #expect(foreign.map(\.source) == [.suite, .suite, .suite])
  }
}
