import Statistics
import Suites

/// The rules where every attempt takes never-exposed examples (`sealed: fresh`).
///
/// Attempt k since the last pass is made at α·6/(π²k²), whatever behaviors there were at the others:
/// its units are independent of all that was learned before, and before a first pass the levels sum
/// to α. A pass leaves the whole of α, since nothing that later attempts count was looked at.
extension Ledger {
  /// What is left to spend on the sealed examples of each behavior, shape [sets].
  func pools(of sets: [SealedSet], claims: Claims) -> [SealedPool] {
    switch claims.sealed {
    case .verdictOnly: pools(of: sets, alpha: claims.alpha)
    case .fresh:
      sets.map { set in
        SealedPool(
          fresh: set.unexposed(in: self).representatives.count, budget: claims.alpha,
          spent: attemptsSincePass)
      }
    }
  }

  /// The state of the units that one attempt takes.
  func freshPool(of taken: SealedSet, alpha: Double) -> SealedPool {
    SealedPool(units: taken.representatives.count, budget: alpha, spent: attemptsSincePass)
  }

  /// Charges an attempt on units that are used up by it.
  ///
  /// - Parameter sets: The units to take.
  mutating func beginFresh(
    checkpoint: Checkpoint, key: String, run: String, sets: [SealedSet], alpha: Double
  ) -> Attempt {
    let spent = attemptsSincePass
    var charged: [AttemptPool] = []
    for set in sets {
      let state = SealedPool(
        units: set.representatives.count, budget: alpha, spent: spent)
      let pool = Pool(
        id: pools.count + 1, name: set.behavior, share: 1, spent: spent + 1,
        exposed: set.representatives.map(ExposedExample.init), isUsedUp: true)
      pools.append(pool)
      let claim = AttemptClaim(behavior: set.behavior, target: set.target, pool: state)
      charged.append(AttemptPool(claim, pool: pool.id, budget: alpha))
    }
    let attempt = Attempt(
      number: attempts.count + 1, checkpoint: checkpoint.id, key: key, run: run, pools: charged)
    attempts.append(attempt)
    return attempt
  }

  private var attemptsSincePass: Int {
    attempts.reversed().prefix { $0.outcome != .passed }.count
  }
}

extension Attempt {
  /// Names an attempt on fresh examples. They are others each time, so they take no part: a checkpoint
  /// that was attempted at these targets has its verdict.
  static func freshKey(checkpoint: Checkpoint, sets: [SealedSet], alpha: Double) -> String {
    var hash = Fingerprint("hone-fresh-attempt-1")
    hash.add(checkpoint.id, "\(alpha)")
    for set in sets { hash.add(set.behavior, "\(set.target)") }
    return String(hash.hex.prefix(16))
  }
}

extension SealedSet {
  /// Without what any attempt has ever graded, be it under another label or wording.
  func unexposed(in ledger: Ledger) -> SealedSet {
    let exposed = ledger.pools.lazy.flatMap(\.exposed)
    let seen = Set(exposed.flatMap { [$0.id, $0.input, $0.cluster] })
    return only(
      Set(
        representatives.lazy.filter {
          seen.isDisjoint(with: [$0.id, $0.inputKey, $0.cluster.hex])
        }.map(\.id)))
  }

  /// The first `count` units in an order that nothing but their ids decides.
  func first(_ count: Int) -> SealedSet {
    let order = representatives.sorted {
      Fingerprint.order("hone-fresh-1", of: $0.id) < Fingerprint.order("hone-fresh-1", of: $1.id)
    }
    return only(Set(order.prefix(count).map(\.id)))
  }

  func only(_ ids: Set<String>) -> SealedSet {
    var rest = self
    rest.representatives.removeAll { !ids.contains($0.id) }
    return rest
  }
}
