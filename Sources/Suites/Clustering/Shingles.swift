/// The set of runs of 5 characters in a text: what near-duplicates are told by ("shingle-1").
///
/// Two texts are alike when the Jaccard index of their sets is at least 7/10. On 13,083 questions
/// of bank customers that links rewordings of a few letters or one small word; from 0.6 on, chains
/// begin to swallow whole subjects. Of a long text the 1,024 smallest hashes stand for all.
///
/// Changing anything here changes clusters, and so needs a new version.
package enum Shingles {
  static let version = "shingle-1"
  static let length = 5
  static let largestSet = 1_024

  /// Whether two sets of these sizes with so much in common are alike: o/(a+b-o) >= 7/10.
  package static func areAlike(overlap: Int, _ a: Int, _ b: Int) -> Bool {
    17 * overlap >= 7 * (a + b)
  }

  /// The least overlap that makes sets of these sizes alike.
  static func neededOverlap(_ a: Int, _ b: Int) -> Int {
    (7 * (a + b) + 16) / 17
  }

  /// The smallest set that a set of `size` can be like.
  static func smallestPartner(of size: Int) -> Int {
    (7 * size + 9) / 10
  }

  /// The hashes of a text's shingles, sorted, without repeats; empty for a text of fewer than 5
  /// characters (Unicode scalars), which is like nothing but itself.
  package static func of(_ text: String) -> [UInt64] {
    let values = text.unicodeScalars.map { UInt64($0.value) }
    guard values.count >= length else { return [] }
    var hashes = values.withUnsafeBufferPointer { values in
      (0...values.count - length).map { hash(values[$0..<$0 + length]) }
    }
    hashes.sort()
    var set: [UInt64] = []
    set.reserveCapacity(min(hashes.count, largestSet))
    for hash in hashes where set.last != hash {
      set.append(hash)
      if set.count == largestSet { break }
    }
    return set
  }

  /// Mixes five scalars of 21 bits into 64 bits (steps of SplitMix64).
  private static func hash(_ window: Slice<UnsafeBufferPointer<UInt64>>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for value in window {
      state = (state ^ value) &* 0xBF58_476D_1CE4_E5B9
      state ^= state >> 29
      state = state &* 0x94D0_49BB_1331_11EB
      state ^= state >> 32
    }
    return state
  }
}
