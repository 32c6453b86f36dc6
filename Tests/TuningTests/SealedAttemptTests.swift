import Foundation
import Statistics
import Suites
import Synchronization
import Testing
import Tuning

@Suite("An attempt on purpose")
struct SealedAttemptTests {
  private typealias Scratch = TuningRunTests.Scratch

  /// Right about everything but the first `wrong` texts that it is asked; notes what it was asked,
  /// and what the ledger on disk said at the time.
  private final class Spy: Model {
    let identity = ModelIdentity("spy")
    private let state = Mutex<(texts: [String], outcomes: [Attempt.Outcome])>(([], []))
    private let lock: URL
    private let isRight: @Sendable (String) -> Bool
    private let failsAfter: Int?

    init(
      _ scratch: Scratch, failsAfter: Int? = nil,
      isRight: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
      lock = SuiteWorkspace(folder: scratch.folder).lock
      self.isRight = isRight
      self.failsAfter = failsAfter
    }

    var texts: [String] { state.withLock { $0.texts } }
    /// Of the last attempt on disk, whenever texts were asked about.
    var outcomes: [Attempt.Outcome] { state.withLock { $0.outcomes } }

    func replies(to prompts: [Prompt]) async throws -> [Reply] {
      let outcome = try SuiteLock.read(from: lock)?.ledger.attempts.last?.outcome
      state.withLock {
        $0.texts += prompts.map(\.text)
        if let outcome { $0.outcomes.append(outcome) }
      }
      if let failsAfter, texts.count > failsAfter { throw CancellationError() }
      return prompts.map { prompt in
        let label = String(prompt.text.prefix { $0 != " " })
        return .label(isRight(prompt.text) ? label : "wrong", probability: 1)
      }
    }
  }

  private static let model = TestedModel(base: "base", checkpoint: "one", engine: "engine")

  private func plan(_ scratch: Scratch, of checkpoint: String = "one") throws -> SealedAttempt {
    let (suite, lock) = try scratch.deal()
    return try SealedAttempt(of: checkpoint, on: suite, lock: lock)
  }

  @Test("Charged and on disk before the first sealed reply; a pass issues a certificate")
  func passes() async throws {
    let scratch = try Scratch()
    let spy = Spy(scratch)
    var attempt = try plan(scratch)
    #expect(attempt.state == .new)
    #expect(try scratch.ledger.isEmpty, "planning writes nothing")
    #expect(attempt.claims.map(\.index) == [1, 1])
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    #expect(attempt.claims.allSatisfy { abs($0.level - level) < 1e-12 })

    #expect(try await attempt.perform(with: spy))
    #expect(spy.outcomes == [.open, .open])
    let (suite, _) = try scratch.deal()
    let sealed = suite.suite.behaviors.flatMap { suite.sealedRepresentatives(of: $0) }
    #expect(Set(spy.texts) == Set(sealed.map(\.input)))
    #expect(try scratch.ledger.attempts.map(\.outcome) == [.passed])

    let workspace = SuiteWorkspace(folder: scratch.folder)
    #expect(Certificate.read(from: workspace.certificate) == nil)
    let issued = try attempt.issueCertificate(
      for: Self.model, at: Date(timeIntervalSince1970: 0))
    #expect(Certificate.read(from: workspace.certificate) == issued)
    let verification = CertificateVerification(
      issued, suite: suite, recorded: attempt.lock, base: ModelIdentity("base"),
      checkpoint: "one", evidence: .none)
    #expect(verification.holds)
  }

  @Test("The same checkpoint, examples and targets replay the verdict, without a question")
  func replays() async throws {
    let scratch = try Scratch()
    var first = try plan(scratch)
    #expect(try await !first.perform(with: Spy(scratch) { _ in false }))
    let ledger = try scratch.ledger
    #expect(ledger.attempts.map(\.outcome) == [.failed])

    let spy = Spy(scratch)
    var again = try plan(scratch)
    #expect(again.state == .concluded(passed: false))
    #expect(try await !again.perform(with: spy))
    #expect(spy.texts.isEmpty)
    #expect(try scratch.ledger == ledger)

    // Another checkpoint pays for the second attempt.
    var other = try plan(scratch, of: "two")
    #expect(other.state == .new)
    #expect(other.number == 2)
    #expect(other.claims.map(\.index) == [2, 2])
    #expect(try await other.perform(with: spy))
    #expect(try scratch.ledger.attempts.map(\.outcome) == [.failed, .passed])
  }

  @Test("An attempt that is cut off stays charged, and goes on at no further cost")
  func resumes() async throws {
    let scratch = try Scratch()
    var cut = try plan(scratch)
    await #expect(throws: CancellationError.self) {
      try await cut.perform(with: Spy(scratch, failsAfter: 0))
    }
    #expect(try scratch.ledger.attempts.map(\.outcome) == [.open])
    var rest = try plan(scratch)
    #expect(rest.state == .begun)
    #expect(try await rest.perform(with: Spy(scratch)))
    let ledger = try scratch.ledger
    #expect(ledger.attempts.map(\.outcome) == [.passed])
    #expect(ledger.attempts[0].pools.allSatisfy { $0.index == 1 })
  }

  @Test("What cannot pass is refused before anything is spent")
  func infeasible() async throws {
    let scratch = try Scratch(count: 30, target: 0.95)
    let error = #expect(throws: SealedAttemptError.self) { try plan(scratch) }
    guard case .cannotPass(let claims) = error else {
      Issue.record("expected cannotPass, not \(String(describing: error))")
      return
    }
    #expect(claims.map(\.behavior) == ["left", "right"])
    #expect(
      error?.description.contains("nothing is spent: even without a failure it could not pass")
        == true)
    #expect(try scratch.ledger.isEmpty)
  }

  @Test("Where the ledger cannot be written, no sealed example is looked at")
  func unwritable() async throws {
    let scratch = try Scratch()
    let spy = Spy(scratch)
    var attempt = try plan(scratch)
    // A folder stands where the file would be renamed to.
    try FileManager.default.createDirectory(
      at: SuiteWorkspace(folder: scratch.folder).lock.appendingPathComponent("x"),
      withIntermediateDirectories: true)
    await #expect(throws: SealedAttemptError.self) { try await attempt.perform(with: spy) }
    #expect(spy.texts.isEmpty)
    #expect(attempt.state == .new)
  }

  @Test("A run and an attempt on purpose know each other's verdicts")
  func besideRuns() async throws {
    let scratch = try Scratch()
    _ = try await scratch.run(trainer: TuningRunTests.learns)
    let certified = try plan(scratch, of: "version-1")
    #expect(certified.state == .concluded(passed: true))

    let other = try Scratch()
    var attempt = try plan(other, of: "version-1")
    #expect(try await attempt.perform(with: Spy(other)))
    let result = try await other.run(trainer: TuningRunTests.learns)
    #expect(result.certificate != nil)
    #expect(try other.ledger.attempts.count == 1, "the run replays the attempt")
  }
}
