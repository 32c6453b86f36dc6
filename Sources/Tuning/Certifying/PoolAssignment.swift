import Suites

/// Which pools of the ledger the behaviors of a suite go on with.
///
/// A behavior *touches* every pool that has graded an example of its, be it under another label,
/// another wording or another name; it can be no fresher than the most spent of them. Each pool
/// that is touched is *carried* by exactly one behavior, which bears its losses: the one of its
/// name, else the one that shares most with it. So a renamed behavior goes on with its pool, and a
/// new behavior that borrows a few examples does not answer for the rest of somebody else's.
struct PoolAssignment {
  /// Indices of the pools that each set touches; shape [sets], in order of pool.
  let touched: [[Int]]
  /// Indices of the pools that each set carries, the one it goes on with first.
  let carried: [[Int]]

  init(of sets: [SealedSet], in ledger: Ledger) {
    let shared = Self.shared(sets, ledger)
    touched = shared.map { counts in counts.indices.filter { counts[$0] > 0 } }
    var carried = sets.map { _ in [Int]() }
    for (index, pool) in ledger.pools.enumerated() where !pool.isUsedUp {
      let touching = sets.indices.filter { shared[$0][index] > 0 }
      let bearer =
        touching.first { sets[$0].behavior == pool.name }
        ?? touching.max {
          (shared[$0][index], sets[$1].behavior) < (shared[$1][index], sets[$0].behavior)
        }
      if let bearer { carried[bearer].append(index) }
    }
    self.carried = zip(sets, zip(carried, shared)).map { set, pair in
      let (pools, counts) = pair
      func rank(_ pool: Int) -> (Int, Int, Int) {
        (ledger.pools[pool].name == set.behavior ? 0 : 1, -counts[pool], pool)
      }
      return pools.sorted { rank($0) < rank($1) }
    }
  }

  /// How many of a pool's examples each set knows, as they were or changed; shape [sets][pools].
  ///
  /// Asks an index of the sets' keys, not every set about every example: there may be hundreds of
  /// behaviors with as many pools.
  private static func shared(_ sets: [SealedSet], _ ledger: Ledger) -> [[Int]] {
    var setsWithKey: [String: [Int]] = [:]
    for (index, set) in sets.enumerated() {
      for key in set.keys { setsWithKey[key, default: []].append(index) }
    }
    var counts = sets.map { _ in [Int](repeating: 0, count: ledger.pools.count) }
    for (place, pool) in ledger.pools.enumerated() where !pool.isUsedUp {
      for example in pool.exposed {
        let keys = [example.id, example.input, example.cluster]
        for index in Set(keys.flatMap { setsWithKey[$0] ?? [] }) { counts[index][place] += 1 }
      }
    }
    return counts
  }
}
