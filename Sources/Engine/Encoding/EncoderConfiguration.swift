import Foundation

/// The shape of a BERT encoder, from `config.json`.
struct EncoderConfiguration: Sendable, Hashable {
  var hiddenSize: Int
  var layers: Int
  var heads: Int
  var intermediateSize: Int
  var vocabularySize: Int
  var maximumPositions: Int
  var typeVocabularySize: Int
  var layerNormEpsilon: Float

  var headSize: Int { hiddenSize / heads }

  /// - Throws: `EngineError`: `.unsupported` names the setting that is not BERT's.
  init(contentsOf url: URL) throws {
    let path = url.path
    guard let data = try? Data(contentsOf: url) else {
      throw EngineError.unreadable(path: path, reason: "no such file, or no permission")
    }
    guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw EngineError.malformed(path: path, problem: "it is no JSON object")
    }
    func expect(_ key: String, _ known: String) throws {
      let found = root[key] as? String ?? known
      guard found == known else {
        throw EngineError.unsupported(path: path, what: "\(key) '\(found)'", known: known)
      }
    }
    func size(_ key: String, atMost limit: Int) throws -> Int {
      guard let value = root[key] as? Int, (1...limit).contains(value) else {
        throw EngineError.malformed(path: path, problem: "\(key) is missing or out of range")
      }
      return value
    }
    try expect("model_type", "bert")
    try expect("hidden_act", "gelu")
    try expect("position_embedding_type", "absolute")
    hiddenSize = try size("hidden_size", atMost: 1 << 14)
    layers = try size("num_hidden_layers", atMost: 256)
    heads = try size("num_attention_heads", atMost: 256)
    intermediateSize = try size("intermediate_size", atMost: 1 << 16)
    vocabularySize = try size("vocab_size", atMost: 1 << 22)
    maximumPositions = try size("max_position_embeddings", atMost: 1 << 16)
    typeVocabularySize = try size("type_vocab_size", atMost: 1 << 10)
    layerNormEpsilon = try Self.epsilon(root["layer_norm_eps"], path: path)
    guard hiddenSize % heads == 0 else {
      throw EngineError.malformed(
        path: path, problem: "hidden_size is no multiple of num_attention_heads")
    }
  }

  /// What keeps a layer norm from dividing by zero; BERT's own where the file leaves it out.
  private static func epsilon(_ value: Any?, path: String) throws -> Float {
    guard let value else { return 1e-12 }
    guard let number = value as? Double, Float(number) > 0, number < 1 else {
      throw EngineError.malformed(
        path: path, problem: "layer_norm_eps is no number above 0 and below 1")
    }
    return Float(number)
  }
}
