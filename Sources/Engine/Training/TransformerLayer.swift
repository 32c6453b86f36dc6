import Kernels

/// One layer of a BERT encoder in training.
///
/// ```
/// x ─ Wqkv ─ attention ─ Wo ─(+ x)─ norm ─ x₁ ─ W¹ ─ gelu ─ W² ─(+ x₁)─ norm ─ y
/// ```
///
/// The forward pass keeps what the backward pass needs: the input of every product, and the slope
/// of every activation. The softmax of attention is computed anew, so that memory grows with the
/// rows and not with their squares.
final class TransformerLayer {
  let queryKeyValue: LinearLayer
  let attentionOutput: LinearLayer
  let attentionNorm: NormLayer
  let intermediate: LinearLayer
  let output: LinearLayer
  let outputNorm: NormLayer

  private let heads: Int
  private let headSize: Int
  private let projected: FloatBuffer  // queries, keys and values: [capacity, 3 · hidden]
  private let attended: FloatBuffer  // [capacity, hidden]
  private let middle: FloatBuffer  // x₁: [capacity, hidden]
  private let activated: FloatBuffer  // gelu: [capacity, intermediate]
  private let slopes: FloatBuffer  // gelu': [capacity, intermediate]
  let result: FloatBuffer  // y: [capacity, hidden]

  /// Heads that one task of attention works on.
  private static let headGroup = 4

  init(
    _ name: String, _ layer: EncoderWeights.Layer, _ configuration: EncoderConfiguration,
    capacity: Int, isTuned: Bool
  ) {
    heads = configuration.heads
    headSize = configuration.headSize
    func linear(_ part: String, _ weights: EncoderWeights.Linear) -> LinearLayer {
      LinearLayer("\(name).\(part)", weights, isTuned: isTuned)
    }
    func norm(_ part: String, _ weights: EncoderWeights.Norm) -> NormLayer {
      NormLayer(
        "\(name).\(part)", weights, epsilon: configuration.layerNormEpsilon, capacity: capacity,
        isTuned: isTuned)
    }
    queryKeyValue = linear("query-key-value", layer.queryKeyValue)
    attentionOutput = linear("attention-output", layer.attentionOutput)
    attentionNorm = norm("attention-norm", layer.attentionNorm)
    intermediate = linear("intermediate", layer.intermediate)
    output = linear("output", layer.output)
    outputNorm = norm("output-norm", layer.outputNorm)
    let width = configuration.hiddenSize
    let wide = configuration.intermediateSize
    projected = FloatBuffer(count: capacity * 3 * width)
    attended = FloatBuffer(count: capacity * width)
    middle = FloatBuffer(count: capacity * width)
    activated = FloatBuffer(count: capacity * wide)
    slopes = FloatBuffer(count: capacity * wide)
    result = FloatBuffer(count: capacity * width)
  }

  var linears: [LinearLayer] { [queryKeyValue, attentionOutput, intermediate, output] }
  var norms: [NormLayer] { [attentionNorm, outputNorm] }
  private var width: Int { heads * headSize }
  private var wide: Int { intermediate.outputs }
  private var scale: Float { 1 / Float(headSize).squareRoot() }

  // MARK: - Forward

  /// Computes `result` from x, [rows, hidden].
  func forward(_ x: FloatBuffer, _ batch: PackedBatch, _ workspace: Workspace, crew: Crew) {
    let rows = batch.rows
    queryKeyValue.forward(x, rows: rows, into: projected, crew: crew) { rows, columns in
      hone_add_bias(
        projected.start + rows.lowerBound * 3 * width + columns.lowerBound,
        queryKeyValue.bias.values.start + columns.lowerBound, rows.count, columns.count, 3 * width)
    }
    eachHeadGroup(batch, crew) { rows, heads, worker in
      hone_attention(
        projected.start + rows.lowerBound * 3 * width, attended.start + rows.lowerBound * width,
        workspace.attention(worker), rows.count, self.heads, headSize, heads.lowerBound,
        heads.upperBound, scale)
    }
    attentionOutput.forward(attended, rows: rows, into: workspace.narrow, crew: crew)
    attentionNorm.forward(
      workspace.narrow, bias: attentionOutput.bias.values, residual: x, rows: rows, into: middle,
      crew: crew)
    intermediate.forward(middle, rows: rows, into: activated, crew: crew) { rows, columns in
      let at = rows.lowerBound * wide + columns.lowerBound
      hone_bias_gelu_slope(
        activated.start + at, intermediate.bias.values.start + columns.lowerBound,
        slopes.start + at, rows.count, columns.count, wide)
    }
    output.forward(activated, rows: rows, into: workspace.narrow, crew: crew)
    outputNorm.forward(
      workspace.narrow, bias: output.bias.values, residual: middle, rows: rows, into: result,
      crew: crew)
  }

