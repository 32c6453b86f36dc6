import Foundation
import Statistics
import Suites
import Tuning

/// A suite of behaviors with so many units each, and models that pass them at random.
struct ComparisonWorld: Sendable {
  let suite: DealtSuite
  let units: ComparedUnits
  let test: PairedRegression
  private let ids: [[String]]
  private let isDev: [[Bool]]
  /// A model that passes everything, and the baseline that it makes.
  private let replay: Replay
  var baseline: Baseline

  /// Passes by behavior and example, in order of id.
  typealias Grades = [[Bool]]

  init(behaviors: Int, devUnits: Int, gateUnits: Int, margin: Double = 0.05) throws {
    let suite = Suite(
      folder: FileManager.default.temporaryDirectory,
      behaviors: (0..<behaviors).map { number in
        Behavior(
          name: "behavior \(number)", requires: "It is \(number).", target: 0.9,
          examples: (0..<devUnits + gateUnits).map { index in
            Example(
              input: "text \(number) \(index)", expected: "\(number)",
              declaredRoles: [index < devUnits ? .dev : .gate])
          }, location: SourceLocation(file: "behaviors/\(number).yaml", line: 1, column: 1))
      })
    self.suite = try deal(suite, lock: nil).0
    test = PairedRegression(margin: margin, alpha: 0.05)
    ids = suite.behaviors.map { $0.examples.map(\.id) }
    replay = Replay(
      model: TestedModel(base: "base", checkpoint: "model", engine: "simulated"),
      behaviors: zip(suite.behaviors, ids).map { behavior, ids in
        BehaviorReplay(behavior: behavior.name, asked: Set(ids), failures: [:])
      })
    isDev = suite.behaviors.map { [roles = self.suite.roles] behavior in
      behavior.examples.map { roles[$0.cluster] == .dev }
    }
    baseline = Baseline(replay, suite: self.suite, ledger: Ledger())
    units = ComparedUnits(baseline, on: self.suite, enough: test.unitsEnough)
  }

  /// A model whose replies pass at a rate of each behavior, independently.
  func grades(
    _ rate: (_ behavior: Int) -> Double, using generator: inout SeededGenerator
  ) -> Grades {
    ids.enumerated().map { number, ids in
      ids.map { _ in generator.nextUniform() < rate(number) }
    }
  }

  /// Passes on `dev`, over all behaviors.
  func devPasses(_ grades: Grades) -> Int {
    zip(isDev, grades).reduce(0) { sum, pair in
      sum + zip(pair.0, pair.1).count { $0 && $1 }
    }
  }

  func compare(_ grades: Grades, with old: Grades) -> Comparison {
    var now = replay
    for (number, passes) in grades.enumerated() {
      for (id, passed) in zip(ids[number], passes) where !passed {
        now.behaviors[number].failures[id] = Failure(
          example: id, expected: "\(number)", reply: "other", probability: 0.6)
      }
    }
    var before = baseline
    for (number, passes) in old.enumerated() {
      for (index, passed) in passes.enumerated() where !passed {
        before.behaviors[number].examples[index].passed = false
      }
    }
    return Comparison(
      before, with: now, units: units,
      change: SuiteChange(from: before, to: suite, replay: now), test: test)
  }
}
