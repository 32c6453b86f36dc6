import Foundation
import RunStorage
import Suites
import Synchronization
import Testing
import Tuning

/// Answers as another trainer does, and says of each reply how sure it is: surer of some texts than
/// of others.
struct SureTrainer: Trainer {
  var other = TuningRunTests.learns

  var identity: ModelIdentity { other.identity }
  var engine: String { other.engine }

  func prepare(for prompts: [Prompt]) async throws {}
  func base() async throws -> Checkpoint { try await other.base() }
  func checkpoint(named id: String) throws -> Checkpoint? { try other.checkpoint(named: id) }

  func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    try await other.tune(champion, plan: plan, examples: examples)
  }

  func model(at checkpoint: Checkpoint) async throws -> any Model {
    SureModel(other: try await other.model(at: checkpoint))
  }
}

struct SureModel: Model {
  var other: any Model
  var identity: ModelIdentity { other.identity }

  func replies(to prompts: [Prompt]) async throws -> [Reply] {
    zip(prompts, try await other.replies(to: prompts)).map { prompt, reply in
      guard case .label(let label, _, _) = reply else { return reply }
      let margin = 1 / (2 + Double(prompt.text.utf8.reduce(0) { ($0 * 31 + Int($1)) % 9973 }))
      return .label(label, probability: (1 + margin) / 2, margin: margin)
    }
  }
}

/// What a certificate rests on, counted again from the archive.
@Suite("The evidence of an attempt")
struct EvidenceTests {
  private typealias Scratch = TuningRunTests.Scratch

  /// A certified suite with its archive.
  private struct Certified {
    let scratch: Scratch
    let certificate: Certificate
    let attempt: Attempt
    let kept: KeptAttempt

    init(_ trainer: any Trainer = SureTrainer(), sealed: Claims.SealedUse = .verdictOnly)
      async throws
    {
      scratch = try Scratch()
      scratch.sealed = sealed
      let file = try #require(try await scratch.run(trainer: trainer).certificate)
      certificate = try #require(Certificate.read(from: file))
      attempt = try #require(try scratch.ledger.attempts.last)
      kept = try #require(try scratch.archive.kept(of: attempt).first)
    }

    /// Whether the evidence holds, and what is said of it.
    func verify(_ evidence: KeptEvidence) throws -> (holds: Bool?, text: String) {
      let (suite, lock) = try scratch.deal()
      let verification = CertificateVerification(
        certificate, suite: suite, recorded: lock, base: certificate.model.base,
        checkpoint: certificate.model.checkpoint, evidence: evidence)
      let others = verification.findings.filter { $0.part != .evidence }
      #expect(others.allSatisfy { $0.holds == true })
      let own = verification.findings.filter { $0.part == .evidence }
      #expect(verification.holds == own.allSatisfy { $0.holds != false })
      let text = own.map(\.message).joined(separator: "\n")
      for grade in kept.grades { #expect(!text.contains(grade.example)) }
      return (own.contains { $0.holds == false } ? false : own.first?.holds, text)
    }

    func verify(_ change: (inout KeptAttempt) -> Void) throws -> (holds: Bool?, text: String) {
      var changed = kept
      change(&changed)
      return try verify(.attempts([changed]))
    }
  }

  /// Wrong about one in twenty, and certified all the same.
  private static let fallible = SureTrainer(
    other: ScriptedTrainer { version, text in
      version == 0 || text.hasSuffix("7") && text.hasPrefix("left") && text.utf8.count % 2 == 0
        ? "right" : String(text.prefix { $0 != " " })
    })

