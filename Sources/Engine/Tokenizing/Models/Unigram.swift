/// Cuts words into the pieces whose probabilities have the largest product.
///
/// Pieces carry log-probabilities. The best way to each place of a word is kept, from the left
/// (Viterbi); a character that no piece covers is unknown at a cost, and unknown ones side by side
/// are one token. Of two ways that are equally good the one found first stays.
///
/// Source: Kudo (2018); `unigram_model.cc` of sentencepiece.
struct Unigram: Sendable {
  private let pieces: PieceTree
  private let scores: [Double]
  private let unknown: Int32
  private let unknownScore: Double

  /// What an unknown character costs beyond the worst piece.
  private static let unknownPenalty = 10.0
  /// Bytes of a piece at most: a longer one is no piece of text, and slows down every word.
  private static let longestPiece = 1024

  /// One more than the highest id.
  var size: Int { scores.count }

  /// Reads a model, whose `vocab` is a list: `["▁the", -3.2]`; an id is a place in it.
  init(_ part: TokenizerPart) throws {
    try part.refuse("byte_fallback") { $0 == .bool(false) }
    guard let entries = part["vocab"]?.array, !entries.isEmpty else {
      throw EngineError.malformed(path: part.path, problem: "it has no vocabulary")
    }
    guard TokenizerPart.ids.contains(entries.count) else {
      throw part.malformed("its vocabulary is too large")
    }
    var scores: [Double] = []
    let texts = try entries.enumerated().map { id, entry in
      guard let pair = entry.array, pair.count == 2, let piece = pair[0].string,
        let score = pair[1].number, score.isFinite
      else { throw part.malformed("entry \(id) of its vocabulary is no text with a number") }
      guard piece.utf8.count <= Self.longestPiece else {
        throw part.malformed("entry \(id) of its vocabulary is longer than any word")
      }
      scores.append(score)
      return (piece: Array(piece.utf8), id: Int32(id))
    }
    guard let unknown = part["unk_id"]?.integer, scores.indices.contains(unknown) else {
      throw part.malformed("unk_id is missing or out of range")
    }
    self.unknown = Int32(unknown)
    self.scores = scores
    unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
    pieces = PieceTree(texts)
  }

  /// Appends the ids of a word; of an empty one none.
  func encode(_ word: PreTokenizer.Word, into ids: inout [Int32]) {
    let bytes = word.utf8
    var ways = [Way?](repeating: nil, count: bytes.count + 1)
    ways[0] = Way(score: 0, start: 0, id: unknown)
    var start = 0
    for scalar in word {
      let length = UTF8.width(scalar)
      guard let here = ways[start]?.score else { preconditionFailure("each character is reached") }
      func offer(_ score: Double, _ id: Int32, endingAt end: Int) {
        if let known = ways[end], known.score >= score { return }
        ways[end] = Way(score: score, start: Int32(start), id: id)
      }
      var isCovered = false
      pieces.forEachPrefix(of: bytes[start...]) { end, id in
        offer(here + scores[Int(id)], id, endingAt: end)
        if end == start + length { isCovered = true }
      }
      if !isCovered { offer(here + unknownScore, unknown, endingAt: start + length) }
      start += length
    }
    append(ways, to: &ids)
  }

  /// The best way to a place: where its last piece starts, and which it is.
  private struct Way {
    var score: Double
    var start: Int32
    var id: Int32
  }

  private func append(_ ways: [Way?], to ids: inout [Int32]) {
    let before = ids.count
    var end = ways.count - 1
    while end > 0, let way = ways[end] {
      if way.id != unknown || ids.count == before || ids.last != unknown { ids.append(way.id) }
      end = Int(way.start)
    }
    ids[before...].reverse()
  }
}
