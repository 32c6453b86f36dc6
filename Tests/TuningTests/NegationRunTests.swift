import Foundation
import RunStorage
import Suites
import Testing
import Tuning

/// A router, a behavior against false alarms on its other texts, and models that cry wolf or not.
@Suite("Runs with a label that is ruled out")
struct NegationRunTests {
  /// `refill` and `emergency` with `count` texts each, and `calm` on the texts of `refill`.
  private static func suite(_ folder: URL, count: Int = 400, target: Double = 0.5) -> Suite {
    func behavior(_ name: String, _ target: Double, _ examples: [Example]) -> Behavior {
      Behavior(
        name: name, requires: "It is \(name).", target: target, examples: examples,
        location: SourceLocation(file: "behaviors/\(name).yaml", line: 1, column: 1))
    }
    func texts(_ label: String, _ expected: Suites.Expectation) -> [Example] {
      (0..<count).map { Example(input: "\(label) number \($0)", expected: expected) }
    }
    return Suite(
      folder: folder,
      behaviors: [
        behavior("calm", 0.9, texts("refill", .not("emergency"))),
        behavior("emergency", target, texts("emergency", "emergency")),
        behavior("refill", target, texts("refill", "refill")),
      ])
  }

  private static func dealt(_ suite: Suite) throws -> DealtSuite { try deal(suite, lock: nil).0 }

  private static let nowhere = FileManager.default.temporaryDirectory

  private static func inScratch<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = nowhere.appendingPathComponent("hone-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  /// Whether a text is among the first of ten of its label.
  private static func isOften(_ text: String, tenths: Int) -> Bool {
    (text.last?.wholeNumberValue ?? 0) < tenths
  }

  private static func run(_ folder: URL, _ trainer: ScriptedTrainer) async throws
    -> TuningRun.Result
  {
    let (dealt, lock) = try deal(suite(folder), lock: nil)
    return try await TuningRun(
      suite: dealt, trainer: trainer,
      archive: try RunStore(SuiteWorkspace(folder: folder).runs),
      options: TuningRun.Options(rounds: 3, now: { Date(timeIntervalSince1970: 0) })
    ).run(lock: lock) { _ in }
  }

  @Test("Every label but the one that is ruled out passes, and no usable reply does not")
  func grading() {
    let example = Example(input: "x", expected: .not("emergency"))
    let replies: [Reply] = [
      .label("refill", probability: 0.5), .label("Emergency", probability: 0.5),
      .label("emergency", probability: 0.7), .failure(reason: "none"),
    ]
    #expect(
      replies.map { LabelGrader.failures(of: [$0], to: [example]) } == [
        [], [],
        [
          Failure(
            example: example.id, expected: .not("emergency"), reply: "emergency", probability: 0.7)
        ],
        [Failure(example: example.id, expected: .not("emergency"), reply: nil, probability: 0)],
      ])
  }

