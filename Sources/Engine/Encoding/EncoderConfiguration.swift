import Foundation

/// The shape of an encoder, from `config.json`.
struct EncoderConfiguration: Sendable, Hashable {
  var architecture: EncoderArchitecture
  var hiddenSize: Int
  var layers: Int
  var heads: Int
  var intermediateSize: Int
  var vocabularySize: Int
  /// Tokens of a sequence at most.
  var maximumPositions: Int
  /// Rows of the position embeddings before that of a sequence's first token; 0 but for
  /// architectures that count positions from the padding token.
  var reservedPositions: Int
  /// 0 where the architecture has no token types.
  var typeVocabularySize: Int
  var layerNormEpsilon: Float

  var headSize: Int { hiddenSize / heads }

  /// The token that takes no position, where positions are counted from it; its own is the last
  /// one reserved.
  var padding: Int32? { reservedPositions > 0 ? Int32(reservedPositions - 1) : nil }

  /// - Throws: `EngineError`: `.unsupported` names the setting that this engine does not run.
  init(contentsOf url: URL) throws {
    let file = try JSONFile(contentsOf: url)
    architecture = try Self.architecture(file)
    let keys = architecture.configurationKeys
    try Self.refuseVariants(file, activation: keys.activation)
    hiddenSize = try file.size(keys.hiddenSize, in: 1...1 << 14)
    layers = try file.size(keys.layers, in: 1...256)
    heads = try file.size(keys.heads, in: 1...256)
    intermediateSize = try file.size(keys.intermediateSize, in: 1...1 << 16)
    vocabularySize = try file.size("vocab_size", in: 1...1 << 22)
    let positions = try file.size("max_position_embeddings", in: 1...1 << 16)
    reservedPositions = try Self.reservedPositions(file, architecture, of: positions)
    maximumPositions = positions - reservedPositions
    typeVocabularySize = try keys.typeVocabularySize.map { try file.size($0, in: 1...1 << 10) } ?? 0
    layerNormEpsilon = try keys.layerNormEpsilon.map { try Self.epsilon(file, $0) } ?? 1e-12
    guard hiddenSize % heads == 0 else {
      throw file.malformed("\(keys.hiddenSize) is no multiple of \(keys.heads)")
    }
    if let embedding = file["embedding_size"], embedding.integer != hiddenSize {
      throw file.unsupported(
        "embedding_size \(embedding.summary) beside \(keys.hiddenSize) \(hiddenSize)",
        known: "embeddings as wide as the layers")
    }
  }

  // MARK: - Settings

  private static func architecture(_ file: JSONFile) throws -> EncoderArchitecture {
    guard let written = file["model_type"] else { return .bert }
    guard let architecture = written.string.flatMap(EncoderArchitecture.init) else {
      throw file.unsupported(
        "model_type '\(written.summary)'",
        known: EncoderArchitecture.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return architecture
  }

  /// Refuses what would give other numbers than this engine computes.
  private static func refuseVariants(_ file: JSONFile, activation: String) throws {
    try file.expect(activation, "gelu")
    try file.expect("position_embedding_type", "absolute")
    for key in ["is_decoder", "is_encoder_decoder", "add_cross_attention"]
    where file[key]?.bool == true {
      throw file.unsupported("\(key)", known: "encoders, whose tokens see all of a text")
    }
    if let heads = file["pruned_heads"], heads != .object([]) {
      throw file.unsupported("pruned_heads", known: "layers with all their heads")
    }
    for (key, known) in [
      ("auto_map", "models without code of their own"),
      ("quantization_config", "weights as F32, F16 or BF16"),
    ] where file[key] != nil {
      throw file.unsupported(key, known: known)
    }
  }

  private static func reservedPositions(
    _ file: JSONFile, _ architecture: EncoderArchitecture, of positions: Int
  ) throws -> Int {
    guard architecture.countsPositionsFromPadding else { return 0 }
    guard let padding = (file["pad_token_id"] ?? .number(1)).integer,
      (0..<positions - 1).contains(padding)
    else {
      throw file.malformed("pad_token_id leaves no room in max_position_embeddings")
    }
    return padding + 1
  }

  /// What keeps a layer norm from dividing by zero; BERT's own where the file leaves it out.
  private static func epsilon(_ file: JSONFile, _ key: String) throws -> Float {
    guard let value = file.root[key] else { return 1e-12 }
    guard let number = value.number, Float(number) > 0, number < 1 else {
      throw file.malformed("\(key) is no number above 0 and below 1")
    }
    return Float(number)
  }
}