  // MARK: - Backward

  /// Turns the gradient of `result` into that of x, in place, and computes those of what is tuned.
  ///
  /// - Parameters:
  ///   - x: As in the forward pass.
  ///   - gradient: [rows, hidden].
  ///   - isLast: Whether nothing is tuned before this layer, so that nobody asks for that of x.
  ///   - accumulates: Whether to add to the gradients of the tuned tensors.
  func backward(
    _ x: FloatBuffer, _ batch: PackedBatch, gradient: FloatBuffer, isLast: Bool,
    accumulates: Bool, _ workspace: Workspace, crew: Crew
  ) {
    let rows = batch.rows
    let narrow = workspace.narrow
    // Behind the norm there is the gradient of the residual, and of the product before it.
    outputNorm.backward(
      gradient, rows: rows, into: narrow, accumulates: accumulates, crew: crew)
    output.backward(
      activated, narrow, rows: rows, into: workspace.wide, adding: false,
      accumulates: accumulates, crew: crew
    ) { rows, columns in
      let at = rows.lowerBound * wide + columns.lowerBound
      hone_multiply(workspace.wide.start + at, slopes.start + at, rows.count, columns.count, wide)
    }
    intermediate.backward(
      middle, workspace.wide, rows: rows, into: narrow, adding: true, accumulates: accumulates,
      crew: crew)
    attentionNorm.backward(
      narrow, rows: rows, into: gradient, accumulates: accumulates, crew: crew)
    attentionOutput.backward(
      attended, gradient, rows: rows, into: narrow, adding: false, accumulates: accumulates,
      crew: crew)
    eachHeadGroup(batch, crew) { rows, heads, worker in
      hone_attention_backward(
        projected.start + rows.lowerBound * 3 * width, narrow.start + rows.lowerBound * width,
        workspace.projected.start + rows.lowerBound * 3 * width, workspace.attention(worker),
        rows.count, self.heads, headSize, heads.lowerBound, heads.upperBound, scale)
    }
    queryKeyValue.backward(
      x, workspace.projected, rows: rows, into: isLast ? nil : gradient, adding: true,
      accumulates: accumulates, crew: crew)
  }

  private func eachHeadGroup(
    _ batch: PackedBatch, _ crew: Crew,
    _ body: (_ rows: Range<Int>, _ heads: Range<Int>, _ worker: Int) -> Void
  ) {
    let groups = (heads + Self.headGroup - 1) / Self.headGroup
    crew.run(batch.sequences.count * groups) { index, worker in
      let first = index % groups * Self.headGroup
      body(
        batch.sequences[index / groups], first..<min(heads, first + Self.headGroup), worker)
    }
  }
}

/// Buffers that all layers of a training pass share, one after another.
final class Workspace {
  let narrow: FloatBuffer  // [capacity, hidden]
  let wide: FloatBuffer  // [capacity, intermediate]
  let projected: FloatBuffer  // [capacity, 3 · hidden]
  private let scratch: [FloatBuffer]  // one per worker

  init(_ configuration: EncoderConfiguration, capacity: Int, workers: Int) {
    narrow = FloatBuffer(count: capacity * configuration.hiddenSize)
    wide = FloatBuffer(count: capacity * configuration.intermediateSize)
    projected = FloatBuffer(count: capacity * 3 * configuration.hiddenSize)
    scratch = (0..<workers).map { _ in
      FloatBuffer(count: hone_attention_backward_scratch(capacity, configuration.headSize))
    }
  }

  /// Scratch memory of one worker, enough for either direction of attention.
  func attention(_ worker: Int) -> UnsafeMutablePointer<Float> { scratch[worker].start }
}
