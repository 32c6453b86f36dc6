import Suites

extension CertificateVerification {
  private static let archive = ".hone/runs.sqlite"

  /// Counts the sealed grades of an attempt again. That they hold, or that they do not, is all that
  /// is told: never how many failed, or which.
  ///
  /// - Parameter suite: Nil where it is not the one that was certified.
  mutating func verify(
    _ evidence: KeptEvidence, of attempt: Attempt, in ledger: Ledger, suite: DealtSuite?
  ) {
    let name = "attempt \(attempt.number)"
    switch evidence {
    case .none:
      add(.evidence, holds: nil, "\(Self.archive) is not here, which keeps the grades of \(name)")
    case .closed(let reason):
      add(.evidence, holds: nil, "\(Self.archive) cannot be opened: \(reason)")
    case .damaged(let reason):
      add(
        .evidence, holds: false,
        "\(Self.archive) is damaged: \(reason). Bring it back from a copy; `hone train` begins a new "
          + "one where there is none")
    case .attempts(let kept) where kept.isEmpty:
      add(
        .evidence, holds: nil,
        "\(Self.archive) keeps no grades of \(name): it was made on another machine, or before the "
          + "file was begun anew")
    case .attempts(let kept):
      let complaints = kept.map { Self.complaints(about: $0, attempt, in: ledger, suite: suite) }
      // Of several copies one that is whole is enough.
      guard let last = complaints.last, complaints.allSatisfy({ !$0.isEmpty }) else {
        let isNamed = attempt.pools.allSatisfy { $0.evidence != nil }
        return add(
          .evidence, holds: true,
          "counted again, the grades of \(name) pass each test"
            + (isNamed ? ", and are those that hone.lock names" : ""))
      }
      for complaint in last { add(.evidence, holds: false, "\(name), \(complaint)") }
    }
  }

  private static func complaints(
    about kept: KeptAttempt, _ attempt: Attempt, in ledger: Ledger, suite: DealtSuite?
  ) -> [String] {
    var complaints = Self.complaints(about: kept, attempt)
    let prints = EvidenceFingerprint.all(of: kept.grades, attempt: attempt.key)
    let grades = Dictionary(grouping: kept.grades, by: \.behavior)
    for claim in attempt.pools {
      let pool = ledger.pools.first { $0.id == claim.pool }
      let expected = suite.flatMap { sealedIDs(of: claim.behavior, in: $0) }
      complaints += Self.complaints(
        about: grades[claim.behavior] ?? [], claim, pool: pool, expected: expected)
      if let evidence = claim.evidence, evidence != prints[claim.behavior] {
        complaints.append(
          "`\(claim.behavior)`: what \(archive) keeps is not what was graded (hone.lock has "
            + "\(evidence.prefix(8)), this makes \(prints[claim.behavior]?.prefix(8) ?? "none"))")
      }
    }
    return complaints
  }

  /// What an attempt on the suite as it is would grade; nil where that is no longer sealed.
  private static func sealedIDs(of behavior: String, in suite: DealtSuite) -> Set<String>? {
    guard suite.suite.claims.sealed == .verdictOnly, let behavior = suite.suite[behavior: behavior]
    else { return nil }
    // A set that was revealed is in `dev`, whole.
    let ids = Set(suite.sealedRepresentatives(of: behavior).map(\.id))
    return ids.isEmpty ? nil : ids
  }

  private static func complaints(about kept: KeptAttempt, _ attempt: Attempt) -> [String] {
    var complaints: [String] = []
    if kept.checkpoint != attempt.checkpoint {
      complaints.append("in \(archive): it was made with \(kept.checkpoint)")
    }
    if kept.passed != (attempt.outcome == .passed) {
      complaints.append("in \(archive): its verdict is another than in hone.lock")
    }
    let claims = attempt.claims.sorted { $0.behavior < $1.behavior }
    for (one, other) in zip(kept.claims ?? claims, claims) where one != other {
      complaints.append("in \(archive): it claims something else of `\(one.behavior)`")
    }
    if let own = kept.claims, own.count != claims.count {
      complaints.append("in \(archive): it has \(own.count) claims, \(claims.count) in hone.lock")
    }
    let claimed = Set(claims.map(\.behavior))
    for behavior in Set(kept.grades.map(\.behavior)).subtracting(claimed).sorted() {
      complaints.append("in \(archive): it grades `\(behavior)`, of which it claims nothing")
    }
    return complaints
  }

  private static func complaints(
    about grades: [SealedGrade], _ claim: AttemptPool, pool: Pool?, expected: Set<String>?
  ) -> [String] {
    let name = "`\(claim.behavior)`"
    var complaints: [String] = []
    let ids = Set(grades.map(\.example))
    if ids.count != claim.trials - claim.missing {
      complaints.append(
        "\(name): \(claim.trials - claim.missing) graded units are claimed, \(ids.count) are kept")
    }
    if let pool, !ids.isSubset(of: pool.exposed.map(\.id)) {
      complaints.append("\(name): an example is graded that hone.lock has not in pool \(pool.id)")
    } else if let expected, expected != ids {
      complaints.append("\(name): the examples graded are not those that the suite has sealed")
    }
    if grades.count(where: { !$0.passed }) + claim.missing > claim.maximumFailures {
      complaints.append("\(name): its grades do not pass its test")
    }
    return complaints
  }
}
