import Foundation
import Statistics
import Suites
import Testing
import Tuning

@Suite("Comparison with a baseline")
struct ComparisonTests {
  private static func behavior(
    _ name: String, _ examples: [Example], target: Double = 0.9, isGuard: Bool = false
  ) -> Behavior {
    Behavior(
      name: name, requires: "It is \(name).", target: target, isGuard: isGuard,
      examples: examples, location: SourceLocation(file: "behaviors/\(name).yaml", line: 1))
  }

  private static func examples(
    _ name: String, _ range: Range<Int>, role: Role = .gate, expected: String? = nil
  ) -> [Example] {
    range.map {
      Example(
        input: "\(name) number \($0)", expected: expected ?? name, declaredRoles: [role])
    }
  }

  private static func dealt(_ behaviors: [Behavior]) throws -> DealtSuite {
    try deal(
      Suite(folder: FileManager.default.temporaryDirectory, behaviors: behaviors), lock: nil
    ).0
  }

  /// A model that answers with the first word of a text, but for those that it gets wrong.
  private static func replay(
    _ suite: DealtSuite, wrong: Set<String> = [], checkpoint: String = "one"
  ) -> Replay {
    Replay(
      model: TestedModel(base: "base", checkpoint: checkpoint, engine: "engine"),
      replies: Replay.prompts(for: suite).map { prompt in
        wrong.contains(prompt.text)
          ? .label("wrong", probability: 0.5)
          : .label(String(prompt.text.prefix { $0 != " " }), probability: 0.9)
      }, suite: suite)
  }

  private static func baseline(_ suite: DealtSuite, wrong: Set<String> = []) -> Baseline {
    Baseline(replay(suite, wrong: wrong), suite: suite, ledger: Ledger())
  }

  @Test("Without a flip a model is unchanged, and passes however few examples there are")
  func unchanged() throws {
    let suite = try Self.dealt([Self.behavior("a", Self.examples("a", 0..<5))])
    let comparison = Comparison(
      Self.baseline(suite), with: Self.replay(suite, checkpoint: "two"), on: suite)
    #expect(comparison.verdict == .pass)
    #expect(comparison.behaviors[0].isUnchanged)
    #expect(!comparison.change.isChanged)
    #expect(comparison.model.checkpoint == "two")
  }

  /// A model that is all but undecided about the texts of `close`, and wrong about those of `wrong`.
  private static func rounding(
    _ suite: DealtSuite, close: Set<String>, wrong: Set<String>, checkpoint: String = "one",
    engine: String = "other engine"
  ) -> Replay {
    Replay(
      model: TestedModel(base: "base", checkpoint: checkpoint, engine: engine),
      replies: Replay.prompts(for: suite).map { prompt in
        .label(
          wrong.contains(prompt.text) ? "wrong" : String(prompt.text.prefix { $0 != " " }),
          probability: 0.5, margin: close.contains(prompt.text) ? 3e-5 : 0.4)
      }, suite: suite)
  }

  @Test("A flip within rounding is a tie: unchanged for the same weights, a flip for others")
  func ties() throws {
    let suite = try Self.dealt([Self.behavior("a", Self.examples("a", 0..<5))])
    let close: Set<String> = ["a number 2"]
    func comparison(_ replay: Replay, with baseline: Baseline) -> BehaviorComparison {
      Comparison(baseline, with: replay, on: suite).behaviors[0]
    }
    let clear = Self.baseline(suite)
    let same = comparison(Self.rounding(suite, close: close, wrong: close), with: clear)
    #expect(same.isUnchanged && same.verdict == .pass)
    #expect(same.ties == 1 && same.flips[0].tie == 3e-5 && same.flips[0].baselineTie == nil)
    #expect(same.losses == 1, "a tie counts like any flip")

    let other = comparison(
      Self.rounding(suite, close: close, wrong: close, checkpoint: "two"), with: clear)
    #expect(!other.isUnchanged && other.verdict == .undecided)
    #expect(other.ties == 1)

    // The same weights with one flip that is not within rounding: all flips count.
    let both = comparison(
      Self.rounding(suite, close: close, wrong: close.union(["a number 3"])), with: clear)
    #expect(!both.isUnchanged && both.losses == 2 && both.ties == 1)

    // The baseline knows its own ties, and a gain may be one.
    let recorded = Baseline(
      Self.rounding(suite, close: close, wrong: close), suite: suite, ledger: Ledger())
    #expect(recorded.behaviors[0].examples.compactMap(\.tie) == [3e-5])
    let gain = comparison(Self.replay(suite), with: recorded)
    #expect(gain.flips.map(\.isGain) == [true] && gain.flips[0].baselineTie == 3e-5)
    #expect(gain.isUnchanged, "what the new model's margin is, nobody knows")
  }

