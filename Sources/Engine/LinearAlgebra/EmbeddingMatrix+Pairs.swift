extension EmbeddingMatrix {
  /// Two rows, the earlier one first, and their scalar product.
  public struct Pair: Sendable, Hashable {
    public var first: Int
    public var second: Int
    public var product: Float
  }

  private static let tile = 256

  /// The pairs of rows whose scalar product is at least `threshold`, in order of both rows.
  ///
  /// Products are made tile by tile, so that memory grows with the rows and not with their square.
  ///
  /// - Parameter isWanted: Asked of pairs that reach the threshold.
  public func pairs(
    reaching threshold: Float, where isWanted: (_ first: Int, _ second: Int) -> Bool
  ) -> [Pair] {
    var found: [Pair] = []
    var products = [Float](repeating: 0, count: Self.tile * Self.tile)  // [above, left]
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      for above in stride(from: 0, to: rows, by: Self.tile) {
        let height = min(Self.tile, rows - above)
        for left in stride(from: above, to: rows, by: Self.tile) {
          let width = min(Self.tile, rows - left)
          BLAS.multiplyTransposed(
            start + above * columns, start + left * columns, into: &products, rows: height,
            columns: width, depth: columns)
          for row in 0..<height {
            for column in 0..<width where products[row * width + column] >= threshold {
              let (first, second) = (above + row, left + column)
              guard first < second, isWanted(first, second) else { continue }
              found.append(
                Pair(first: first, second: second, product: products[row * width + column]))
            }
          }
        }
      }
    }
    return found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
