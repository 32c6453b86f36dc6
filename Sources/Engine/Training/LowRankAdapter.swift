import Kernels

/// A low-rank adapter on some outputs of a linear layer: y[:, part] += s · d(x)·Aᵀ·Bᵀ, where d is
/// dropout.
///
/// Source: Hu et al. (2022), section 4.1; names, shapes and the place of dropout are PEFT's.
final class LowRankAdapter {
  let down: Parameter  // A: [rank, in]
  let up: Parameter  // B: [part, rank]
  /// The outputs that it adds to.
  let part: Range<Int>
  /// alpha / rank, or alpha / √rank.
  let scale: Float
  private let dropout: Float
  private let dropped: FloatBuffer?  // d(x): [capacity, in]
  private let coded: FloatBuffer  // s · d(x)·Aᵀ: [capacity, rank]
  private let error: FloatBuffer  // s · dy·B: [capacity, rank]
  /// What dropout is drawn from; a new one for every pass.
  var seed: UInt64 = 0

  /// Rows of one task.
  private static let slice = 144

  private var rank: Int { down.shape[0] }
  private var inputs: Int { down.shape[1] }

  init(
    _ name: String, down: [Float], up: [Float], part: Range<Int>, rank: Int, scale: Float,
    dropout: Float, capacity: Int
  ) {
    self.down = Parameter(
      "\(name).lora_A.weight", shape: [rank, down.count / rank], values: down, decays: true,
      isTuned: true)
    self.up = Parameter(
      "\(name).lora_B.weight", shape: [part.count, rank], values: up, decays: true, isTuned: true)
    self.part = part
    self.scale = scale
    self.dropout = dropout
    dropped = dropout > 0 ? FloatBuffer(count: capacity * down.count / rank) : nil
    coded = FloatBuffer(count: capacity * rank)
    error = FloatBuffer(count: capacity * rank)
  }

  // MARK: - Forward

  func forward(_ x: FloatBuffer, rows: Int, crew: Crew) {
    let slices = Slices(rows, atMost: Self.slice)
    crew.run(slices.number) { index, _ in
      let range = slices[index]
      if let dropped {
        let first = range.lowerBound * inputs
        hone_dropout(
          x.start + first, dropped.start + first, range.count * inputs, dropout, seed,
          UInt64(first))
      }
      BLAS.multiply(
        (dropped ?? x).matrix(inputs, row: range.lowerBound), by: down.values.matrix(inputs),
        transposingSecond: true, scale: scale, into: coded.matrix(rank, row: range.lowerBound),
        rows: range.count, columns: rank, depth: inputs)
    }
  }

  /// Adds to the block of y that is at `rows` and `columns` of it.
  func add(to y: FloatBuffer, stride: Int, rows: Range<Int>, columns: Range<Int>) {
    let shared = columns.clamped(to: part)
    guard !shared.isEmpty else { return }
    BLAS.multiply(
      coded.matrix(rank, row: rows.lowerBound),
      by: up.values.matrix(rank, row: shared.lowerBound - part.lowerBound), transposingSecond: true,
      into: y.matrix(stride, row: rows.lowerBound, column: shared.lowerBound), adding: true,
      rows: rows.count, columns: shared.count, depth: rank)
  }

  // MARK: - Backward

  func backward(_ dy: FloatBuffer, stride: Int, rows: Int, crew: Crew) {
    let slices = Slices(rows, atMost: Self.slice)
    crew.run(slices.number) { index, _ in
      let range = slices[index]
      BLAS.multiply(
        dy.matrix(stride, row: range.lowerBound, column: part.lowerBound),
        by: up.values.matrix(rank), scale: scale, into: error.matrix(rank, row: range.lowerBound),
        rows: range.count, columns: rank, depth: part.count)
    }
  }

  /// Adds what the adapter sends back to the block of dx at `rows` and `columns`.
  func addError(to dx: FloatBuffer, stride: Int, rows: Range<Int>, columns: Range<Int>) {
    guard dropout > 0 else {
      BLAS.multiply(
        error.matrix(rank, row: rows.lowerBound),
        by: down.values.matrix(inputs, column: columns.lowerBound),
        into: dx.matrix(stride, row: rows.lowerBound, column: columns.lowerBound), adding: true,
        rows: rows.count, columns: columns.count, depth: rank)
      return
    }
    for row in rows {
      hone_low_rank_error(
        error.start + row * rank, down.values.start + columns.lowerBound,
        dx.start + row * stride + columns.lowerBound, rank, columns.count, inputs, dropout, seed,
        UInt64(row * inputs + columns.lowerBound))
    }
  }

  enum Gradient: CaseIterable { case down, up }

  /// dA = (s · dy·B)ᵀ·d(x), dB = dyᵀ·(s · d(x)·Aᵀ).
  func gradient(
    _ gradient: Gradient, _ x: FloatBuffer, _ dy: FloatBuffer, stride: Int, rows: Int,
    accumulates: Bool
  ) {
    switch gradient {
    case .down:
      BLAS.multiply(
        error.matrix(rank), transposed: true, by: (dropped ?? x).matrix(inputs),
        into: down.tuning!.gradient.matrix(inputs), adding: accumulates, rows: rank,
        columns: inputs, depth: rows)
    case .up:
      BLAS.multiply(
        dy.matrix(stride, column: part.lowerBound), transposed: true, by: coded.matrix(rank),
        into: up.tuning!.gradient.matrix(rank), adding: accumulates, rows: part.count,
        columns: rank, depth: rows)
    }
  }
}
