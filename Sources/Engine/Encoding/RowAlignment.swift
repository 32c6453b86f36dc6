/// At which rows of a tile a sequence may start, so that its bits do not depend on where it lies.
///
/// A BLAS kernel works in blocks of rows, and some kernels (OpenBLAS's for AVX2) sum the rows of a
/// block in two orders: equal rows at different places of one product come out with different
/// bits, repeating with the height of the block. Those for AVX-512 treat all rows alike. What a
/// kernel does is measured rather than looked up.
///
/// ```
/// rows of a tile      0 1 2 3 4 5 6 7 8 9 10 11 | 12 13 ...
/// AVX-512             a a a a a a a a a a a  a  | a  a        alignment 1
/// AVX2                a a a a a a b b b b b  b  | a  a        alignment 12
/// ```
enum RowAlignment {
  /// The smallest period at which all products of the encoder repeat themselves, a divisor of
  /// `ForwardPass.tile`.
  ///
  /// Multiplies a tile of equal rows with the matrices of the first layer, and looks where the
  /// bits of the results differ. At worst each sequence has tiles of its own.
  static func measured(_ weights: EncoderWeights) -> Int {
    guard let layer = weights.layers.first else { return 1 }
    let products = [
      layer.queryKeyValue, layer.attentionOutput, layer.intermediate, layer.output,
    ].map { product(with: $0, weights) }
    let divisors = (1...ForwardPass.tile).filter { ForwardPass.tile % $0 == 0 }
    return divisors.first { period in
      products.allSatisfy { $0.repeats(every: period) }
    } ?? ForwardPass.tile
  }

  /// The rows that a sequence takes up.
  static func rows(of length: Int, alignment: Int) -> Int {
    (length + alignment - 1) / alignment * alignment
  }

  private static func product(
    with linear: EncoderWeights.Linear, _ weights: EncoderWeights
  ) -> EmbeddingMatrix {
    let rows = ForwardPass.tile
    let columns = linear.bias.count
    let depth = linear.weight.count / columns
    // Any numbers will do that look like what passes through the encoder.
    let row = (0..<depth).map { weights.words[$0 % weights.words.count] }
    var out = [Float](repeating: 0, count: rows * columns)
    BLAS.multiplyTransposed(
      Array(repeatElement(row, count: rows).joined()), linear.weight, into: &out, rows: rows,
      columns: columns, depth: depth)
    return EmbeddingMatrix(rows: rows, columns: columns, values: out)
  }
}

extension EmbeddingMatrix {
  /// Whether each row has the bits of the row `period` before it.
  fileprivate func repeats(every period: Int) -> Bool {
    (period..<max(period, rows)).allSatisfy { row in
      zip(self[row], self[row - period]).allSatisfy { $0.bitPattern == $1.bitPattern }
    }
  }
}
