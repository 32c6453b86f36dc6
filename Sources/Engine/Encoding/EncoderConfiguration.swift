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
    layerNormEpsilon = Float(root["layer_norm_eps"] as? Double ?? 1e-12)
    guard hiddenSize % heads == 0 else {
      throw EngineError.malformed(
        path: path, problem: "hidden_size is no multiple of num_attention_heads")
    }
  }
}
