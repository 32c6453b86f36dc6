import Foundation
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
    var ledger: Ledger
    var checkpoint: String?

    init() async throws {
      scratch = try TuningRunTests.Scratch()
      let result = try await scratch.run(trainer: TuningRunTests.learns)
      let file = try #require(result.certificate)
      certificate = try #require(Certificate.read(from: file))
      ledger = try scratch.ledger
      checkpoint = certificate.model.checkpoint
    }

    func verify(base: ModelIdentity? = nil) throws -> CertificateVerification {
      CertificateVerification(
        certificate, suite: try scratch.deal().0.suite, ledger: ledger,
        base: base ?? certificate.model.base, checkpoint: checkpoint)
    }

    /// The parts that differ, each once.
    func differing(base: ModelIdentity? = nil) throws -> [Part] {
      let verification = try verify(base: base)
      let parts = Set(verification.findings.filter { !$0.holds }.map(\.part))
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

  @Test("A changed example and a changed target are told, the latter by name")
  func suite() async throws {
    let certified = try await Certified()
    certified.scratch.behaviors[0].examples[3] = Example(
      input: "left, as it were", expected: "left")
    #expect(try certified.differing() == [.suite])
    certified.scratch.behaviors[1].target = 0.86
    let findings = try certified.verify().findings
    #expect(findings.contains { !$0.holds && $0.message.hasPrefix("`right`: 0.85 was shown") })
  }

  @Test("Another base, changed weights, weights that are gone")
  func model() async throws {
    var certified = try await Certified()
    #expect(try certified.differing(base: ModelIdentity("sha256:other")) == [.base])
    certified.checkpoint = "0123456789abcdef"
    #expect(try certified.differing() == [.checkpoint])
    certified.checkpoint = nil
    #expect(try certified.differing() == [.checkpoint])
  }

  @Test("An attempt that is gone, failed, or was made with another checkpoint")
  func attempt() async throws {
    let certified = try await Certified()
    var changed = certified
    changed.ledger.attempts = []
    #expect(try changed.differing() == [.attempt])
    changed = certified
    changed.ledger.attempts[0].outcome = .failed
    #expect(try changed.differing() == [.attempt])
    changed = certified
    changed.ledger.attempts[0].checkpoint = "0123456789abcdef"
    #expect(try changed.differing() == [.attempt])
  }

  @Test("Numbers that are not the ledger's, and numbers that are no test of their level")
  func claims() async throws {
    let certified = try await Certified()
    var changed = certified
    changed.certificate.behaviors[0].target = 0.9
    #expect(try changed.differing() == [.claims])

    // Both changed alike: what the exact test says still differs.
    changed = certified
    changed.certificate.behaviors[1].maximumFailures += 1
    changed.ledger.attempts[0].pools[1].maximumFailures += 1
    #expect(
      changed.ledger.attempts[0].pools[1].behavior == certified.certificate.behaviors[1].behavior)
    let findings = try changed.verify().findings.filter { !$0.holds }
    #expect(findings.count == 1)
    #expect(findings[0].message.contains("above its level"))

    changed = certified
    changed.certificate.behaviors[0].level = 0.04
    changed.ledger.attempts[0].pools[0].level = 0.04
    #expect(try changed.differing() == [.claims])
  }
}
