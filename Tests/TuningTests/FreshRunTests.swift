import Foundation
import RunStorage
import Suites
import Synchronization
import Testing
import Tuning

/// Runs whose attempts use sealed examples up, on disk.
@Suite("Fresh examples in a run")
struct FreshRunTests {
  /// Texts are answered rightly but for those sealed at the start, which version 1 fails one in four
  /// of: `dev` shows nothing of it before an attempt.
  static func trainer(_ sealed: Set<String>) -> ScriptedTrainer {
    ScriptedTrainer { version, text in
      let label = String(text.prefix { $0 != " " })
      if version == 0 { return "left" }
      let number = Int(text.split(separator: " ").last ?? "") ?? 0
      return version == 1 && sealed.contains(text) && number % 4 == 0 ? "neither" : label
    }
  }

  static func scratch() throws -> (TuningRunTests.Scratch, sealed: Set<String>) {
    let scratch = try TuningRunTests.Scratch(count: 800)
    scratch.sealed = .fresh
    let (suite, _) = try scratch.deal()
    let sealed = suite.suite.behaviors.flatMap { suite.examples(of: $0, in: .sealed) }
    return (scratch, Set(sealed.map(\.input)))
  }

  @Test("A failed attempt gives its examples to dev; the next one takes others, at its own level")
  func usesUp() async throws {
    let (scratch, sealed) = try Self.scratch()
    let (before, _) = try scratch.deal()
    let result = try await scratch.run(rounds: 6, trainer: Self.trainer(sealed))
    #expect(result.summary.attempts.map(\.passed) == [false, true])
    let ledger = try scratch.ledger
    #expect(ledger.attempts.flatMap { $0.pools.map(\.index) } == [1, 1, 2, 2])
    #expect(ledger.pools.count == 4 && ledger.pools.allSatisfy(\.isUsedUp))
    let ids = ledger.pools.flatMap { $0.exposed.map(\.id) }
    #expect(Set(ids).count == ids.count, "no example serves twice")

    // What was used is in dev now, and nothing else left the seal.
    let (after, _) = try scratch.deal()
    for behavior in before.suite.behaviors {
      let was = Set(before.examples(of: behavior, in: .sealed).map(\.id))
      let now = Set(after.examples(of: behavior, in: .sealed).map(\.id))
      #expect(was.subtracting(now) == was.intersection(ids))
      #expect(
        Set(after.examples(of: behavior, in: .dev).map(\.id)).isSuperset(of: was.subtracting(now)))
    }
    // The loop saw the failures that the first attempt brought to light.
    let seen = result.summary.rounds.compactMap(\.measurement).map { $0.behaviors.map(\.trials) }
    #expect(seen.first! != seen.last!)
    let check = try #require(
      Certificate.read(from: SuiteWorkspace(folder: scratch.folder).certificate))
    #expect(check.behaviors.allSatisfy { $0.attemptOnPool == 2 && $0.missing == 0 })
  }

  @Test("Killed in an attempt, it is gone on with: the same examples, charged once")
  func killed() async throws {
    let (undisturbed, sealed) = try Self.scratch()
    _ = try await undisturbed.run(rounds: 6, trainer: Self.trainer(sealed))
    let expected = try Data(contentsOf: SuiteWorkspace(folder: undisturbed.folder).lock)

    for event in ["attemptBegun", "attemptConcluded", "measured"] {
      let (scratch, _) = try Self.scratch()
      let task = Task {
        try await scratch.run(rounds: 6, trainer: Self.trainer(sealed)) { stamped in
          let isIt =
            switch stamped.event {
            case .attemptBegun: event == "attemptBegun"
            case .attemptConcluded: event == "attemptConcluded"
            case .measured: event == "measured" && stamped.sequence > 7
            default: false
            }
          if isIt { withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      let resumed = Mutex(0)
      let result = try await scratch.run(
        rounds: 6, trainer: Self.trainer(sealed),
        onResume: { events in
          resumed.withLock { $0 = events.count }
        })
      #expect(resumed.withLock { $0 } > 3)
      #expect(result.number == 1)
      #expect(try Data(contentsOf: SuiteWorkspace(folder: scratch.folder).lock) == expected)
    }
  }
}
