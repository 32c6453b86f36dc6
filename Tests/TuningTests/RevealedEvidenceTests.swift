import RunStorage
import Suites
import Testing
import Tuning

@Suite("Evidence of a set that was revealed")
struct RevealedEvidenceTests {
  /// A certified suite whose set of `left` is open by now, with what its archive keeps.
  private func revealed() async throws -> (
    scratch: TuningRunTests.Scratch, suite: DealtSuite, kept: [KeptAttempt]
  ) {
    let scratch = try TuningRunTests.Scratch()
    _ = try await scratch.run(trainer: TuningRunTests.learns)
    let (suite, lock) = try scratch.deal()
    #expect(try scratch.archive.revealed(in: suite).isEmpty)
    let left = try #require(suite.suite[behavior: "left"])
    let open = RevealedSet(left, in: suite, lock: lock)
    try open.lock.write(to: SuiteWorkspace(folder: scratch.folder).lock)
    let after = try scratch.deal().0
    let attempt = try #require(after.ledger.attempts.first)
    return (scratch, after, try scratch.archive.kept(of: attempt))
  }

  @Test("It has every unit that the attempt graded, and nothing of another behavior")
  func whole() async throws {
    let (scratch, suite, kept) = try await revealed()
    let found = try scratch.archive.revealed(in: suite)
    #expect(found.map(\.behavior) == ["left"] && found.map(\.attempt) == [1])
    let evidence = try #require(found.first)
    #expect(evidence.grades.count == evidence.claim.units && evidence.grades.count > 100)
    #expect(evidence.grades.map(\.example) == evidence.grades.map(\.example).sorted())
    #expect(Set(evidence.grades) == Set(kept[0].grades.filter { $0.behavior == "left" }))
  }

  @Test("While any of it is sealed there is none, and the grades are not even read")
  func partly() async throws {
    let (_, suite, kept) = try await revealed()
    let graded = kept[0].grades.filter { $0.behavior == "left" }
    let left = try #require(suite.suite[behavior: "left"])
    for grade in [graded[0], graded[graded.count / 2], graded[graded.count - 1]] {
      let example = try #require(left.examples.first { $0.id == grade.example })
      var sealed = suite
      sealed.roles[example.cluster] = .sealed
      let none = RevealedEvidence.all(in: sealed) { _ in
        Issue.record("grades of a set that is sealed in part were asked for")
        return kept
      }
      #expect(none.isEmpty)
      // Anywhere but in `dev` it is not to be looked at either.
      sealed.roles[example.cluster] = .gate
      #expect(RevealedEvidence.all(in: sealed) { _ in kept }.isEmpty)
    }
  }

  @Test("Nothing is made of grades that are not those of the attempt")
  func others() async throws {
    let (_, suite, kept) = try await revealed()
    #expect(RevealedEvidence.all(in: suite) { _ in kept }.count == 1)
    func expectNone(_ change: (inout KeptAttempt) -> Void) {
      var other = kept[0]
      change(&other)
      #expect(RevealedEvidence.all(in: suite) { _ in [other] }.isEmpty)
      // A copy that is whole is enough.
      #expect(RevealedEvidence.all(in: suite) { _ in [other] + kept }.count == 1)
    }
    expectNone { $0.checkpoint = "another" }
    expectNone { $0.passed = false }
    expectNone { $0.passed = nil }
    let place = try #require(kept[0].grades.firstIndex { $0.behavior == "left" })
    expectNone { $0.grades.remove(at: place) }
    expectNone { $0.grades[place].example = "unknown" }
    expectNone { $0.grades.removeAll() }
    #expect(RevealedEvidence.all(in: suite) { _ in [] }.isEmpty)
  }
}
