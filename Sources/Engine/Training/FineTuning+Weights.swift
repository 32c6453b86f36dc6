public import Foundation

extension FineTuning {
  /// The head as it stands.
  public var tunedHead: SoftmaxHead { head.head }

  /// The encoder as it stands, adapters merged in, for embedding.
  ///
  /// - Parameter identity: What it is called in caches and claims.
  public func tunedEncoder(identity: String) -> SentenceEncoder {
    base.replacing(weights: tunedWeights, identity: identity)
  }

  /// What a folder of the tuned model has beside the head: adapters in PEFT's format, or a whole
  /// Hugging Face folder, whose other files are the base's.
  ///
  /// - Parameter base: The base's name, for `adapter_config.json`.
  public func files(base name: String) throws -> [String: Data] {
    if let adapters { return try adapters.files(for: base, base: name) }
    var files = [
      "model.safetensors": try SafetensorsFile.content(
        tunedWeights.tensors(base.configuration), metadata: ["format": "pt"])
    ]
    for name in try ModelFolder(base.folder).companions {
      files[name] = try? Data(contentsOf: base.folder.appendingPathComponent(name))
    }
    return files
  }

  /// The adapters as they stand; nil where all weights are tuned.
  public var adapters: LowRankWeights? {
    guard case .lora(let settings) = method else { return nil }
    return encoder.lowRankWeights(settings)
  }

  /// The encoder's weights as they stand, every row of the embeddings brought up to date.
  var tunedWeights: EncoderWeights {
    guard let adapters else {
      for table in encoder.tables { table.catchUp(optimizer: optimizer, history: history) }
      return weights {
        $0.values.values
      } table: {
        $0.values.values
      }
    }
    return adapters.merged(into: base.weights, base.configuration)
  }

  /// The encoder in the shape of its weights, filled with what is read of each tensor.
  private func weights(
    _ read: (Parameter) -> [Float], table: (EmbeddingTable) -> [Float]
  ) -> EncoderWeights {
    var weights = base.weights
    func norm(_ layer: NormLayer) -> EncoderWeights.Norm {
      EncoderWeights.Norm(weight: read(layer.weight), offset: read(layer.offset))
    }
    func linear(_ layer: LinearLayer) -> EncoderWeights.Linear {
      EncoderWeights.Linear(weight: read(layer.weight), bias: read(layer.bias))
    }
    weights.words = table(encoder.words)
    weights.positions = table(encoder.positions)
    if !weights.types.isEmpty {
      weights.types.replaceSubrange(..<encoder.type.count, with: read(encoder.type))
    }
    weights.embeddingNorm = norm(encoder.embeddingNorm)
    weights.layers = encoder.layers.map { layer in
      EncoderWeights.Layer(
        queryKeyValue: linear(layer.queryKeyValue),
        attentionOutput: linear(layer.attentionOutput), attentionNorm: norm(layer.attentionNorm),
        intermediate: linear(layer.intermediate), output: linear(layer.output),
        outputNorm: norm(layer.outputNorm))
    }
    return weights
  }
}

// MARK: - For tests

extension FineTuning {
  /// The gradients that the last pass left, by Hugging Face name; those of the head as
  /// `head.weight` and `head.bias`, those of adapters by PEFT's names.
  package var gradients: [String: [Float]] {
    var gradients: [String: [Float]] = [:]
    for parameter in head.parameters { gradients[parameter.name] = parameter.gradientValues }
    switch method {
    case .full:
      var all = weights {
        $0.gradientValues
      } table: {
        $0.denseGradient
      }
      // Token types other than 0 are never looked up.
      for index in encoder.type.count..<max(encoder.type.count, all.types.count) {
        all.types[index] = 0
      }
      for tensor in all.tensors(base.configuration) { gradients[tensor.name] = tensor.values }
    case .lora(let settings):
      let adapters = encoder.lowRankWeights(settings) { $0.gradientValues }
      for tensor in adapters.tensors(base.configuration) { gradients[tensor.name] = tensor.values }
    }
    return gradients
  }
}

extension FineTuning {
  /// The encoder's tensors as they stand, by Hugging Face name.
  package var tensors: [String: [Float]] {
    let tensors = tunedWeights.tensors(base.configuration)
    return Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.values) })
  }

  /// What the head sees of some sequences. Shape [sequences, features], row-major.
  package func features(of sequences: [[Int32]]) -> [Float] {
    let features = FloatBuffer(count: sequences.count * encoder.features)
    encoder.forward(PackedBatch(sequences), into: features.start)
    return features.values
  }
}

extension LowRankWeights {
  /// The matrices by layer, target and letter, e.g. `0.query.A`.
  package var matrices: [String: [Float]] {
    var matrices: [String: [Float]] = [:]
    for (index, parts) in layers.enumerated() {
      for (target, pair) in parts {
        matrices["\(index).\(target.rawValue).A"] = pair.down
        matrices["\(index).\(target.rawValue).B"] = pair.up
      }
    }
    return matrices
  }
}

extension Parameter {
  fileprivate var gradientValues: [Float] { tuning?.gradient.values ?? [] }
}
