package import Suites

/// What one attempt saw of a behavior's sealed set that was revealed since: to be looked at, like all
/// of `dev`.
///
/// The whole set must be open. While anything of it is sealed, or the grades that are kept are not those
/// that `hone.lock` names, there is no such value.
package struct RevealedEvidence: Sendable, Hashable {
  package let behavior: String
  /// The attempt's number in the ledger.
  package let attempt: Int
  package let checkpoint: String
  /// What the attempt tested of the behavior.
  package let claim: AttemptClaim
  /// In order of example id.
  package let grades: [SealedGrade]

  /// Of all attempts of a ledger.
  ///
  /// - Parameter kept: What an archive keeps of an attempt; called only where a set is open.
  package static func all(
    in suite: DealtSuite, kept: (Attempt) throws -> [KeptAttempt]
  ) rethrows -> [RevealedEvidence] {
    // Where attempts use fresh examples up nothing is ever revealed.
    guard suite.suite.claims.sealed == .verdictOnly else { return [] }
    let open = OpenSets(suite)
    var found: [RevealedEvidence] = []
    for attempt in suite.ledger.attempts where attempt.outcome != .open {
      let pools = attempt.pools.filter(open.isOpen)
      guard !pools.isEmpty else { continue }
      let copies = try kept(attempt)
      for pool in pools {
        if let one = copies.lazy.compactMap({ Self($0, attempt, pool, open) }).first {
          found.append(one)
        }
      }
    }
    return found
  }

  private init?(_ kept: KeptAttempt, _ attempt: Attempt, _ pool: AttemptPool, _ open: OpenSets) {
    let claims = attempt.claims
    guard let claim = claims.first(where: { $0.behavior == pool.behavior }),
      kept.checkpoint == attempt.checkpoint, kept.passed == (attempt.outcome == .passed)
    else { return nil }
    let grades = kept.grades.filter { $0.behavior == pool.behavior }
    guard !grades.isEmpty, grades.count == pool.trials - pool.missing,
      grades.allSatisfy({ open.dev[pool.behavior]?.contains($0.example) == true })
    else { return nil }
    if let name = pool.evidence {
      let prints = EvidenceFingerprint.all(of: kept.grades, attempt: attempt.key)
      guard prints[pool.behavior] == name else { return nil }
    }
    behavior = pool.behavior
    self.attempt = attempt.number
    checkpoint = attempt.checkpoint
    self.claim = claim
    self.grades = grades.sorted { $0.example < $1.example }
  }

  /// Which sets of a suite are sealed no more.
  private struct OpenSets {
    /// Ids of the examples of `dev`, by behavior.
    let dev: [String: Set<String>]
    /// Whatever a sealed example may be known by.
    private let sealed: Set<String>
    private let exposed: [Int: [ExposedExample]]

    init(_ suite: DealtSuite) {
      var dev: [String: Set<String>] = [:]
      var sealed: Set<String> = []
      for behavior in suite.suite.behaviors {
        for example in behavior.examples {
          switch suite.roles[example.cluster] {
          case .dev: dev[behavior.name, default: []].insert(example.id)
          case .sealed: sealed.formUnion([example.id, example.inputKey, example.cluster.hex])
          case .train, .gate, nil: break
          }
        }
      }
      self.dev = dev
      self.sealed = sealed
      exposed = Dictionary(suite.ledger.pools.map { ($0.id, $0.exposed) }) { first, _ in first }
    }

    /// Whether nothing that any attempt has graded in a pool is sealed.
    func isOpen(_ pool: AttemptPool) -> Bool {
      guard let exposed = exposed[pool.pool], !exposed.isEmpty else { return false }
      return exposed.allSatisfy { sealed.isDisjoint(with: [$0.id, $0.input, $0.cluster]) }
    }
  }
}