  @Test("A router that cries wolf meets the other targets, and is not certified")
  func cryingWolf() async throws {
    try await Self.inScratch { folder in
      // 7 in 10 refills are routed rightly, the others alarm somebody.
      let wolf = ScriptedTrainer { _, text in
        text.hasPrefix("refill") && Self.isOften(text, tenths: 7) ? "refill" : "emergency"
      }
      let result = try await Self.run(folder, wolf)
      guard case .unsatisfied(_, _, let violated) = result.summary.outcome else {
        Issue.record("expected unsatisfied, not \(String(describing: result.summary.outcome))")
        return
      }
      #expect(violated == ["calm"])
      let diagnosis = try #require(
        Diagnosis(result.summary, suite: try Self.dealt(Self.suite(folder))))
      let calm = try #require(diagnosis.behaviors.first { $0.name == "calm" })
      #expect(calm.confusions.map(\.expected) == [.not("emergency")])
      #expect(calm.confusions.map(\.reply) == ["emergency"])
      // The log keeps what was expected.
      let events = try RunStore(SuiteWorkspace(folder: folder).runs).events(of: result.number)
      #expect(RunSummary(events) == result.summary)
    }
  }

  @Test("One whose mistakes alarm nobody is; sealed texts are in both pools, and replay for both")
  func calm() async throws {
    try await Self.inScratch { folder in
      let result = try await Self.run(
        folder,
        ScriptedTrainer { _, text in
          text.hasPrefix("refill")
            ? (Self.isOften(text, tenths: 7) ? "refill" : "other") : "emergency"
        })
      guard case .satisfied = result.summary.outcome else {
        Issue.record("expected satisfied, not \(String(describing: result.summary.outcome))")
        return
      }
      let lock = try #require(
        try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock))
      let pools = Dictionary(uniqueKeysWithValues: lock.ledger.pools.map { ($0.name, $0) })
      let (calm, refill) = (try #require(pools["calm"]), try #require(pools["refill"]))
      #expect(!calm.exposed.isEmpty)
      #expect(Set(calm.exposed.map(\.input)) == Set(refill.exposed.map(\.input)))
      #expect(Set(calm.exposed.map(\.id)).isDisjoint(with: refill.exposed.map(\.id)))
      let baseline = try #require(lock.baseline)
      #expect(baseline[behavior: "calm"]?.examples.allSatisfy(\.passed) == true)
      #expect(baseline[behavior: "refill"]?.examples.allSatisfy(\.passed) == false)
      // Read back, all is found again: nothing is missing, nothing is charged anew.
      let (again, same) = try deal(Self.suite(folder), lock: lock)
      #expect(same == lock)
      #expect(lock.ledger.pools.allSatisfy { again.missing(from: $0).isEmpty })
    }
  }

  @Test("A behavior that borrows starts as spent as what it borrows")
  func spent() async throws {
    try await Self.inScratch { folder in
      var suite = Self.suite(folder)
      let calm = suite.behaviors.removeFirst()
      var (dealt, lock) = try deal(suite, lock: nil)
      let right = ScriptedTrainer { _, text in String(text.prefix { $0 != " " }) }
      _ = try await TuningRun(
        suite: dealt, trainer: right,
        archive: try RunStore(SuiteWorkspace(folder: folder).runs)
      ).run(lock: lock) { _ in }
      lock = try #require(try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock))
      suite = Suite(folder: folder, behaviors: suite.behaviors + [calm])
      (dealt, lock) = try deal(suite, lock: lock)
      let behaviors = LoopBehavior.all(in: dealt, ledger: lock.ledger)
      #expect(behaviors.map(\.name) == ["calm", "emergency", "refill"])
      #expect(behaviors[0].sealed.level == behaviors[2].sealed.level)
      #expect(behaviors[0].sealed.level < 0.03)
      #expect(behaviors.allSatisfy { $0.sealed.missing == 0 })
    }
  }

  @Test("A text is tuned on once, by its label, with the largest weight that anything gives it")
  func focus() throws {
    let suite = try Self.dealt(Self.suite(Self.nowhere, count: 60))
    let plain = TrainingExample.all(in: suite, focus: [:])
    #expect(Set(plain.map(\.label)) == ["emergency", "refill"])
    #expect(Set(plain.map(\.input)).count == plain.count)
    #expect(plain.allSatisfy { $0.weight == 1 })
    let lifted = TrainingExample.all(in: suite, focus: ["calm": 2, "refill": 1.5])
    #expect(lifted.filter { $0.label == "refill" }.allSatisfy { $0.weight == 2 })
    #expect(lifted.filter { $0.label == "emergency" }.allSatisfy { $0.weight == 1 })
    let behaviors = LoopBehavior.all(in: suite, ledger: Ledger())
    #expect(behaviors[0].trainUnits == behaviors[2].trainUnits)
    #expect(behaviors[0].trainUnits > 0)
  }

  @Test("What only a negation has is measured, and never tuned on")
  func measuredOnly() throws {
    var suite = Self.suite(Self.nowhere, count: 60)
    suite.behaviors[0].examples = (0..<60).map {
      Example(input: "a lovely day \($0)", expected: .not("emergency"), declaredRoles: [.train])
    }
    suite = Suite(folder: suite.folder, behaviors: suite.behaviors)
    let dealt = try Self.dealt(suite)
    #expect(dealt.units(of: suite.behaviors[0], in: .train) == 60)
    #expect(LoopBehavior.all(in: dealt, ledger: Ledger())[0].trainUnits == 0)
    #expect(
      TrainingExample.all(in: dealt, focus: ["calm": 3]).allSatisfy {
        $0.weight == 1 && !$0.input.hasPrefix("a lovely")
      })
  }

  @Test("A regression test tells what passed instead, and that nothing was relabelled")
  func comparison() throws {
    func replay(_ suite: DealtSuite, alarming: Bool) -> Replay {
      Replay(
        model: TestedModel(base: "base", checkpoint: "\(alarming)", engine: "engine"),
        replies: Replay.prompts(for: suite).map {
          .label(
            $0.text.hasPrefix("refill") ? (alarming ? "emergency" : "other") : "emergency",
            probability: 0.9)
        }, suite: suite)
    }
    let suite = try Self.dealt(Self.suite(Self.nowhere, count: 60))
    let before = Baseline(replay(suite, alarming: true), suite: suite, ledger: Ledger())
    let better = Comparison(before, with: replay(suite, alarming: false), on: suite)
    let calm = better.behaviors[0]
    #expect(!calm.flips.isEmpty)
    #expect(calm.flips.allSatisfy { $0.isGain && $0.reply == "other" })
    // `refill` fails either way.
    #expect(better.behaviors[2].flips.isEmpty)

    var old = before
    old.behaviors.removeFirst()
    old.suite = "another"
    let new = Comparison(old, with: replay(suite, alarming: true), on: suite).change
    #expect(new.newBehaviors == ["calm"])
    #expect(new.counts == (0, 0, 0))

    // A refill that turns out to be an emergency is relabelled, and gone from `calm`.
    var changed = suite.suite
    let moved = try #require(
      changed.behaviors[2].examples.first { suite.roles[$0.cluster] == .gate })
    changed.behaviors[0].examples.removeAll { $0.inputKey == moved.inputKey }
    changed.behaviors[2].examples.removeAll { $0.id == moved.id }
    changed.behaviors[1].examples.append(Example(input: moved.input, expected: "emergency"))
    let relabelled = try Self.dealt(
      Suite(folder: changed.folder, behaviors: changed.behaviors))
    let change = Comparison(before, with: replay(relabelled, alarming: true), on: relabelled).change
    #expect(change.behaviors.map(\.behavior) == ["emergency"])
    #expect(change.counts == (0, 0, 1))
  }
}