  @Test(
    "Holds as it was kept, and hone.lock names it",
    arguments: [Claims.SealedUse.verdictOnly, .fresh])
  func holds(sealed: Claims.SealedUse) async throws {
    let certified = try await Certified(Self.fallible, sealed: sealed)
    #expect(certified.kept.grades.contains { !$0.passed })
    #expect(certified.attempt.pools.allSatisfy { $0.evidence?.utf8.count == 32 })
    let (holds, text) = try certified.verify(
      .attempts(try certified.scratch.archive.kept(of: certified.attempt)))
    #expect(holds == true)
    #expect(
      text
        == "counted again, the grades of attempt 1 pass each test, and are those that hone.lock names"
    )
  }

  @Test("Any one grade that is turned is found, and the behavior named, whichever way it is turned")
  func anyGrade() async throws {
    let certified = try await Certified(Self.fallible)
    for index in certified.kept.grades.indices {
      let (holds, text) = try certified.verify { $0.grades[index].passed.toggle() }
      #expect(holds == false)
      #expect(
        text.hasPrefix(
          "attempt 1, `\(certified.kept.grades[index].behavior)`: what .hone/runs.sqlite keeps is not"
        ))
    }
  }

  @Test("A margin that is another in its last bit, a row that is gone, one that is too many")
  func otherRows() async throws {
    let certified = try await Certified()
    #expect(
      try certified.verify { $0.grades[3].margin = $0.grades[3].margin?.nextUp }.holds == false)
    let units = certified.attempt.pools[0].trials
    let gone = try certified.verify { kept in
      kept.grades.remove(at: kept.grades.firstIndex { $0.behavior == "left" }!)
    }
    #expect(gone.text.contains("`left`: \(units) graded units are claimed, \(units - 1) are kept"))
    let added = try certified.verify { kept in
      kept.grades.append(SealedGrade(behavior: "left", example: "added", passed: true, margin: 0.5))
    }
    #expect(added.text.contains("`left`: \(units) graded units are claimed, \(units + 1) are kept"))
    let stray = try certified.verify { kept in
      kept.grades.append(SealedGrade(behavior: "up", example: "added", passed: true, margin: 0.5))
    }
    #expect(stray.text.contains("it grades `up`, of which it claims nothing"))
    let (suite, _) = try certified.scratch.deal()
    let open = suite.representatives(of: suite.suite.behaviors[0], in: .dev)[0].id
    let swapped = try certified.verify { kept in
      kept.grades[kept.grades.firstIndex { $0.behavior == "left" }!].example = open
    }
    #expect(swapped.text.contains("`left`: an example is graded that hone.lock has not in pool 1"))
  }

  @Test("Too many failures do not pass, and how many there are is not told")
  func failures() async throws {
    // Without margins nothing names the grades: they are counted.
    let certified = try await Certified(TuningRunTests.learns)
    #expect(certified.attempt.pools.allSatisfy { $0.evidence == nil })
    #expect(
      try certified.verify { _ in }.text == "counted again, the grades of attempt 1 pass each test")
    let most = certified.attempt.pools[1].maximumFailures
    func verify(failing count: Int) throws -> (holds: Bool?, text: String) {
      try certified.verify { kept in
        let own = kept.grades.indices.filter { kept.grades[$0].behavior == "right" }
        for index in own.prefix(count) { kept.grades[index].passed = false }
      }
    }
    #expect(try verify(failing: most).holds == true)
    for count in [most + 1, most + 30] {
      let (holds, text) = try verify(failing: count)
      #expect(holds == false)
      #expect(text == "attempt 1, `right`: its grades do not pass its test")
    }
  }

  @Test("A verdict, a checkpoint or a claim that the archive has otherwise is named")
  func otherRecords() async throws {
    let certified = try await Certified()
    #expect(
      try certified.verify { $0.passed = false }.text.contains("its verdict is another"))
    #expect(
      try certified.verify { $0.checkpoint = "other" }.text.contains("it was made with other"))
    #expect(
      try certified.verify { $0.claims?[1].maximumFailures += 1 }.text
        == "attempt 1, in .hone/runs.sqlite: it claims something else of `right`")
    #expect(
      try certified.verify { $0.claims?.removeLast() }.text.contains("1 claims, 2 in hone.lock"))
  }

  @Test("Where it is not here that is said; a file that is damaged is named")
  func elsewhere() async throws {
    let certified = try await Certified()
    let none = try certified.verify(.none)
    #expect(none.holds == nil)
    #expect(none.text == ".hone/runs.sqlite is not here, which keeps the grades of attempt 1")
    #expect(try certified.verify(.attempts([])).holds == nil)
    #expect(try certified.verify(.closed(reason: "no")).holds == nil)
    #expect(try certified.verify(.damaged(reason: "no")).holds == false)
    // A second copy that is whole is enough.
    var broken = certified.kept
    broken.grades.removeLast()
    #expect(try certified.verify(.attempts([certified.kept, broken])).holds == true)
  }

  @Test("A run that is cut off between the evidence and hone.lock ends with the same lock")
  func cutOff() async throws {
    let undisturbed = try Scratch()
    _ = try await undisturbed.run(trainer: SureTrainer())
    let expected = try Data(contentsOf: SuiteWorkspace(folder: undisturbed.folder).lock)

    let scratch = try Scratch()
    let lock = SuiteWorkspace(folder: scratch.folder).lock
    // The verdict is kept, and hone.lock cannot be written.
    await #expect(throws: RunError.self) {
      _ = try await scratch.run(trainer: SureTrainer()) { stamped in
        guard case .attemptConcluded = stamped.event else { return }
        try? FileManager.default.moveItem(at: lock, to: lock.appendingPathExtension("kept"))
        try? FileManager.default.createDirectory(
          at: lock.appendingPathComponent("x"), withIntermediateDirectories: true)
      }
    }
    try FileManager.default.removeItem(at: lock)
    try FileManager.default.moveItem(at: lock.appendingPathExtension("kept"), to: lock)
    #expect(try scratch.ledger.attempts.map(\.outcome) == [.open])
    _ = try await scratch.run(trainer: SureTrainer())
    #expect(try Data(contentsOf: lock) == expected)
  }

  @Test("An attempt outside a run is kept as well")
  func onPurpose() async throws {
    let scratch = try Scratch()
    let (suite, lock) = try scratch.deal()
    let archive = try scratch.archive
    var attempt = try SealedAttempt(of: "version-1", on: suite, lock: lock) { kept, attempt in
      try archive.keep(kept, of: attempt)
    }
    let trainer = SureTrainer()
    let model = try await trainer.model(at: Checkpoint(id: "version-1", rung: .head))
    #expect(try await attempt.perform(with: model))
    let certificate = try attempt.issueCertificate(
      for: TestedModel(base: "base", checkpoint: "version-1", engine: "engine"),
      at: Date(timeIntervalSince1970: 0))
    let made = try #require(try scratch.ledger.attempts.last)
    let kept = try archive.kept(of: made)
    #expect(kept.count == 1)
    #expect(kept[0].grades.count == made.pools.reduce(0) { $0 + $1.trials })
    func holds(_ kept: [KeptAttempt]) throws -> Bool {
      let (suite, lock) = try scratch.deal()
      return CertificateVerification(
        certificate, suite: suite, recorded: lock, base: ModelIdentity("base"),
        checkpoint: "version-1", evidence: .attempts(kept)
      ).holds
    }
    #expect(try holds(kept))
    var turned = kept
    turned[0].grades[0].passed.toggle()
    #expect(try !holds(turned))
  }

  @Test("A name of grades is the same in any order, and another for another attempt")
  func names() async throws {
    let first = try await Certified()
    let again = try await Certified()
    #expect(first.attempt.pools.map(\.evidence) == again.attempt.pools.map(\.evidence))
    #expect(try first.verify { $0.grades.reverse() }.holds == true)
    let others = try await Certified(Self.fallible)
    #expect(first.attempt.pools.map(\.evidence) != others.attempt.pools.map(\.evidence))
  }
}
