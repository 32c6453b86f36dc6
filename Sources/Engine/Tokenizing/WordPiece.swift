/// Cuts words into the longest known pieces, from the left.
struct WordPiece: Sendable {
  private let starts: [ArraySlice<UInt8>: Int32]
  private let continuations: [ArraySlice<UInt8>: Int32]
  private let unknown: Int32
  private let longestWord: Int
  let size: Int

  /// - Parameters:
  ///   - vocabulary: Pieces with their ids; those that continue a word begin with `prefix`.
  ///   - longestWord: Words of more characters are unknown as a whole.
  init(vocabulary: [String: Int32], unknown: Int32, prefix: String, longestWord: Int) {
    var starts: [ArraySlice<UInt8>: Int32] = [:]
    var continuations: [ArraySlice<UInt8>: Int32] = [:]
    let prefix = Array(prefix.utf8)
    for (piece, id) in vocabulary {
      let bytes = Array(piece.utf8)
      starts[bytes[...]] = id
      if bytes.starts(with: prefix) { continuations[bytes[prefix.count...]] = id }
    }
    self.starts = starts
    self.continuations = continuations
    self.unknown = unknown
    self.longestWord = longestWord
    size = vocabulary.count
  }

  /// Appends the ids of a word; of an empty one none.
  func encode(_ word: [Unicode.Scalar], into ids: inout [Int32]) {
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
