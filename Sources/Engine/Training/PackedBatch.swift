/// Sequences one after another, without padding: the rows that a training pass works on.
struct PackedBatch {
  /// Token ids. Shape [rows].
  private(set) var ids: [Int32] = []
  /// Place of each token in its sequence. Shape [rows].
  private(set) var positions: [Int32] = []
  /// The rows of each sequence.
  private(set) var sequences: [Range<Int>] = []

  /// - Precondition: No sequence is empty.
  init(_ sequences: some Collection<[Int32]>) {
    for sequence in sequences {
      precondition(!sequence.isEmpty, "a sequence has tokens")
      self.sequences.append(ids.count..<ids.count + sequence.count)
      ids += sequence
      positions += sequence.indices.map { Int32($0) }
    }
  }

  var rows: Int { ids.count }

  /// Cuts a batch into runs of at most `capacity` rows together, in order.
  static func parts(_ lengths: [Int], capacity: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (start, rows) = (0, 0)
    for (index, length) in lengths.enumerated() {
      if rows + length > capacity, index > start {
        parts.append(start..<index)
        (start, rows) = (index, 0)
      }
      rows += length
    }
    if start < lengths.count { parts.append(start..<lengths.count) }
    return parts
  }
}
