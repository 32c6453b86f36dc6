/// A suite whose every cluster has its role.
public struct DealtSuite: Sendable, Hashable {
  public var suite: Suite
  /// Every cluster of the suite is in it.
  public var roles: [ClusterID: Role]
  /// The ledger of the lock that the roles were dealt with.
  public var ledger: Ledger
  /// What dealing came upon: texts declared in two roles, and roles that could not be kept.
  public var findings: [SuiteFinding]

  public init(
    suite: Suite, roles: [ClusterID: Role], ledger: Ledger = Ledger(), findings: [SuiteFinding] = []
  ) {
    self.suite = suite
    self.roles = roles
    self.ledger = ledger
    self.findings = findings
  }

  // MARK: - Examples

  /// The examples of a behavior that may be used for `role`, in order of id.
  ///
  /// A guard has none in `train`; where a cluster of its was tuned on by another behavior, the
  /// guard does without it.
  public func examples(of behavior: Behavior, in role: Role) -> [Example] {
    if behavior.isGuard && role == .train { return [] }
    return behavior.examples.filter { roles[$0.cluster] == role }
  }

  /// One example for each cluster that a behavior has in `role`, in order of id.
  ///
  /// Chosen by a keyed hash of the id, before any grade: independent units, as binary tests count
  /// them. Of sealed examples, one that an attempt has already drawn on stays the choice, so that
  /// adding a row to its cluster changes nothing.
  public func representatives(of behavior: Behavior, in role: Role) -> [Example] {
    representatives(of: behavior, in: role) { _ in true }
  }

  /// The same among some of the examples only, say those that were there before.
  package func representatives(
    of behavior: Behavior, in role: Role, where isEligible: (Example) -> Bool
  ) -> [Example] {
    let exposed =
      role == .sealed ? Set(ledger.pools.lazy.flatMap(\.exposed).map(\.id)) : []
    var chosen: [ClusterID: (rank: String, example: Example)] = [:]
    for example in examples(of: behavior, in: role) where isEligible(example) {
      let seen = exposed.contains(example.id) ? "0" : "1"
      let rank = seen + Fingerprint.representativeOrder(of: example.id)
      if let other = chosen[example.cluster], other.rank <= rank { continue }
      chosen[example.cluster] = (rank, example)
    }
    return chosen.values.map(\.example).sorted { $0.id < $1.id }
  }

  /// The examples that an attempt grades: one for each sealed cluster.
  public func sealedRepresentatives(of behavior: Behavior) -> [Example] {
    representatives(of: behavior, in: .sealed)
  }

  // MARK: - Counts

  /// Independent units that a behavior has in `role`: clusters, not rows.
  public func units(of behavior: Behavior, in role: Role) -> Int {
    Set(examples(of: behavior, in: role).lazy.map(\.cluster)).count
  }

  /// Clusters of the whole suite in `role`.
  public func units(in role: Role) -> Int {
    roles.values.lazy.filter { $0 == role }.count
  }

  /// Ids that attempts have drawn on in a pool and that no behavior has sealed any more, sorted.
  ///
  /// Each counts as a failure in that pool: the example was deleted, reworded, relabelled, set
  /// aside or moved to a lower role.
  public func missing(from pool: Pool) -> [String] {
    let sealed = Set(
      suite.behaviors.lazy.flatMap(\.examples).filter { roles[$0.cluster] == .sealed }
        .map(\.id))
    return pool.exposed.map(\.id).filter { !sealed.contains($0) }
  }
}
