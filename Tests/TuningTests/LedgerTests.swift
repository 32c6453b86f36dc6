import Foundation
import Statistics
import Suites
import Testing
import Tuning

/// What has been asked of sealed examples stays asked, whatever is edited between runs.
@Suite("The ledger cannot be reset")
struct LedgerTests {
  typealias Scratch = TuningRunTests.Scratch

  /// A scratch suite whose only attempt failed: its model passes `dev` and fails what is sealed.
  private func failedOnce() async throws -> Scratch {
    let scratch = try Scratch()
    let (suite, _) = try scratch.deal()
    let sealed = Set(
      suite.suite.behaviors.flatMap { suite.examples(of: $0, in: .sealed).map(\.input) })
    let overfits = ScriptedTrainer { version, text in
      sealed.contains(text) || version == 0 ? nil : String(text.prefix { $0 != " " })
    }
    let result = try await scratch.run(rounds: 1, trainer: overfits)
    guard case .unsatisfied(_, _, let violated) = result.summary.outcome else {
      Issue.record("a model that fails what is sealed is not certified")
      return scratch
    }
    #expect(violated.isEmpty)
    #expect(try scratch.ledger.attempts.map(\.outcome) == [.failed])
    return scratch
  }

  private func pools(_ scratch: Scratch) throws -> [SealedPool] {
    let (suite, lock) = try scratch.deal()
    return LoopBehavior.all(in: suite, ledger: lock.ledger).map(\.sealed)
  }

  @Test("A renamed behavior keeps its attempts; a failed one lowers the next level")
  func renamed() async throws {
    let scratch = try await failedOnce()
    scratch.behaviors[0].name = "renamed"
    #expect(try pools(scratch).map(\.spent) == [1, 1])
    #expect(try pools(scratch).map(\.missing) == [0, 0])
    #expect(try pools(scratch).allSatisfy { $0.level < 0.01 })
  }

  @Test("Labels that are changed everywhere, in all examples, do not start a fresh budget")
  func relabelled() async throws {
    let scratch = try await failedOnce()
    let graded = try pools(scratch)[0].units
    scratch.behaviors[0].examples = scratch.behaviors[0].examples.map {
      Example(input: $0.input, expected: "other")
    }
    let pool = try pools(scratch)[0]
    #expect(pool.spent == 1)
    #expect(pool.missing == graded)
  }

  @Test("Examples that are reworded in their clusters do not start a fresh budget")
  func reworded() async throws {
    let scratch = try await failedOnce()
    let before = scratch.behaviors[0].examples
    scratch.behaviors[0].examples = before.map { old in
      var new = Example(input: old.input + ", thanks", expected: old.expected)
      new.cluster = old.cluster
      return new
    }
    let (suite, lock) = try scratch.deal()
    let pool = LoopBehavior.all(in: suite, ledger: lock.ledger)[0].sealed
    #expect(pool.spent == 1 && pool.missing > 0)
  }

  @Test("Sealed examples that are deleted or relabelled after an attempt count as failures")
  func deleted() async throws {
    let scratch = try Scratch()
    _ = try await scratch.run(trainer: TuningRunTests.learns)
    let (suite, _) = try scratch.deal()
    let behavior = try #require(suite.suite.behaviors.first)
    let gone = Set(suite.examples(of: behavior, in: .sealed).prefix(3).map(\.id))
    let before = try pools(scratch)
    scratch.behaviors[0].examples.removeAll { gone.contains($0.id) }
    let after = try pools(scratch)
    #expect(after.map(\.missing) == [3, 0])
    #expect(after.map(\.units) == before.map(\.units))
    let test = try #require(before[0].test(target: 0.85))
    #expect(
      after[0].predictiveChance(target: 0.85, passes: 60, trials: 60)
        < before[0].predictiveChance(target: 0.85, passes: 60, trials: 60))
    #expect(after[0].test(target: 0.85)?.maximumFailures == test.maximumFailures)
  }

  @Test("A new behavior that borrows graded examples is as spent as they are, and owes nothing")
  func borrowed() async throws {
    let scratch = try await failedOnce()
    let borrowed = Array(scratch.behaviors[0].examples.prefix(100))
    scratch.behaviors.append(
      Behavior(
        name: "some", requires: "Some of them.", target: 0.6, examples: borrowed,
        location: SourceLocation(file: "behaviors/some.yaml", line: 1, column: 1)))
    let all = try pools(scratch)
    #expect(all.map(\.missing) == [0, 0, 0])
    #expect(all.map(\.spent) == [1, 1, 1])
    #expect(all[2].units < all[0].units)
  }

  @Test("New examples under an old name have a pool of their own, and a pass is booked on it")
  func sameName() async throws {
    let scratch = try await failedOnce()
    let old = scratch.behaviors[0].examples
    scratch.behaviors[0].examples = (0..<400).map {
      Example(input: "left anew \($0)", expected: "left")
    }
    #expect(try pools(scratch).map(\.spent) == [0, 1])
    let result = try await scratch.run(trainer: TuningRunTests.learns)
    #expect(result.certificate != nil)
    let ledger = try scratch.ledger
    #expect(ledger.pools.map(\.id) == [1, 2, 3])
    #expect(ledger.pools.map(\.spent) == [1, 0, 0])
    scratch.behaviors[0].examples = old
    #expect(try pools(scratch)[0].spent == 1)
  }

  @Test("A pass at one confidence is not replayed as a certificate at another")
  func otherConfidence() async throws {
    let scratch = try Scratch()
    scratch.confidence = 0.6
    #expect(try await scratch.run(trainer: TuningRunTests.learns).certificate != nil)
    scratch.confidence = 0.99
    let level = try pools(scratch).map(\.level).max() ?? 1
    #expect(level < 0.01 * 0.61 * 0.61)
    let result = try await scratch.run(trainer: TuningRunTests.learns)
    #expect(try scratch.ledger.attempts.count == 2)
    #expect(result.summary.attempts.last?.record.claims.allSatisfy { $0.level == level } == true)
  }

  @Test("A lock that changed between reading it and taking hold of the suite is not overwritten")
  func staleLock() async throws {
    let scratch = try Scratch()
    let (suite, lock) = try scratch.deal()
    _ = try await scratch.run(trainer: TuningRunTests.learns)
    let path = SuiteWorkspace(folder: scratch.folder).lock.path
    await #expect(throws: RunError.lockChanged(path: path)) {
      _ = try await TuningRun(
        suite: suite, trainer: TuningRunTests.learns, archive: try scratch.archive
      ).run(lock: lock) { _ in }
    }
    #expect(try scratch.ledger.attempts.count == 1)
  }

  @Test("An attempt that was edited to leave out a behavior is refused", arguments: [true, false])
  func editedAttempt(cuts: Bool) async throws {
    let scratch = try Scratch()
    _ = try await scratch.run(trainer: TuningRunTests.learns)
    var (suite, lock) = try scratch.deal()
    lock.ledger.attempts[0].outcome = .open
    if cuts {
      lock.ledger.attempts[0].pools.removeLast()
    } else {
      lock.ledger.attempts[0].pools[0].behavior = "nobody"
    }
    let path = SuiteWorkspace(folder: scratch.folder).lock
    try lock.write(to: path)
    (suite, lock) = try scratch.deal()
    await #expect(throws: RunError.attemptUnlikeSuite(number: 1, path: path.path)) {
      _ = try await TuningRun(
        suite: suite, trainer: TuningRunTests.learns, archive: try scratch.archive
      ).run(lock: lock) { _ in }
    }
  }
}
