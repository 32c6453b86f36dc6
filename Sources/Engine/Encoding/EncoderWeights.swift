/// The weights of an encoder in memory, in the order in which the forward pass needs them.
///
/// Matrices are [out, in], as PyTorch's `Linear` keeps them.
struct EncoderWeights: Sendable {
  var words: [Float]  // [vocabulary, hidden]
  var positions: [Float]  // [positions, hidden]
  /// The rows before those, which no sequence starts at: [reserved, hidden].
  var reservedPositions: [Float]
  var types: [Float]  // [types, hidden]; none in DistilBERT
  var embeddingNorm: Norm
  var layers: [Layer]

  /// What every token has: the embedding of type 0, or zeros. Shape [hidden].
  var type: [Float] {
    let width = embeddingNorm.weight.count
    return types.isEmpty ? [Float](repeating: 0, count: width) : Array(types.prefix(width))
  }

  /// Numbers in all tensors.
  var count: Int {
    words.count + positions.count + reservedPositions.count + types.count + embeddingNorm.count
      + layers.reduce(0) { $0 + $1.count }
  }

  struct Norm: Sendable {
    var weight: [Float]  // [hidden]
    var offset: [Float]  // [hidden]

    var count: Int { weight.count + offset.count }
  }

  struct Linear: Sendable {
    var weight: [Float]  // [out, in]
    var bias: [Float]  // [out]

    var count: Int { weight.count + bias.count }
  }

  struct Layer: Sendable {
    var queryKeyValue: Linear  // [3 · hidden, hidden]
    var attentionOutput: Linear  // [hidden, hidden]
    var attentionNorm: Norm
    var intermediate: Linear  // [intermediate, hidden]
    var output: Linear  // [hidden, intermediate]
    var outputNorm: Norm

    var count: Int {
      queryKeyValue.count + attentionOutput.count + attentionNorm.count + intermediate.count
        + output.count + outputNorm.count
    }
  }

  /// - Throws: `EngineError` where a tensor is missing or of another shape.
  init(_ file: SafetensorsFile, _ configuration: EncoderConfiguration) throws {
    let hidden = configuration.hiddenSize
    let source = Source(file: file, configuration: configuration)
    let names = configuration.architecture.embeddingNames
    words = try source.table(names.words, rows: configuration.vocabularySize)
    let reserved = configuration.reservedPositions
    let table = try source.table(names.positions, rows: reserved + configuration.maximumPositions)
    types =
      try names.types.map {
        try source.table($0, rows: configuration.typeVocabularySize)
      } ?? []
    reservedPositions = Array(table[..<(reserved * hidden)])
    positions = Array(table[(reserved * hidden)...])
    embeddingNorm = try source.norm(names.norm)
    layers = try (0..<configuration.layers).map { index in
      let names = configuration.architecture.names(layer: index)
      let wide = configuration.intermediateSize
      let parts = try [names.query, names.key, names.value].map {
        try source.linear($0, hidden, hidden)
      }
      return Layer(
        queryKeyValue: Linear(weight: parts.flatMap(\.weight), bias: parts.flatMap(\.bias)),
        attentionOutput: try source.linear(names.attentionOutput, hidden, hidden),
        attentionNorm: try source.norm(names.attentionNorm),
        intermediate: try source.linear(names.intermediate, wide, hidden),
        output: try source.linear(names.output, hidden, wide),
        outputNorm: try source.norm(names.outputNorm))
    }
  }

  /// A file of tensors, read by the names of modules.
  private struct Source {
    let file: SafetensorsFile
    /// Some checkpoints keep the encoder under the name of the class around it.
    let root: String
    let hidden: Int

    init(file: SafetensorsFile, configuration: EncoderConfiguration) {
      self.file = file
      let architecture = configuration.architecture
      let words = "\(architecture.rootPrefix)\(architecture.embeddingNames.words).weight"
      root = file.entries[words] == nil ? "" : architecture.rootPrefix
      hidden = configuration.hiddenSize
    }

    func table(_ module: String, rows: Int) throws -> [Float] {
      try file.floats("\(root)\(module).weight", shape: [rows, hidden])
    }

    func linear(_ module: String, _ out: Int, _ depth: Int) throws -> Linear {
      Linear(
        weight: try file.floats("\(root)\(module).weight", shape: [out, depth]),
        bias: try file.floats("\(root)\(module).bias", shape: [out]))
    }

    /// Checkpoints that came from TensorFlow call weight and offset gamma and beta.
    func norm(_ module: String) throws -> Norm {
      let isOld = file.entries["\(root)\(module).gamma"] != nil
      return Norm(
        weight: try file.floats("\(root)\(module).\(isOld ? "gamma" : "weight")", shape: [hidden]),
        offset: try file.floats("\(root)\(module).\(isOld ? "beta" : "bias")", shape: [hidden]))
    }
  }
}
