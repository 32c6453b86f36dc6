/// Pieces of text as a tree of their bytes, to find all pieces with which a text begins.
///
/// Nodes are numbered level by level, so that the children of a node lie side by side:
///
/// ```
/// a, ab, b    nodes      0 (root)  1 a   2 b   3 ab
///             firstChild 1         3     4     4      4
/// ```
struct PieceTree: Sendable {
  /// The byte that leads to a node.
  private var labels: [UInt8] = [0]
  /// The piece that ends at a node; -1 for none.
  private var ids: [Int32] = [-1]
  /// The first child of a node; the next one's is where its children end.
  private var firstChild: [Int32] = []

  /// - Parameter pieces: With their ids, of which the last one stays where a piece stands twice;
  ///   empty pieces are left out.
  init(_ pieces: [(piece: [UInt8], id: Int32)]) {
    let order = pieces.indices.filter { !pieces[$0].piece.isEmpty }.sorted {
      let (a, b) = (pieces[$0].piece, pieces[$1].piece)
      return a == b ? $0 < $1 : a.lexicographicallyPrecedes(b)
    }
    // Of each node the pieces that begin with its bytes; they lie side by side in `order`.
    var level = [order.indices]
    var depth = 0
    while !level.isEmpty {
      var next: [Range<Int>] = []
      for range in level {
        firstChild.append(Int32(labels.count))
        var start = range.lowerBound
        while start < range.upperBound, pieces[order[start]].piece.count == depth { start += 1 }
        while start < range.upperBound {
          let byte = pieces[order[start]].piece[depth]
          var end = start + 1
          while end < range.upperBound, pieces[order[end]].piece[depth] == byte { end += 1 }
          let ended = (start..<end).prefix { pieces[order[$0]].piece.count == depth + 1 }.last
          labels.append(byte)
          ids.append(ended.map { pieces[order[$0]].id } ?? -1)
          next.append(start..<end)
          start = end
        }
      }
      level = next
      depth += 1
    }
    firstChild.append(Int32(labels.count))
  }

  /// Calls `body` with the end and the id of each piece with which `text` begins, short ones first.
  func forEachPrefix(of text: ArraySlice<UInt8>, _ body: (_ end: Int, _ id: Int32) -> Void) {
    var node = 0
    for index in text.indices {
      guard let child = child(of: node, by: text[index]) else { return }
      node = child
      if ids[node] >= 0 { body(index + 1, ids[node]) }
    }
  }

  private func child(of node: Int, by byte: UInt8) -> Int? {
    var low = Int(firstChild[node])
    var high = Int(firstChild[node + 1])
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if labels[middle] < byte { low = middle + 1 } else { high = middle }
    }
    return low < end && labels[low] == byte ? low : nil
  }
}
