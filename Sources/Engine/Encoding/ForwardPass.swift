import Kernels

/// One worker's forward pass: packed sequences in, pooled embeddings out.
///
/// Sequences are packed one after another, without padding. All matrix products work on tiles of
/// `tile` rows, whatever the batch, and each sequence starts at a multiple of `alignment` rows: so
/// a row's bits depend on its sequence alone. Attention and pooling work per sequence. Buffers are
/// made once and used for every batch.
final class ForwardPass {
  /// Rows of one matrix product; divisible by the heights of the blocks that kernels work in.
  static let tile = 192
  /// Rows of one batch at most; a multiple of `tile`, and no less than a sequence's length.
  static let capacity = 6 * tile

  private let weights: EncoderWeights
  private let configuration: EncoderConfiguration
  private var hidden: [Float]  // [capacity, hidden]
  private var queryKeyValue: [Float]  // [capacity, 3 · hidden]
  private var attended: [Float]  // [capacity, hidden]
  private var product: [Float]  // [tile, hidden]
  private var intermediate: [Float]  // [tile, intermediate]
  private var scratch: [Float]

  private let alignment: Int

  /// - Parameter alignment: Of `RowAlignment`; divides `tile`.
  init(weights: EncoderWeights, configuration: EncoderConfiguration, alignment: Int) {
    self.weights = weights
    self.configuration = configuration
    self.alignment = alignment
    let width = configuration.hiddenSize
    hidden = [Float](repeating: 0, count: Self.capacity * width)
    queryKeyValue = [Float](repeating: 0, count: Self.capacity * 3 * width)
    attended = [Float](repeating: 0, count: Self.capacity * width)
    product = [Float](repeating: 0, count: Self.tile * width)
    intermediate = [Float](repeating: 0, count: Self.tile * configuration.intermediateSize)
    scratch = [Float](
      repeating: 0, count: hone_attention_scratch(Self.capacity, configuration.headSize))
  }

  /// Embeds a batch.
  ///
  /// - Parameters:
  ///   - sequences: Token ids; aligned, together at most `capacity` of them, none empty.
  ///   - pooled: Layers whose output is pooled, counted from 1, in rising order.
  ///   - out: The place of each sequence's result, [pooled, hidden] floats.
  func run(_ sequences: [[Int32]], pooling pooled: [Int], out: [UnsafeMutablePointer<Float>]) {
    var rows = 0
    let placed = sequences.map { sequence in
      defer { rows += RowAlignment.rows(of: sequence.count, alignment: alignment) }
      return Placed(ids: sequence, start: rows)
    }
    precondition(rows <= Self.capacity, "a batch fits the buffers")
    let tiles = (rows + Self.tile - 1) / Self.tile
    lookUp(placed, tiles: tiles)
    for (index, layer) in weights.layers.enumerated() {
      attend(layer, placed, tiles: tiles)
      feedForward(layer, tiles: tiles)
      if let place = pooled.firstIndex(of: index + 1) {
        pool(placed, out: out.map { $0 + place * configuration.hiddenSize })
      }
    }
  }

  /// A sequence with its first row in the buffers.
  private struct Placed {
    var ids: [Int32]
    var start: Int
  }

  // MARK: - Steps

  /// hidden = layer_norm(words[ids] + type + positions); rows of no sequence are zero.
  private func lookUp(_ sequences: [Placed], tiles: Int) {
    let width = configuration.hiddenSize
    let type = weights.type
    hidden.withUnsafeMutableBufferPointer { hidden in
      hidden[..<(tiles * Self.tile * width)].update(repeating: 0)
      for sequence in sequences {
        var position = 0
        for (row, id) in sequence.ids.enumerated() {
          // A padding token that a text spells out has a position of its own, and takes none.
          let isPadding = id == configuration.padding
          let table = isPadding ? weights.reservedPositions : weights.positions
          weights.words.withUnsafeBufferPointer { words in
            table.withUnsafeBufferPointer { table in
              hone_add_layer_norm(
                words.baseAddress! + Int(id) * width, type,
                table.baseAddress! + (isPadding ? Int(id) : position) * width,
                weights.embeddingNorm.weight, weights.embeddingNorm.offset,
                configuration.layerNormEpsilon,
                hidden.baseAddress! + (sequence.start + row) * width, 1, width)
            }
          }
          if !isPadding { position += 1 }
        }
      }
    }
  }

