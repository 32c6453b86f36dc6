/// Gives every cluster its role, and returns the lock that records it.
///
/// Pure: the same suite and lock give the same roles and the same lock, whatever the order of
/// rows. A cluster keeps what the lock says of any of its members; where several disagree all
/// take the lowest. Roles that files or rows declare apply, and only ever lower what the lock
/// says. Everything else falls to its share by a keyed hash of the cluster's name, or of the
/// smallest of its inputs: never of seed, label or behavior. Clusters that touch a guard, and those
/// that expect no label, are not dealt `train` but `dev`: nothing could be tuned on them.
///
/// - Parameter lock: What `hone.lock` says; nil deals afresh.
/// - Returns: The roles, and the lock to write: the given one with what is new added. It equals
///   `lock` when nothing changed.
/// - Throws: `SuiteErrors` if an input and a cluster's name have the same 64-bit key.
public func deal(
  _ suite: Suite, lock: SuiteLock?
) throws(SuiteErrors) -> (DealtSuite, SuiteLock) {
  var dealing = Dealing(suite: suite, lock: lock ?? SuiteLock())
  try dealing.checkKeys()
  dealing.run()
  let dealt = DealtSuite(
    suite: suite, roles: dealing.roles, ledger: dealing.lock.ledger,
    findings: dealing.findings.sorted())
  return (dealt, dealing.lock)
}

/// The work of `deal`, cluster by cluster.
private struct Dealing {
  let suite: Suite
  var lock: SuiteLock
  let recorded: SuiteLock
  var roles: [ClusterID: Role] = [:]
  var findings: [SuiteFinding] = []

  init(suite: Suite, lock: SuiteLock) {
    self.suite = suite
    self.lock = lock
    recorded = lock
  }

  func checkKeys() throws(SuiteErrors) {
    let inputs = Set(suite.clusters.lazy.flatMap(\.inputs))
    for cluster in suite.clusters {
      if let key = cluster.names.first(where: inputs.contains) {
        let place = cluster.locations.first ?? SourceLocation(file: "hone.yaml")
        throw SuiteErrors(SuiteError(.keyCollision(key), at: place))
      }
    }
  }

  mutating func run() {
    let declared = declarations()
    let guarded = Set(
      suite.behaviors.lazy.filter(\.isGuard).flatMap(\.examples).map(\.cluster))
    let labelled = Set(
      suite.behaviors.lazy.flatMap(\.examples).filter { $0.expected.label != nil }.map(\.cluster))
    for cluster in suite.clusters {
      let role = role(
        of: cluster, declared: declared[cluster.id] ?? [], isGuarded: guarded.contains(cluster.id),
        isLabelled: labelled.contains(cluster.id))
      roles[cluster.id] = role
      for key in cluster.keys { lock.roles[key] = role }
    }
  }

  /// Every role that files and rows declare, by cluster.
  private func declarations() -> [ClusterID: Set<Role>] {
    var result: [ClusterID: Set<Role>] = [:]
    for example in suite.behaviors.lazy.flatMap(\.examples) {
      guard !example.declaredRoles.isEmpty else { continue }
      result[example.cluster, default: []].formUnion(example.declaredRoles)
    }
    return result
  }

  private mutating func role(
    of cluster: Cluster, declared: Set<Role>, isGuarded: Bool, isLabelled: Bool
  ) -> Role {
    let known = cluster.keys.compactMap { recorded.roles[$0] }
    var role = known.min() ?? declared.min() ?? dealt(cluster)
    if let lowest = declared.min() {
      if declared.count > 1 { report(cluster, declaredIn: declared) }
      if lowest > role { report(cluster, declared: lowest, recorded: role) }
      role = min(role, lowest)
    }
    if isGuarded && role == .train {
      if known.contains(.train) {
        reportTunedGuard(cluster)
      } else {
        if declared.contains(.train) { reportGuardDeclaredTrain(cluster) }
        role = .dev
      }
    }
    if !isLabelled && role == .train && known.isEmpty && declared.isEmpty { role = .dev }
    return role
  }

  private func dealt(_ cluster: Cluster) -> Role {
    Fingerprint.role(of: cluster.id, shares: suite.roles)
  }
}

// MARK: - Findings

extension Dealing {
  private mutating func report(_ cluster: Cluster, declaredIn roles: Set<Role>) {
    let names = roles.sorted().map { "'\($0.rawValue)'" }.joined(separator: " and ")
    findings.append(
      SuiteFinding(
        .warning, .roles, places: cluster.locations,
        message: "one cluster is declared in \(names); the lowest applies to all of it",
        suggestion: "Remove it from the other file to keep that role for texts of its own"))
  }

  private mutating func report(_ cluster: Cluster, declared: Role, recorded: Role) {
    findings.append(
      SuiteFinding(
        .warning, .roles, places: cluster.locations,
        message: "declared '\(declared.rawValue)', but hone.lock has it in '\(recorded.rawValue)',"
          + " where it stays: roles only ever move down",
        suggestion: "Use fresh examples for '\(declared.rawValue)'"))
  }

  private mutating func reportTunedGuard(_ cluster: Cluster) {
    findings.append(
      SuiteFinding(
        .warning, .roles, places: cluster.locations,
        message: "a guard's example is in 'train' by hone.lock, so it may have been tuned on;"
          + " the guard does without it",
        suggestion: "Give the guard examples of its own"))
  }

  private mutating func reportGuardDeclaredTrain(_ cluster: Cluster) {
    findings.append(
      SuiteFinding(
        .warning, .roles, places: cluster.locations,
        message: "declared 'train', but it belongs to a guard, which is never tuned on;"
          + " it goes to 'dev'"))
  }
}
