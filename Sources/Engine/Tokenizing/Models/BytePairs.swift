/// Byte-pair encoding: joins neighbours by learned rules, the earliest learned rule first.
///
/// ```
/// l o w e r     rules  1: l o   2: lo w   3: e r
/// lo w e r      1
/// low e r       2
/// low er        3
/// ```
///
/// Words come as bytes (`ByteLevel`), so nothing is unknown to a full vocabulary. A word of n bytes
/// takes n log n steps.
///
/// Source: Sennrich, Haddow and Birch (2016); Radford et al. (2019) for bytes.
struct BytePairs: Sendable {
  /// What two neighbours become.
  private struct Merge: Sendable, Hashable {
    var rank: Int32
    var id: Int32
  }

  private let merges: [UInt64: Merge]
  /// The id of each byte; nil where the vocabulary lacks it.
  private let bytes: [Int32?]
  /// What stands for a byte that the vocabulary lacks; nil leaves it out.
  private let unknown: Int32?
  private let fusesUnknown: Bool
  /// One more than the highest id.
  let size: Int

  /// Reads a model.
  init(_ part: TokenizerPart) throws {
    try part.refuse("dropout") { $0.number == 0 }
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
      try part.refuse(key) { $0 == .string("") }
    }
    for key in ["byte_fallback", "ignore_merges"] { try part.refuse(key) { $0 == .bool(false) } }
    let entries = try part.vocabulary()
    let ids = Dictionary(entries.map { ($0.piece, $0.id) }) { $1 }
    merges = try Self.merges(part, ids)
    bytes = ByteLevel.characters.map { ids[Array($0.utf8)] }
    unknown = try part["unk_token"].map { token in
      guard let id = ids[Array((token.string ?? "").utf8)] else {
        throw part.malformed("its vocabulary lacks the unknown token '\(token.summary)'")
      }
      return id
    }
    fusesUnknown = try part.flag("fuse_unk", otherwise: false)
    size = Int(entries.map(\.id).max() ?? 0) + 1
  }

  /// The rules: `"l o"`, or `["l", "o"]` in newer files.
  private static func merges(
    _ part: TokenizerPart, _ ids: [[UInt8]: Int32]
  ) throws -> [UInt64: Merge] {
    guard let rules = part["merges"]?.array else { throw part.malformed("merges is no list") }
    var merges: [UInt64: Merge] = [:]
    merges.reserveCapacity(rules.count)
    for (rank, rule) in rules.enumerated() {
      let sides =
        rule.string.map { $0.utf8.split(separator: 0x20, omittingEmptySubsequences: false) }?
        .map(Array.init) ?? (rule.array ?? []).map { Array(($0.string ?? "").utf8) }
      guard sides.count == 2, let left = ids[sides[0]], let right = ids[sides[1]],
        let id = ids[sides[0] + sides[1]]
      else {
        throw part.malformed("merge \(rank + 1) joins what is not in its vocabulary")
      }
      merges[pair(left, right)] = Merge(rank: Int32(rank), id: id)
    }
    return merges
  }

  private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  // MARK: - Words

  /// Appends the ids of a word; of an empty one none.
  func encode(_ word: PreTokenizer.Word, into ids: inout [Int32]) {
    var symbols = symbols(of: word)
    join(&symbols)
    ids += symbols.lazy.filter { $0.id >= 0 }.map(\.id)
  }

  /// A token of a word, in a chain that joining shortens.
  private struct Symbol {
    /// -1 once it has gone into its left neighbour.
    var id: Int32
    /// -1 at the start.
    var previous: Int32
    /// The count of symbols at the end.
    var next: Int32
  }

  private func symbols(of word: PreTokenizer.Word) -> [Symbol] {
    var symbols: [Symbol] = []
    symbols.reserveCapacity(word.count)
    var followsUnknown = false
    for byte in word.utf8 {
      let known = bytes[Int(byte)]
      let isFused = known == nil && followsUnknown && fusesUnknown
      followsUnknown = known == nil
      guard !isFused, let id = known ?? unknown else { continue }
      let place = Int32(symbols.count)
      symbols.append(Symbol(id: id, previous: place - 1, next: place + 1))
    }
    return symbols
  }

  /// A rule that can be used at a place, ordered by rank and then from the left.
  private struct Candidate: Comparable {
    var merge: Merge
    var place: Int32
    var pair: UInt64

    static func < (a: Candidate, b: Candidate) -> Bool {
      (a.merge.rank, a.place) < (b.merge.rank, b.place)
    }
  }

  private func join(_ symbols: inout [Symbol]) {
    var candidates = Heap<Candidate>()
    func consider(_ place: Int32) {
      guard place >= 0 else { return }
      let symbol = symbols[Int(place)]
      guard symbol.next < symbols.count else { return }
      let pair = Self.pair(symbol.id, symbols[Int(symbol.next)].id)
      guard let merge = merges[pair] else { return }
      candidates.insert(Candidate(merge: merge, place: place, pair: pair))
    }
    for place in symbols.indices.dropLast() { consider(Int32(place)) }
    while let best = candidates.popMinimum() {
      let place = Int(best.place)
      let left = symbols[place]
      // What has changed since a candidate was found has become another candidate.
      guard left.id >= 0, left.next < symbols.count,
        Self.pair(left.id, symbols[Int(left.next)].id) == best.pair
      else { continue }
      let right = symbols[Int(left.next)]
      symbols[Int(left.next)].id = -1
      symbols[place].id = best.merge.id
      symbols[place].next = right.next
      if right.next < symbols.count { symbols[Int(right.next)].previous = best.place }
      consider(left.previous)
      consider(best.place)
    }
  }
}
