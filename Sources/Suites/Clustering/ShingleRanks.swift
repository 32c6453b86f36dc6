/// The ranks of shingles, from rare to common: 0, 1, 2 …
///
/// A table with open addressing: shingles are hashes that are mixed well already, and to hash them
/// once more would take most of the time. There are millions in a large suite.
struct ShingleRanks: Sendable {
  private var keys: [UInt64]
  /// How often a shingle was counted, then its rank plus 1; 0 in an empty place.
  private var values: [UInt32]
  private(set) var count = 0

  /// Ranks the shingles of all sets; equally common ones in order of hash.
  init(_ sets: [[UInt64]]) {
    keys = Array(repeating: 0, count: 1 << 12)
    values = Array(repeating: 0, count: 1 << 12)
    for set in sets {
      for shingle in set {
        if 2 * count >= keys.count { grow() }
        let place = place(of: shingle)
        if values[place] == 0 {
          keys[place] = shingle
          count += 1
        }
        values[place] += 1
      }
    }
    let order = keys.indices.filter { values[$0] > 0 }.sorted {
      (values[$0], keys[$0]) < (values[$1], keys[$1])
    }
    for (rank, place) in order.enumerated() { values[place] = UInt32(rank) + 1 }
  }

  /// The rank of a shingle that was counted.
  subscript(shingle: UInt64) -> UInt32 { values[place(of: shingle)] - 1 }

  /// Where a shingle is, or would be.
  private func place(of shingle: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: shingle) & mask
    while values[place] != 0 && keys[place] != shingle { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: 0, count: 2 * oldKeys.count)
    values = Array(repeating: 0, count: 2 * oldKeys.count)
    for (key, value) in zip(oldKeys, oldValues) where value > 0 {
      let place = place(of: key)
      keys[place] = key
      values[place] = value
    }
  }
}
