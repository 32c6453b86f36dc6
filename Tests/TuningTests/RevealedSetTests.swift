import Suites
import Testing
import Tuning

@Suite("Revealing what was sealed")
struct RevealedSetTests {
  @Test("The whole set moves to dev, nothing of another behavior, and no unit counts as missing")
  func wholeSet() async throws {
    let scratch = try TuningRunTests.Scratch()
    _ = try await scratch.run(trainer: TuningRunTests.learns)
    let (suite, lock) = try scratch.deal()
    let left = try #require(suite.suite[behavior: "left"])
    let sealed = suite.examples(of: left, in: .sealed)
    let revealed = RevealedSet(left, in: suite, lock: lock)
    #expect(revealed.units == sealed.count && revealed.others.isEmpty)

    try revealed.lock.write(to: SuiteWorkspace(folder: scratch.folder).lock)
    let (after, again) = try scratch.deal()
    #expect(again == revealed.lock)
    let now = try #require(after.suite[behavior: "left"])
    #expect(after.examples(of: now, in: .sealed).isEmpty)
    #expect(Set(after.examples(of: now, in: .dev).map(\.id)).isSuperset(of: sealed.map(\.id)))
    let right = try #require(after.suite[behavior: "right"])
    #expect(after.units(of: right, in: .sealed) == suite.units(of: right, in: .sealed))
    #expect(again.ledger.pools.filter(\.isUsedUp).map(\.name) == ["left"])
    // Without new examples it cannot be certified; the other one is as it was.
    let behaviors = LoopBehavior.all(in: after, ledger: again.ledger)
    #expect(behaviors[0].sealed.units == 0 && behaviors[0].sealed.missing == 0)
    #expect(behaviors[1].sealed.missing == 0 && behaviors[1].sealed.units > 100)
  }

  @Test("A run after a reveal is another run, and spends nothing where nothing can be shown")
  func afterwards() async throws {
    let scratch = try TuningRunTests.Scratch()
    let first = try await scratch.run(trainer: TuningRunTests.learns)
    let spent = try scratch.ledger.attempts
    #expect(spent.count == 1)
    let (suite, lock) = try scratch.deal()
    let left = try #require(suite.suite[behavior: "left"])
    try RevealedSet(left, in: suite, lock: lock).lock
      .write(to: SuiteWorkspace(folder: scratch.folder).lock)
    let second = try await scratch.run(trainer: TuningRunTests.learns)
    #expect(second.number != first.number)
    #expect(second.summary.outcome == .infeasible(behaviors: ["left"]))
    #expect(try scratch.ledger.attempts == spent)
  }
}
