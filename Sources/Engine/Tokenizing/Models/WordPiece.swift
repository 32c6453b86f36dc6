/// Cuts words into the longest known pieces, from the left.
struct WordPiece: Sendable {
  private let starts: [ArraySlice<UInt8>: Int32]
  private let continuations: [ArraySlice<UInt8>: Int32]
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
    var starts: [ArraySlice<UInt8>: Int32] = [:]
    var continuations: [ArraySlice<UInt8>: Int32] = [:]
    for (piece, id) in vocabulary {
      starts[piece[...]] = id
      if piece.starts(with: prefix) { continuations[piece[prefix.count...]] = id }
    }
    guard let id = starts[Array(unknown.utf8)[...]] else {
      throw part.malformed("its vocabulary lacks the unknown token '\(unknown)'")
    }
    self.unknown = id
    self.starts = starts
    self.continuations = continuations
    size = Int(vocabulary.map(\.id).max() ?? 0) + 1
  }

  /// Appends the ids of a word; of an empty one none.
  func encode(_ word: PreTokenizer.Word, into ids: inout [Int32]) {
    guard !word.isEmpty else { return }
    guard word.count <= longestWord else {
      ids.append(unknown)
      return
    }
    var bytes: [UInt8] = []
    /// Where each character ends, and 0.
    var boundaries = [0]
    for scalar in word {
      bytes.append(contentsOf: UTF8.encode(scalar)!)
      boundaries.append(bytes.count)
    }
    let before = ids.count
    var start = 0
    while start < word.count {
      var end = word.count
      var found: Int32?
      while end > start {
        let piece = bytes[boundaries[start]..<boundaries[end]]
        found = start == 0 ? starts[piece] : continuations[piece]
        if found != nil { break }
        end -= 1
      }
      guard let id = found else {
        ids.removeSubrange(before...)
        ids.append(unknown)
        return
      }
      ids.append(id)
      start = end
    }
  }
}
