/// The matrices of all adapters of an encoder.
public struct LowRankWeights: Sendable, Hashable {
  public var settings: LowRankSettings
  /// Per layer of the encoder, the adapter of each target.
  var layers: [[LowRankSettings.Target: Matrices]]

  struct Matrices: Sendable, Hashable {
    var down: [Float]  // A: [rank, in]
    var up: [Float]  // B: [out, rank]
  }

  init(settings: LowRankSettings, layers: [[LowRankSettings.Target: Matrices]]) {
    self.settings = settings
    self.layers = layers
  }

  /// Adapters that change nothing yet: A drawn from U(−1/√in, 1/√in), B zero.
  init(_ settings: LowRankSettings, _ configuration: EncoderConfiguration, seed: UInt64) {
    var stream = SplitMix64(state: seed)
    layers = (0..<configuration.layers).map { _ in
      var parts: [LowRankSettings.Target: Matrices] = [:]
      for target in LowRankSettings.Target.allCases where settings.targets.contains(target) {
        let (inputs, outputs) = configuration.shape(of: target)
        let bound = 1 / Float(inputs).squareRoot()
        parts[target] = Matrices(
          down: (0..<settings.rank * inputs).map { _ in stream.nextFloat(in: bound) },
          up: [Float](repeating: 0, count: outputs * settings.rank))
      }
      return parts
    }
    self.settings = settings
  }

  /// The encoder's weights with the adapters merged in: W + s·B·A.
  func merged(into weights: EncoderWeights, _ configuration: EncoderConfiguration) -> EncoderWeights
  {
    var merged = weights
    for (index, parts) in layers.enumerated() {
      for (target, matrices) in parts {
        let (inputs, outputs) = configuration.shape(of: target)
        let first = configuration.outputs(of: target).lowerBound * inputs
        merged.layers[index].withWeights(of: target) { weight in
          weight.withUnsafeMutableBufferPointer { weight in
            let up = FloatBuffer(matrices.up)
            let down = FloatBuffer(matrices.down)
            BLAS.multiply(
              up.matrix(settings.rank), by: down.matrix(inputs), scale: settings.scale,
              into: BLAS.Matrix(weight.baseAddress! + first, stride: inputs), adding: true,
              rows: outputs, columns: inputs, depth: settings.rank)
          }
        }
      }
    }
    return merged
  }
}

extension EncoderConfiguration {
  /// What a projection turns into what.
  func shape(of target: LowRankSettings.Target) -> (inputs: Int, outputs: Int) {
    switch target {
    case .query, .key, .value, .attentionOutput: (hiddenSize, hiddenSize)
    case .intermediate: (hiddenSize, intermediateSize)
    case .output: (intermediateSize, hiddenSize)
    }
  }

  /// The outputs of the matrix that a projection is part of; queries, keys and values share one.
  func outputs(of target: LowRankSettings.Target) -> Range<Int> {
    let first =
      switch target {
      case .key: hiddenSize
      case .value: 2 * hiddenSize
      case .query, .attentionOutput, .intermediate, .output: 0
      }
    return first..<first + shape(of: target).outputs
  }
}

extension EncoderWeights.Layer {
  fileprivate mutating func withWeights(
    of target: LowRankSettings.Target, _ body: (inout [Float]) -> Void
  ) {
    switch target {
    case .query, .key, .value: body(&queryKeyValue.weight)
    case .attentionOutput: body(&attentionOutput.weight)
    case .intermediate: body(&intermediate.weight)
    case .output: body(&output.weight)
    }
  }
}
