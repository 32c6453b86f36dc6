/// Links texts whose shingle sets are alike: an exact join by prefix filtering.
///
/// Shingles are ranked from rare to common. Two sets that are alike must share one of the rarest
/// few of each, so only texts that meet in an index of those are compared (Bayardo, Ma and
/// Srikant 2007). Texts that are linked already are not compared again.
package struct SimilarTexts {
  private let sets: [[UInt32]]

  /// - Parameter texts: Different normalised texts.
  package init(_ texts: [String]) {
    let hashes = texts.map(Shingles.of)
    sets = Self.ranked(hashes)
  }

  package func link(in groups: inout DisjointSets) {
    // From short to long: a text meets only texts that are no longer than itself.
    let order = sets.indices.filter { !sets[$0].isEmpty }.sorted {
      (sets[$0].count, $0) < (sets[$1].count, $1)
    }
    var index: [UInt32: [Int32]] = [:]
    var lastMet = Array(repeating: Int32(-1), count: sets.count)
    for item in order {
      let set = sets[item]
      let smallest = Shingles.smallestPartner(of: set.count)
      for shingle in set.prefix(set.count - smallest + 1) {
        guard let others = index[shingle] else { continue }
        for other in others {
          let other = Int(other)
          if lastMet[other] == Int32(item) || sets[other].count < smallest { continue }
          lastMet[other] = Int32(item)
          if groups.find(item) != groups.find(other), Self.areAlike(set, sets[other]) {
            groups.join(item, other)
          }
        }
      }
      for shingle in set.prefix(set.count - Shingles.neededOverlap(set.count, set.count) + 1) {
        index[shingle, default: []].append(Int32(item))
      }
    }
  }

  /// Replaces hashes by their rank from rare to common, and sorts each set by it.
  private static func ranked(_ hashes: [[UInt64]]) -> [[UInt32]] {
    var counts: [UInt64: UInt32] = [:]
    for set in hashes { for hash in set { counts[hash, default: 0] += 1 } }
    let order = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    for (rank, entry) in order.enumerated() { counts[entry.key] = UInt32(rank) }
    return hashes.map { set in set.map { counts[$0] ?? 0 }.sorted() }
  }

  private static func areAlike(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    let needed = Shingles.neededOverlap(a.count, b.count)
    var (i, j, overlap) = (0, 0, 0)
    while i < a.count && j < b.count {
      if overlap + min(a.count - i, b.count - j) < needed { return false }
      if a[i] == b[j] {
        overlap += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return overlap >= needed
  }
}