  @Test("Sealed examples are never asked about, and a guard's only on dev and gate")
  func neverSealed() throws {
    let suite = try Self.dealt([
      Self.behavior(
        "a",
        Self.examples("a", 0..<3, role: .train) + Self.examples("a", 3..<6, role: .sealed)
          + Self.examples("a", 6..<8)),
      Self.behavior(
        "b", Self.examples("b", 0..<3, role: .dev) + Self.examples("b", 3..<5, role: .sealed),
        isGuard: true),
    ])
    #expect(
      Set(Replay.prompts(for: suite).map(\.text))
        == Set([0, 1, 2, 6, 7].map { "a number \($0)" } + (0..<3).map { "b number \($0)" }))
    let baseline = Self.baseline(suite)
    #expect(baseline.behaviors.map(\.examples.count) == [5, 3])
    #expect(baseline.behaviors.map(\.gate.units) == [2, 0])
  }

  @Test("Flips are told by role, with what is answered now; few of them decide nothing")
  func flips() throws {
    let suite = try Self.dealt([
      Self.behavior(
        "a", Self.examples("a", 0..<40, role: .train) + Self.examples("a", 40..<140)),
      Self.behavior("b", Self.examples("b", 0..<100)),
    ])
    let comparison = Comparison(
      Self.baseline(suite, wrong: ["a number 50"]),
      with: Self.replay(
        suite, wrong: ["a number 1", "a number 60", "a number 61", "a number 62"]), on: suite)
    let first = comparison.behaviors[0]
    #expect(first.flips.map(\.role) == [.gate, .gate, .gate, .train, .gate])
    #expect(first.flips.map(\.isGain) == [false, false, false, false, true])
    #expect(first.flips.filter { !$0.isGain }.allSatisfy { $0.reply == "wrong" })
    #expect((first.units, first.gains, first.losses) == (100, 1, 3))
    #expect((first.baselinePasses, first.passes) == (99, 97))
    #expect(first.verdict == .undecided)
    #expect(try #require(comparison.unitsNeeded(by: first)) > 100)
    #expect(comparison.behaviors[1].verdict == .pass)
    #expect(comparison.unitsNeeded(by: comparison.behaviors[1]) == nil)
    #expect(comparison.verdict == .undecided)
  }

  @Test("Many losses are a regression, of that behavior alone")
  func regressed() throws {
    let suite = try Self.dealt(
      ["a", "b", "c"].map { Self.behavior($0, Self.examples($0, 0..<100)) })
    let comparison = Comparison(
      Self.baseline(suite), with: Self.replay(suite, wrong: Set((0..<12).map { "b number \($0)" })),
      on: suite)
    #expect(comparison.behaviors.map(\.verdict) == [.pass, .regressed, .pass])
    #expect(comparison.verdict == .regressed)
    #expect(comparison.behaviors[1].adjustedPValue <= 0.05)
  }

  @Test("Of a cluster one unit counts; a gate that is too small leaves it to dev")
  func units() throws {
    let clustered = Self.examples("a", 0..<90, role: .dev).enumerated().map { index, example in
      Example(
        id: example.id, inputKey: example.inputKey, input: example.input,
        expected: example.expected, cluster: ClusterID(String(format: "%016x", index / 3)),
        declaredRoles: [.dev])
    }
    let suite = try Self.dealt([Self.behavior("a", clustered + Self.examples("a", 90..<110))])
    let comparison = Comparison(
      Self.baseline(suite), with: Self.replay(suite, wrong: ["a number 0"]), on: suite)
    #expect(comparison.behaviors[0].role == .dev)
    #expect(comparison.behaviors[0].units == 30)
  }

  @Test("A changed suite is told apart: added, removed, relabelled, new, gone, another target")
  func changedSuite() throws {
    let before = try Self.dealt([
      Self.behavior("a", Self.examples("a", 0..<70)), Self.behavior("b", Self.examples("b", 0..<5)),
      Self.behavior("gone", Self.examples("gone", 0..<5)),
    ])
    let moved = Self.examples("a", 0..<1, expected: "b")
    let after = try Self.dealt([
      Self.behavior("a", Self.examples("a", 2..<72), target: 0.8),
      Self.behavior("b", Self.examples("b", 0..<5) + moved),
      Self.behavior("new", Self.examples("new", 0..<5)),
    ])
    let comparison = Comparison(Self.baseline(before), with: Self.replay(after), on: after)
    let change = comparison.change
    #expect(change.isChanged)
    #expect(change.newBehaviors == ["new"])
    #expect(change.removedBehaviors == ["gone"])
    #expect(change.counts == (2, 1, 1))
    #expect(change.behaviors.map(\.behavior) == ["a", "b"])
    #expect(change.behaviors[0].removed == Self.examples("a", 1..<2).map(\.id))
    #expect(change.behaviors[0].targetBefore == 0.9)
    #expect(change.behaviors[1].relabelled == moved.map(\.id))
    // Only what both have is compared: the model is as it was.
    #expect(comparison.behaviors.map(\.verdict) == [.pass, .pass, nil])
    #expect(comparison.behaviors[0].units == 68)
    #expect(comparison.behaviors.flatMap(\.flips).isEmpty)
    #expect(comparison.verdict == .pass)
  }

  @Test("Where no behavior of the baseline is left, nothing has passed")
  func nothingCompared() throws {
    let before = try Self.dealt([Self.behavior("old", Self.examples("old", 0..<40))])
    let after = try Self.dealt([Self.behavior("new", Self.examples("new", 0..<40))])
    let comparison = Comparison(Self.baseline(before), with: Self.replay(after), on: after)
    #expect(comparison.compared == 0)
    #expect(comparison.verdict == .undecided)
  }
}
