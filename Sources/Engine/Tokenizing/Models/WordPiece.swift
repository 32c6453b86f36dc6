/// Cuts words into the longest known pieces, from the left.
struct WordPiece: Sendable {
  private let starts: PieceTree
  private let continuations: PieceTree
  private let unknown: Int32
  /// Words of more characters are unknown as a whole.
  private let longestWord: Int
  /// One more than the highest id.
  let size: Int

  /// Reads a model; pieces that continue a word begin with its prefix.
  init(_ part: TokenizerPart) throws {
    let vocabulary = try part.vocabulary()
    let unknown = part["unk_token"]?.string ?? "[UNK]"
    let prefix = Array((part["continuing_subword_prefix"]?.string ?? "##").utf8)
    longestWord = part["max_input_chars_per_word"]?.integer ?? 100
    guard let id = vocabulary.last(where: { $0.piece.elementsEqual(unknown.utf8) })?.id else {
      throw part.malformed("its vocabulary lacks the unknown token '\(unknown)'")
    }
    self.unknown = id
    starts = PieceTree(vocabulary)
    continuations = PieceTree(
      vocabulary.filter { $0.piece.starts(with: prefix) }
        .map { (Array($0.piece.dropFirst(prefix.count)), $0.id) })
    size = Int(vocabulary.map(\.id).max() ?? 0) + 1
  }

  /// Appends the ids of a word; of an empty one none.
  func encode(_ word: PreTokenizer.Word, into ids: inout [Int32]) {
    guard word.count <= longestWord else {
      ids.append(unknown)
      return
    }
    let bytes = word.utf8
    let before = ids.count
    var start = 0
    while start < bytes.count {
      var longest: (end: Int, id: Int32)?
      // Pieces are whole characters, and so is what they match.
      (start == 0 ? starts : continuations).forEachPrefix(of: bytes[start...]) {
        longest = ($0, $1)
      }
      guard let (end, id) = longest else {
        ids.removeSubrange(before...)
        ids.append(unknown)
        return
      }
      ids.append(id)
      start = end
    }
  }
}
