/// Two texts that are alike, by their places among all.
package struct Link: Sendable, Hashable {
  package var first: Int
  package var second: Int
}

/// Links texts whose shingle sets are alike: an exact join by prefix filtering.
///
/// Shingles are ranked from rare to common. Two sets that are alike must share one of the rarest
/// few of each, so only texts that meet in an index of those are compared (Bayardo, Ma and
/// Srikant 2007). Most of those are told apart by signatures that bound what they have in common;
/// texts that are linked already are not compared again.
package struct SimilarTexts {
  private let sets: [[UInt32]]
  /// Different ones; ranks are below.
  private let shingles: Int

  /// - Parameter texts: Different normalised texts.
  package init(_ texts: [String]) {
    (sets, shingles) = Self.ranked(texts.concurrentMap { Shingles.of($0) })
  }

  /// As many links as connect all that is alike, and no more.
  package func links() -> [Link] {
    var links: [Link] = []
    var groups = DisjointSets(count: sets.count)
    // From short to long: a text meets only texts that are no longer than itself.
    let order = sets.indices.filter { !sets[$0].isEmpty }.sorted {
      (sets[$0].count, $0) < (sets[$1].count, $1)
    }
    let counts = sets.map(\.count)
    let signatures = sets.map(Signature.init)
    var index = [Met](repeating: Met(), count: shingles)
    var lastMet = Array(repeating: Int32(-1), count: sets.count)
    for item in order {
      let set = sets[item]
      let smallest = Shingles.smallestPartner(of: set.count)
      for shingle in set.prefix(set.count - smallest + 1) {
        let rank = Int(shingle)
        // Texts that are too short for this one are so for all that follow.
        while index[rank].first < index[rank].items.count,
          counts[Int(index[rank].items[index[rank].first])] < smallest
        {
          index[rank].first += 1
        }
        for other in index[rank].items[index[rank].first...] {
          let other = Int(other)
          if lastMet[other] == Int32(item) { continue }
          lastMet[other] = Int32(item)
          let needed = Shingles.neededOverlap(set.count, counts[other])
          guard
            set.count - signatures[item].missing(from: signatures[other]) >= needed,
            groups.find(item) != groups.find(other), Self.areAlike(set, sets[other])
          else { continue }
          groups.join(item, other)
          links.append(Link(first: item, second: other))
        }
      }
      for shingle in set.prefix(set.count - Shingles.neededOverlap(set.count, set.count) + 1) {
        index[Int(shingle)].items.append(Int32(item))
      }
    }
    return links
  }

  /// The texts that have a shingle among their rarest, from short to long.
  private struct Met {
    var items: [Int32] = []
    /// The first that is not too short for what comes.
    var first = 0
  }

  /// A set with its shingles thrown into 256 bits: what is not there is not in the set.
  private struct Signature {
    private var bits = SIMD4<UInt64>()

    init(_ set: [UInt32]) {
      for shingle in set {
        let place = (shingle &* 0x9E37_79B1) >> 24
        bits[Int(place >> 6)] |= 1 << UInt64(place & 63)
      }
    }

    /// At least so many of this set's shingles are not in the other set.
    func missing(from other: Signature) -> Int {
      let rest = bits & ~other.bits
      return rest[0].nonzeroBitCount + rest[1].nonzeroBitCount + rest[2].nonzeroBitCount
        + rest[3].nonzeroBitCount
    }
  }

  /// Replaces hashes by their rank from rare to common, and sorts each set by it.
  private static func ranked(_ hashes: [[UInt64]]) -> (sets: [[UInt32]], shingles: Int) {
    let ranks = ShingleRanks(hashes)
    return (hashes.concurrentMap { set in set.map { ranks[$0] }.sorted() }, ranks.count)
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
