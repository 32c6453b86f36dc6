import Foundation
import RunStorage
import Statistics
import Suites
import Testing
import Tuning

@Suite("A certificate beside what it speaks of")
struct CertificateVerificationTests {
  private typealias Part = CertificateVerification.Finding.Part

  /// What a run left, to be changed.
  private struct Certified {
    var scratch: TuningRunTests.Scratch
    var certificate: Certificate
    var recorded: SuiteLock
    var evidence: KeptEvidence
    var checkpoint: String?

    init() async throws {
      scratch = try TuningRunTests.Scratch()
      let result = try await scratch.run(trainer: TuningRunTests.learns)
      let file = try #require(result.certificate)
      certificate = try #require(Certificate.read(from: file))
      recorded = try #require(
        try SuiteLock.read(from: SuiteWorkspace(folder: scratch.folder).lock))
      evidence = .attempts(try scratch.archive.kept(of: recorded.ledger.attempts[0]))
      checkpoint = certificate.model.checkpoint
    }

    func verify(base: ModelIdentity? = nil) throws -> CertificateVerification {
      CertificateVerification(
        certificate, suite: try scratch.deal().0, recorded: recorded,
        base: base ?? certificate.model.base, checkpoint: checkpoint, evidence: evidence)
    }

    /// The parts that differ, each once.
    func differing(base: ModelIdentity? = nil) throws -> [Part] {
      let verification = try verify(base: base)
      let parts = Set(verification.findings.filter { $0.holds == false }.map(\.part))
      #expect(verification.holds == parts.isEmpty)
      return Part.allCases.filter(parts.contains)
    }
  }

  @Test("Where nothing was changed, every part holds")
  func holds() async throws {
    let verification = try await Certified().verify()
    #expect(verification.holds)
    #expect(verification.findings.map(\.part) == Part.allCases)
  }

  @Test("A changed example and a changed target are told, by name and place")
  func suite() async throws {
    let certified = try await Certified()
    var reworded = Example(input: "left, as it were", expected: "left")
    reworded.locations = [SourceLocation(file: "behaviors/left.jsonl", line: 4)]
    certified.scratch.behaviors[0].examples[3] = reworded
    #expect(try certified.differing() == [.suite])
    var messages = try certified.verify().findings.filter { $0.holds == false }.map(\.message)
    #expect(messages.contains("`left`: new or changed: behaviors/left.jsonl:4"))
    #expect(messages.contains("`left`: 1 example that was graded is gone or changed"))
    certified.scratch.behaviors[1].target = 0.86
    messages = try certified.verify().findings.filter { $0.holds == false }.map(\.message)
    #expect(messages.contains { $0.hasPrefix("`right`: 0.85 was shown") })
  }

  @Test("A changed label is told by its place; where only a setting differs, that is said")
  func label() async throws {
    let certified = try await Certified()
    let whole = certified.scratch.behaviors
    var relabelled = Example(input: whole[0].examples[5].input, expected: "up")
    relabelled.locations = [SourceLocation(file: "behaviors/left.jsonl", line: 6)]
    certified.scratch.behaviors[0].examples[5] = relabelled
    let messages = try certified.verify().findings.filter { $0.holds == false }.map(\.message)
    #expect(messages.contains("`left`: new or changed: behaviors/left.jsonl:6"))

    certified.scratch.behaviors = whole
    certified.scratch.behaviors[0].hope = 0.99
    let last = try #require(try certified.verify().findings.last { $0.part == .suite })
    #expect(last.holds == false)
    #expect(last.message.hasPrefix("no example is new or gone"))
  }

  @Test("Another base, changed weights, weights that are gone")
  func model() async throws {
    var certified = try await Certified()
    #expect(try certified.differing(base: ModelIdentity("sha256:other")) == [.base])
    certified.checkpoint = "0123456789abcdef"
    #expect(try certified.differing() == [.checkpoint])
    // In a clone: nothing differs, and nothing can be said.
    certified.checkpoint = nil
    #expect(try certified.differing() == [])
    #expect(try certified.verify().findings.first { $0.part == .checkpoint }?.holds == nil)
  }

  @Test("Words that the suite does not say are named, each")
  func words() async throws {
    let certified = try await Certified()
    for (name, edit) in [
      ("claim", { $0.claim += " And more." }), ("confidence", { $0.confidence = 0.9 }),
      ("population", { $0.population = "everybody" }), ("caveats", { $0.caveats = ["none"] }),
      ("seed", { $0.seed += 1 }),
      ("requires of `left`", { $0.behaviors[0].requires = "It is nearly left." }),
    ] as [(String, (inout Certificate) -> Void)] {
      var changed = certified
      edit(&changed.certificate)
      let findings = try changed.verify().findings.filter { $0.holds == false && $0.part == .suite }
      #expect(findings.map { $0.message.hasPrefix("\(name): the certificate says") } == [true])
    }
  }

  @Test("A set that was revealed since leaves the certificate as it is")
  func revealed() async throws {
    var certified = try await Certified()
    let (suite, lock) = try certified.scratch.deal()
    let left = try #require(suite.suite[behavior: "left"])
    certified.recorded = RevealedSet(left, in: suite, lock: lock).lock
    try certified.recorded.write(to: SuiteWorkspace(folder: certified.scratch.folder).lock)
    #expect(try certified.differing() == [])
  }

  @Test("An attempt that is gone, failed, or was made with another checkpoint")
  func attempt() async throws {
    let certified = try await Certified()
    var changed = certified
    changed.recorded.ledger.attempts = []
    #expect(try changed.differing() == [.attempt])
    changed = certified
    changed.recorded.ledger.attempts[0].outcome = .failed
    #expect(try changed.differing() == [.attempt, .evidence])
    changed = certified
    changed.recorded.ledger.attempts[0].checkpoint = "0123456789abcdef"
    #expect(try changed.differing() == [.attempt, .evidence])
  }

  @Test("Numbers that are not the ledger's, and numbers that are no test of their level")
  func claims() async throws {
    let certified = try await Certified()
    var changed = certified
    changed.certificate.behaviors[0].target = 0.9
    #expect(try changed.differing() == [.claims])

    // Both changed alike: what the exact test says still differs, and what the archive has.
    changed = certified
    changed.certificate.behaviors[1].maximumFailures += 1
    changed.recorded.ledger.attempts[0].pools[1].maximumFailures += 1
    #expect(
      changed.recorded.ledger.attempts[0].pools[1].behavior
        == certified.certificate.behaviors[1].behavior)
    let findings = try changed.verify().findings.filter { $0.holds == false }
    #expect(findings.map(\.part) == [.claims, .evidence])
    #expect(findings[0].message.contains("above its level"))
    #expect(findings[1].message.hasSuffix("it claims something else of `right`"))

    changed = certified
    changed.certificate.behaviors[0].level = 0.04
    changed.recorded.ledger.attempts[0].pools[0].level = 0.04
    #expect(try changed.differing() == [.claims, .evidence])
  }
}
