public import Suites

/// The sealed examples of one behavior, moved to `dev` to be looked at: all of them, never a part.
///
/// Revealing the failures alone would certify anything. What is revealed is sealed no more, for good:
/// the behavior needs new examples before it can be certified again.
public struct RevealedSet: Sendable, Hashable {
  public let behavior: String
  /// Independent units of the behavior that move.
  public let units: Int
  /// Units that other behaviors lose, since a cluster has one role; by name, where there are any.
  public let others: [String: Int]
  /// `hone.lock` with the examples moved.
  public let lock: SuiteLock

  public init(_ behavior: Behavior, in suite: DealtSuite, lock: SuiteLock) {
    let moved = Set(suite.examples(of: behavior, in: .sealed).map(\.cluster))
    self.behavior = behavior.name
    units = moved.count
    var others: [String: Int] = [:]
    for other in suite.suite.behaviors where other.name != behavior.name {
      let shared = Set(suite.examples(of: other, in: .sealed).map(\.cluster)).intersection(moved)
      if !shared.isEmpty { others[other.name] = shared.count }
    }
    self.others = others
    var lock = lock
    for cluster in suite.suite.clusters where moved.contains(cluster.id) {
      for key in cluster.keys { lock.roles[key] = .dev }
    }
    // The whole of its pool is open now: nothing of it is missing, and nothing of it counts again.
    let keys = Set(moved.map(\.hex))
    for index in lock.ledger.pools.indices where !lock.ledger.pools[index].exposed.isEmpty {
      if lock.ledger.pools[index].exposed.allSatisfy({ keys.contains($0.cluster) }) {
        lock.ledger.pools[index].isUsedUp = true
      }
    }
    self.lock = lock
  }
}
