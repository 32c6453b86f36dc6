/// The weights of a BERT encoder in memory, in the order in which the forward pass needs them.
///
/// Matrices are [out, in], as PyTorch's `Linear` keeps them.
struct EncoderWeights: Sendable {
  var words: [Float]  // [vocabulary, hidden]
  var positions: [Float]  // [positions, hidden]
  var type: [Float]  // [hidden], of token type 0
  var embeddingNorm: Norm
  var layers: [Layer]

  struct Norm: Sendable {
    var weight: [Float]  // [hidden]
    var offset: [Float]  // [hidden]
  }

  struct Linear: Sendable {
    var weight: [Float]  // [out, in]
    var bias: [Float]  // [out]
  }

  struct Layer: Sendable {
    var queryKeyValue: Linear  // [3 · hidden, hidden]
    var attentionOutput: Linear  // [hidden, hidden]
    var attentionNorm: Norm
    var intermediate: Linear  // [intermediate, hidden]
    var output: Linear  // [hidden, intermediate]
    var outputNorm: Norm
  }

  init(_ file: SafetensorsFile, _ configuration: EncoderConfiguration) throws {
    let hidden = configuration.hiddenSize
    // Some checkpoints keep the encoder under the name of the class around it.
    let root = file.entries["bert.embeddings.word_embeddings.weight"] == nil ? "" : "bert."
    func norm(_ name: String) throws -> Norm {
      Norm(
        weight: try file.floats("\(root)\(name).weight", shape: [hidden]),
        offset: try file.floats("\(root)\(name).bias", shape: [hidden]))
    }
    func linear(_ name: String, _ out: Int, _ depth: Int) throws -> Linear {
      Linear(
        weight: try file.floats("\(root)\(name).weight", shape: [out, depth]),
        bias: try file.floats("\(root)\(name).bias", shape: [out]))
    }
    words = try file.floats(
      "\(root)embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden])
    positions = try file.floats(
      "\(root)embeddings.position_embeddings.weight",
      shape: [configuration.maximumPositions, hidden])
    let types = try file.floats(
      "\(root)embeddings.token_type_embeddings.weight",
      shape: [configuration.typeVocabularySize, hidden])
    type = Array(types.prefix(hidden))
    embeddingNorm = try norm("embeddings.LayerNorm")
    layers = try (0..<configuration.layers).map { index in
      let name = "encoder.layer.\(index)"
      let parts = try ["query", "key", "value"].map {
        try linear("\(name).attention.self.\($0)", hidden, hidden)
      }
      return Layer(
        queryKeyValue: Linear(weight: parts.flatMap(\.weight), bias: parts.flatMap(\.bias)),
        attentionOutput: try linear("\(name).attention.output.dense", hidden, hidden),
        attentionNorm: try norm("\(name).attention.output.LayerNorm"),
        intermediate: try linear(
          "\(name).intermediate.dense", configuration.intermediateSize, hidden),
        output: try linear("\(name).output.dense", hidden, configuration.intermediateSize),
        outputNorm: try norm("\(name).output.LayerNorm"))
    }
  }
}