  /// hidden = layer_norm(hidden + attention(hidden) · Wᵒ + b)
  private func attend(_ layer: EncoderWeights.Layer, _ sequences: [Placed], tiles: Int) {
    let width = configuration.hiddenSize
    for tile in 0..<tiles {
      let start = tile * Self.tile
      queryKeyValue.withUnsafeMutableBufferPointer { out in
        hidden.withUnsafeBufferPointer { hidden in
          let target = out.baseAddress! + start * 3 * width
          BLAS.multiplyTransposed(
            hidden.baseAddress! + start * width, layer.queryKeyValue.weight, into: target,
            rows: Self.tile, columns: 3 * width, depth: width)
          hone_add_bias(target, layer.queryKeyValue.bias, Self.tile, 3 * width, 3 * width)
        }
      }
    }
    let scale = 1 / Float(configuration.headSize).squareRoot()
    attended.withUnsafeMutableBufferPointer { attended in
      queryKeyValue.withUnsafeBufferPointer { queryKeyValue in
        scratch.withUnsafeMutableBufferPointer { scratch in
          for sequence in sequences {
            hone_attention(
              queryKeyValue.baseAddress! + sequence.start * 3 * width,
              attended.baseAddress! + sequence.start * width, scratch.baseAddress!,
              sequence.ids.count, configuration.heads, configuration.headSize, 0,
              configuration.heads, scale)
          }
        }
      }
    }
    for tile in 0..<tiles {
      let start = tile * Self.tile * width
      attended.withUnsafeBufferPointer { attended in
        project(
          attended.baseAddress! + start, depth: width, layer.attentionOutput,
          layer.attentionNorm, at: start)
      }
    }
  }

  /// hidden = layer_norm(hidden + gelu(hidden · W¹ + b¹) · W² + b²)
  private func feedForward(_ layer: EncoderWeights.Layer, tiles: Int) {
    let width = configuration.hiddenSize
    let wide = configuration.intermediateSize
    for tile in 0..<tiles {
      let start = tile * Self.tile * width
      intermediate.withUnsafeMutableBufferPointer { intermediate in
        hidden.withUnsafeBufferPointer { hidden in
          BLAS.multiplyTransposed(
            hidden.baseAddress! + start, layer.intermediate.weight,
            into: intermediate.baseAddress!, rows: Self.tile, columns: wide, depth: width)
        }
        hone_bias_gelu(intermediate.baseAddress!, layer.intermediate.bias, Self.tile, wide)
      }
      intermediate.withUnsafeBufferPointer {
        project($0.baseAddress!, depth: wide, layer.output, layer.outputNorm, at: start)
      }
    }
  }

  /// One tile of hidden, from `start`: layer_norm(hidden + input · Wᵀ + b).
  private func project(
    _ input: UnsafePointer<Float>, depth: Int, _ linear: EncoderWeights.Linear,
    _ norm: EncoderWeights.Norm, at start: Int
  ) {
    let width = configuration.hiddenSize
    product.withUnsafeMutableBufferPointer { product in
      BLAS.multiplyTransposed(
        input, linear.weight, into: product.baseAddress!, rows: Self.tile, columns: width,
        depth: depth)
      hidden.withUnsafeMutableBufferPointer { hidden in
        hone_add_layer_norm(
          product.baseAddress!, linear.bias, hidden.baseAddress! + start, norm.weight,
          norm.offset, configuration.layerNormEpsilon, hidden.baseAddress! + start, Self.tile,
          width)
      }
    }
  }

  /// The mean of each sequence's rows, at length 1.
  private func pool(_ sequences: [Placed], out: [UnsafeMutablePointer<Float>]) {
    let width = configuration.hiddenSize
    hidden.withUnsafeBufferPointer { hidden in
      for (sequence, target) in zip(sequences, out) {
        _ = hone_mean_normalize(
          hidden.baseAddress! + sequence.start * width, target, sequence.ids.count, width)
      }
    }
  }
}
