import Kernels

/// A BERT encoder with forward and backward pass: packed sequences in, pooled features out.
///
/// ```
/// ids ─ words + type + positions ─ norm ─ layer 1 ─ … ─ layer n
///                                             └─ pool ─┴─ pool ─▶ features
/// ```
///
/// Everything is written out: each layer has the forward formula and its derivative side by side.
/// Layers below the lowest one that is tuned, and their embeddings, have no backward pass.
final class TrainableEncoder {
  let configuration: EncoderConfiguration
  let words: EmbeddingTable
  let positions: EmbeddingTable
  let type: Parameter  // [hidden]
  let embeddingNorm: NormLayer
  let layers: [TransformerLayer]
  /// Layers that are pooled, counted from 1, in rising order.
  let pooled: [Int]
  let crew: Crew
  /// Whether the encoder's own weights are tuned, and not only adapters on them.
  let isTuned: Bool
  /// Rows of one pass at most; longer batches are cut, and their gradients added.
  static let capacity = 2048

  private let embedded: FloatBuffer  // [capacity, hidden]
  private let gradient: FloatBuffer  // [capacity, hidden]
  private let workspace: Workspace
  private var batch = PackedBatch([])
  private var lengths: [Float] = []  // of the means: [sequences, pooled]

  init(
    _ weights: EncoderWeights, _ configuration: EncoderConfiguration, pooling pooled: [Int],
    isTuned: Bool, threads: Int
  ) {
    self.configuration = configuration
    self.pooled = pooled
    self.isTuned = isTuned
    crew = Crew(threads: threads)
    let width = configuration.hiddenSize
    words = EmbeddingTable("words", width: width, values: weights.words, isTuned: isTuned)
    positions = EmbeddingTable(
      "positions", width: width, values: weights.positions, isTuned: isTuned)
    type = Parameter(
      "type", shape: [width], values: weights.type, decays: true,
      isTuned: isTuned && !weights.types.isEmpty)
    embeddingNorm = NormLayer(
      "embedding-norm", weights.embeddingNorm, epsilon: configuration.layerNormEpsilon,
      capacity: Self.capacity, isTuned: isTuned)
    layers = weights.layers.enumerated().map { index, layer in
      TransformerLayer(
        "layer.\(index)", layer, configuration, capacity: Self.capacity, isTuned: isTuned)
    }
    embedded = FloatBuffer(count: Self.capacity * width)
    gradient = FloatBuffer(count: Self.capacity * width)
    workspace = Workspace(configuration, capacity: Self.capacity, workers: crew.threads)
  }

  /// Floats of the features of one sequence.
  var features: Int { pooled.count * configuration.hiddenSize }

  /// All dense tensors, tuned or not, in a fixed order.
  var parameters: [Parameter] {
    [type, embeddingNorm.weight, embeddingNorm.offset]
      + layers.flatMap { layer in
        layer.linears.flatMap { [$0.weight, $0.bias] + $0.adapters.flatMap { [$0.down, $0.up] } }
          + layer.norms.flatMap { [$0.weight, $0.offset] }
      }
  }

  var tables: [EmbeddingTable] { [words, positions] }

  // MARK: - Forward

  /// Computes the features of a batch, each pooled layer's at length 1.
  ///
  /// - Parameters:
  ///   - batch: At most `capacity` rows.
  ///   - features: [sequences, pooled · hidden].
  func forward(_ batch: PackedBatch, into features: UnsafeMutablePointer<Float>) {
    precondition(batch.rows <= Self.capacity, "a batch fits the buffers")
    self.batch = batch
    embed(batch)
    var x = embedded
    lengths = [Float](repeating: 0, count: batch.sequences.count * pooled.count)
    for (index, layer) in layers.prefix(pooled.last ?? 0).enumerated() {
      layer.forward(x, batch, workspace, crew: crew)
      x = layer.result
      if let place = pooled.firstIndex(of: index + 1) { pool(x, place, into: features) }
    }
  }

  /// embedded = norm(words[ids] + type + positions)
  private func embed(_ batch: PackedBatch) {
    let width = configuration.hiddenSize
    let slices = Slices(batch.rows, atMost: 48)
    crew.run(slices.number) { index, _ in
      for row in slices[index] {
        embeddingNorm.forward(
          words.values.start + Int(batch.ids[row]) * width, bias: type.values.start,
          residual: positions.values.start + Int(batch.positions[row]) * width, at: row, rows: 1,
          into: embedded)
      }
    }
  }

  private func pool(_ x: FloatBuffer, _ place: Int, into features: UnsafeMutablePointer<Float>) {
    let width = configuration.hiddenSize
    for (index, rows) in batch.sequences.enumerated() {
      let target = features + index * self.features + place * width
      let source = x.start + rows.lowerBound * width
      lengths[index * pooled.count + place] = hone_mean_normalize(
        source, target, rows.count, width)
    }
  }

  // MARK: - Backward

  /// Computes the gradients of what is tuned, given that of the features of the last forward pass.
  ///
  /// - Parameters:
  ///   - features: As computed, [sequences, pooled · hidden].
  ///   - errors: Their gradient; same shape.
  ///   - accumulates: Whether to add to the gradients of an earlier pass.
  func backward(
    features: UnsafePointer<Float>, errors: UnsafePointer<Float>, accumulates: Bool
  ) {
    let width = configuration.hiddenSize
    gradient.start.update(repeating: 0, count: batch.rows * width)
    for index in layers.indices.prefix(pooled.last ?? 0).reversed() {
      if let place = pooled.firstIndex(of: index + 1) {
        for (sequence, rows) in batch.sequences.enumerated() {
          let at = sequence * self.features + place * width
          hone_mean_normalize_backward(
            features + at, errors + at, lengths[sequence * pooled.count + place],
            gradient.start + rows.lowerBound * width, rows.count, width)
        }
      }
      layers[index].backward(
        index == 0 ? embedded : layers[index - 1].result, batch, gradient: gradient,
        isLast: index == 0 && !isTuned, accumulates: accumulates, workspace, crew: crew)
    }
    if isTuned { backwardThroughEmbeddings(accumulates: accumulates) }
  }

  private func backwardThroughEmbeddings(accumulates: Bool) {
    let width = configuration.hiddenSize
    let sum = workspace.narrow
    embeddingNorm.backward(
      gradient, rows: batch.rows, into: sum, accumulates: accumulates, crew: crew)
    let columns = Slices(width, atMost: 64)
    crew.run((type.isTuned ? 3 : 2) * columns.number) { index, _ in
      let range = columns[index % columns.number]
      switch index / columns.number {
      case 0: words.addGradient(of: batch.ids, sum.start, columns: range)
      case 1: positions.addGradient(of: batch.positions, sum.start, columns: range)
      default:
        hone_column_sums(
          sum.start + range.lowerBound, type.tuning!.gradient.start + range.lowerBound,
          batch.rows, range.count, width, accumulates ? 1 : 0)
      }
    }
  }
}
