import Kernels

/// y = x·Wᵀ + b, forward and backward, with low-rank adapters where there are any.
///
/// Products are cut into blocks by shape alone, so that their bits do not depend on how many
/// threads share them. The bias is left to the caller, who adds it with what follows.
final class LinearLayer {
  let name: String
  let weight: Parameter  // [out, in]
  let bias: Parameter  // [out]
  var adapters: [LowRankAdapter] = []

  var inputs: Int { weight.shape[1] }
  var outputs: Int { weight.shape[0] }

  init(_ name: String, _ linear: EncoderWeights.Linear, isTuned: Bool) {
    self.name = name
    let outputs = linear.bias.count
    weight = Parameter(
      "\(name).weight", shape: [outputs, linear.weight.count / outputs], values: linear.weight,
      decays: true, isTuned: isTuned)
    bias = Parameter(
      "\(name).bias", shape: [outputs], values: linear.bias, decays: false, isTuned: isTuned)
  }

  /// y = x·Wᵀ, plus what the adapters add.
  ///
  /// - Parameters:
  ///   - x: [rows, in].
  ///   - y: [rows, out].
  ///   - finish: Called for each block of y when it is there, on the thread that made it.
  func forward(
    _ x: FloatBuffer, rows: Int, into y: FloatBuffer, crew: Crew,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void = { _, _ in }
  ) {
    for adapter in adapters { adapter.forward(x, rows: rows, crew: crew) }
    let blocks = Blocks(rows: rows, columns: outputs)
    crew.run(blocks.count) { index, _ in
      let (rowRange, columns) = blocks[index]
      BLAS.multiply(
        x.matrix(inputs, row: rowRange.lowerBound),
        by: weight.values.matrix(inputs, row: columns.lowerBound), transposingSecond: true,
        into: y.matrix(outputs, row: rowRange.lowerBound, column: columns.lowerBound),
        rows: rowRange.count, columns: columns.count, depth: inputs)
      for adapter in adapters {
        adapter.add(to: y, stride: outputs, rows: rowRange, columns: columns)
      }
      finish(rowRange, columns)
    }
  }

  /// dx = dy·W or dx += dy·W, and the gradients of what is tuned: dW = dyᵀ·x, db = Σ dy.
  ///
  /// - Parameters:
  ///   - x: What went in, [rows, in].
  ///   - dy: [rows, out].
  ///   - dx: [rows, in]; nil where nobody asks for it.
  ///   - adding: Whether to add to what dx holds.
  ///   - accumulates: Whether to add to the gradients of the tuned tensors.
  ///   - finish: Called for each block of dx when it is there.
  func backward(
    _ x: FloatBuffer, _ dy: FloatBuffer, rows: Int, into dx: FloatBuffer?, adding: Bool,
    accumulates: Bool, crew: Crew,
    finish: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void = { _, _ in }
  ) {
    for adapter in adapters { adapter.backward(dy, stride: outputs, rows: rows, crew: crew) }
    let errors = dx == nil ? Blocks.none : Blocks(rows: rows, columns: inputs)
    let weights = weight.isTuned ? Blocks(rows: outputs, columns: inputs) : Blocks.none
    let sums = Slices(bias.isTuned ? outputs : 0, atMost: 192)
    let shares = adapters.flatMap { adapter in
      LowRankAdapter.Gradient.allCases.map { (adapter, $0) }
    }
    let counts = [errors.count, weights.count, sums.number, shares.count]
    crew.run(counts.reduce(0, +)) { task, _ in
      var index = task
      if index < errors.count, let dx {
        let (rowRange, columns) = errors[index]
        BLAS.multiply(
          dy.matrix(outputs, row: rowRange.lowerBound),
          by: weight.values.matrix(inputs, column: columns.lowerBound),
          into: dx.matrix(inputs, row: rowRange.lowerBound, column: columns.lowerBound),
          adding: adding, rows: rowRange.count, columns: columns.count, depth: outputs)
        for adapter in adapters {
          adapter.addError(to: dx, stride: inputs, rows: rowRange, columns: columns)
        }
        finish(rowRange, columns)
        return
      }
      index -= errors.count
      if index < weights.count {
        let (outRange, columns) = weights[index]
        BLAS.multiply(
          dy.matrix(outputs, column: outRange.lowerBound), transposed: true,
          by: x.matrix(inputs, column: columns.lowerBound),
          into: weight.tuning!.gradient.matrix(
            inputs, row: outRange.lowerBound, column: columns.lowerBound),
          adding: accumulates, rows: outRange.count, columns: columns.count, depth: rows)
        return
      }
      index -= weights.count
      if index < sums.number {
        let columns = sums[index]
        hone_column_sums(
          dy.start + columns.lowerBound, bias.tuning!.gradient.start + columns.lowerBound, rows,
          columns.count, outputs, accumulates ? 1 : 0)
        return
      }
      let (adapter, part) = shares[index - sums.number]
      adapter.gradient(part, x, dy, stride: outputs, rows: rows, accumulates: accumulates)
    }
  }
}

extension FloatBuffer {
  /// The matrix with rows of `width` floats, from `row` and `column` on.
  func matrix(_ width: Int, row: Int = 0, column: Int = 0) -> BLAS.Matrix {
    BLAS.Matrix(start + row * width + column, stride: width)
  }
}

/// A matrix cut into blocks, row by row of blocks.
struct Blocks {
  private let rows: Slices
  private let columns: Slices

  static let none = Blocks(rows: 0, columns: 0)

  init(rows: Int, columns: Int) {
    // An even number of slices, where there is something to share; blocks are large enough for a
    // product to run at full speed.
    let pairs = (rows + 2 * Self.height - 1) / (2 * Self.height)
    self.rows = Slices(rows, atMost: max(1, (rows + 2 * pairs - 1) / max(1, 2 * pairs)))
    self.columns = Slices(columns, atMost: Self.width)
  }

  private static let height = 288
  private static let width = 384

  var count: Int { rows.number * columns.number }

  subscript(index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    (rows[index / columns.number], columns[index % columns.number])
  }
}
