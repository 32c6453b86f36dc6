import Kernels

/// y = layer_norm(x + b + residual) · weight + offset, forward and backward.
final class NormLayer {
  let weight: Parameter  // [width]
  let offset: Parameter  // [width]
  private let epsilon: Float
  private let normalized: FloatBuffer  // [capacity, width]
  private let inverse: FloatBuffer  // [capacity]: 1 / standard deviation

  private var width: Int { weight.count }
  private static let slice = 48

  init(
    _ name: String, _ norm: EncoderWeights.Norm, epsilon: Float, capacity: Int, isTuned: Bool
  ) {
    weight = Parameter(
      "\(name).weight", shape: [norm.weight.count], values: norm.weight, decays: false,
      isTuned: isTuned)
    offset = Parameter(
      "\(name).bias", shape: [norm.offset.count], values: norm.offset, decays: false,
      isTuned: isTuned)
    self.epsilon = epsilon
    normalized = FloatBuffer(count: capacity * norm.weight.count)
    inverse = FloatBuffer(count: capacity)
  }

  /// - Parameters:
  ///   - x: [rows, width].
  ///   - bias: Added to every row of x; [width].
  ///   - residual: [rows, width].
  ///   - y: [rows, width].
  func forward(
    _ x: FloatBuffer, bias: FloatBuffer, residual: FloatBuffer, rows: Int, into y: FloatBuffer,
    crew: Crew
  ) {
    let slices = Slices(rows, atMost: Self.slice)
    crew.run(slices.number) { index, _ in
      let first = slices[index].lowerBound
      forward(
        x.start + first * width, bias: bias.start, residual: residual.start + first * width,
        at: first, rows: slices[index].count, into: y)
    }
  }

  /// The rows from `first` on; x and residual point at them, y at row 0.
  func forward(
    _ x: UnsafePointer<Float>, bias: UnsafePointer<Float>, residual: UnsafePointer<Float>,
    at first: Int, rows: Int, into y: FloatBuffer
  ) {
    hone_layer_norm_forward(
      x, bias, residual, weight.values.start, offset.values.start, epsilon,
      normalized.start + first * width, inverse.start + first, y.start + first * width, rows, width)
  }

  /// dx, which is the gradient of the residual too, and the gradients of what is tuned.
  ///
  /// - Parameters:
  ///   - dy: [rows, width].
  ///   - dx: [rows, width]; another buffer than dy.
  ///   - accumulates: Whether to add to the gradients of the tuned tensors.
  func backward(
    _ dy: FloatBuffer, rows: Int, into dx: FloatBuffer, accumulates: Bool, crew: Crew
  ) {
    let slices = Slices(rows, atMost: Self.slice)
    let columns = Slices(weight.isTuned ? width : 0, atMost: 128)
    crew.run(slices.number + columns.number) { index, _ in
      if index < slices.number {
        let first = slices[index].lowerBound
        hone_layer_norm_backward(
          dy.start + first * width, normalized.start + first * width, inverse.start + first,
          weight.values.start, dx.start + first * width, slices[index].count, width)
        return
      }
      let range = columns[index - slices.number]
      let at = range.lowerBound
      hone_column_products(
        dy.start + at, normalized.start + at, weight.tuning!.gradient.start + at, rows,
        range.count, width, accumulates ? 1 : 0)
      hone_column_sums(
        dy.start + at, offset.tuning!.gradient.start + at, rows, range.count, width,
        accumulates ? 1 : 0)
    }
  }
}
