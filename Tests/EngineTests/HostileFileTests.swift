import Engine
import Foundation
import Testing

/// Files that are damaged or made to harm: each ends in one clear error.
@Suite("Hostile model files")
struct HostileFileTests {
  /// The error of loading `folder`, as text; nil where it loads.
  static func error(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return error is EngineError ? "\(error)" : "not an EngineError: \(error)"
    }
  }

  /// A safetensors file: a header of any claimed length, and data.
  static func safetensors(_ header: String, claimed: UInt64? = nil, data: Int = 0) -> Data {
    let bytes = Data(header.utf8)
    let length = withUnsafeBytes(of: (claimed ?? UInt64(bytes.count)).littleEndian) { Data($0) }
    return length + bytes + Data(count: data)
  }

  static let broken: [(name: String, file: Data, message: String)] = [
    ("empty", Data(), "too short for a safetensors header"),
    ("2^60", safetensors("{}", claimed: 1 << 60), "claims 1152921504606846976 bytes"),
    ("2^64-1", safetensors("{}", claimed: .max), "claims 18446744073709551615 bytes"),
    ("no JSON", safetensors("not json"), "no JSON object"),
    ("an array", safetensors("[]"), "no JSON object"),
    (
      "truncated",
      safetensors(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, data: 8),
      "lies outside the file"
    ),
    (
      "negative offsets",
      safetensors(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}"#, data: 8),
      "lies outside the file"
    ),
    (
      "reversed offsets",
      safetensors(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}"#, data: 8),
      "lies outside the file"
    ),
    (
      "a shape too large",
      safetensors(
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,8]}}"#, data: 8),
      "impossible shape"
    ),
    (
      "a shape that does not fit",
      safetensors(#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, data: 8),
      "does not fit its bytes"
    ),
    (
      "overlap",
      safetensors(
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        data: 8), "overlap"
    ),
    (
      "an unknown type",
      safetensors(#"{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}"#, data: 4),
      "element type F4"
    ),
    (
      "missing fields", safetensors(#"{"a":{"dtype":"F32"}}"#), "lacks dtype, shape or data_offsets"
    ),
    (
      "a string shape", safetensors(#"{"a":{"dtype":"F32","shape":"x","data_offsets":[0,4]}}"#),
      "lacks dtype"
    ),
  ]

  @Test("A broken safetensors file", arguments: broken.indices)
  func safetensors(index: Int) throws {
    let broken = Self.broken[index]
    try Fixtures.scratch { folder in
      let file = folder.appendingPathComponent("model.safetensors")
      try broken.file.write(to: file)
      let error = Self.error { _ = try SafetensorsFile(contentsOf: file) }
      #expect(error?.contains(broken.message) == true, "\(broken.name): \(error ?? "it loaded")")
      #expect(error?.contains(file.path) == true)
    }
  }

  @Test("Half and brain floats are read as the numbers they are")
  func halfPrecision() throws {
    try Fixtures.scratch { folder in
      let file = folder.appendingPathComponent("halves.safetensors")
      let halves: [UInt16] = [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x8000]
      let brains: [UInt16] = [0x3F80, 0xC000]
      let header =
        #"{"f":{"dtype":"F16","shape":[5],"data_offsets":[0,10]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[10,14]}}"#
      let data = (halves + brains).withUnsafeBytes { Data($0) }
      try (Self.safetensors(header) + data).write(to: file)
      let tensors = try SafetensorsFile(contentsOf: file)
      #expect(try tensors.floats("f", shape: [5]) == [1, -2, 0x1p-24, 65504, 0])
      #expect(try tensors.floats("b", shape: [2]) == [1, -2])
    }
  }

  /// A copy of the base model's folder by links, with some files replaced.
  static func model(in folder: URL, replacing files: [String: Data?]) throws {
    for name in ["config.json", "tokenizer.json", "model.safetensors", "sentence_bert_config.json"]
    {
      let place = folder.appendingPathComponent(name)
      if let replacement = files[name] {
        try replacement?.write(to: place)
      } else {
        try FileManager.default.createSymbolicLink(
          at: place, withDestinationURL: Fixtures.model.appendingPathComponent(name))
      }
    }
  }

  @Test(
    "A folder with a wrong part",
    arguments: [
      ("config.json", nil, "config.json: cannot be read"),
      ("config.json", "{", "no JSON object"),
      ("config.json", #"{"model_type":"gpt2"}"#, "model_type 'gpt2' is not supported"),
      ("config.json", #"{"model_type":"bert","hidden_act":"relu"}"#, "hidden_act 'relu'"),
      ("config.json", #"{"hidden_size":384}"#, "num_hidden_layers is missing or out of range"),
      ("config.json", #"{"hidden_size":1e300}"#, "hidden_size is missing or out of range"),
      ("config.json", Self.configuration(epsilon: "0"), "layer_norm_eps is no number above 0"),
      ("config.json", Self.configuration(epsilon: "-1e-12"), "layer_norm_eps is no number above 0"),
      ("config.json", Self.configuration(epsilon: "1"), "layer_norm_eps is no number above 0"),
      ("config.json", Self.configuration(epsilon: "null"), "layer_norm_eps is no number above 0"),
      ("tokenizer.json", nil, "tokenizer.json: cannot be read"),
      ("tokenizer.json", "{}", "it has no normalizer"),
      (
        "tokenizer.json",
        #"{"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"BertPreTokenizer"},"model":{"type":"WordPiece"}}"#,
        "it has no vocabulary"
      ),
      (
        "tokenizer.json",
        #"{"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"BertPreTokenizer"},"model":{"type":"WordPiece","vocab":{}}}"#,
        "it has no vocabulary"
      ),
      (
        "tokenizer.json",
        #"{"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"Digits"}}"#,
        "the pre_tokenizer Digits is not supported"
      ),
      ("model.safetensors", nil, "model.safetensors: cannot be read"),
      ("model.safetensors", "short", "too short"),
      ("sentence_bert_config.json", "{}", "max_seq_length is missing"),
    ] as [(String, String?, String)])
  func folder(file: String, content: String?, message: String) throws {
    try Fixtures.scratch { folder in
      try Self.model(in: folder, replacing: [file: content.map { Data($0.utf8) }])
      let error = Self.error { _ = try SentenceEncoder(folder: folder) }
      #expect(error?.contains(message) == true, "\(error ?? "it loaded")")
    }
  }

  @Test("A truncated copy of the real weights")
  func truncatedWeights() throws {
    try Fixtures.scratch { folder in
      let real = try Data(
        contentsOf: Fixtures.model.appendingPathComponent("model.safetensors"),
        options: .alwaysMapped)
      try Self.model(in: folder, replacing: ["model.safetensors": real.prefix(1 << 20)])
      let error = Self.error { _ = try SentenceEncoder(folder: folder) }
      #expect(error?.contains("lies outside the file, which is truncated") == true)
    }
  }

  static func configuration(epsilon: String) -> String {
    #"""
    {"hidden_size":384,"num_hidden_layers":6,"num_attention_heads":12,"intermediate_size":1536,
    "vocab_size":30522,"max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":\#(epsilon)}
    """#
  }

  @Test("Weights that are no numbers are an error that names their file, not an embedding")
  func notFinite() throws {
    try Fixtures.scratch { folder in
      var file = try Data(contentsOf: Fixtures.model.appendingPathComponent("model.safetensors"))
      let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
      let header = try JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any]
      let tensor = header?["embeddings.LayerNorm.weight"] as? [String: Any]
      let start = try #require((tensor?["data_offsets"] as? [Int])?.first)
      file.replaceSubrange(8 + length + start..<8 + length + start + 4, with: [0, 0, 0xC0, 0x7F])
      try Self.model(in: folder, replacing: ["model.safetensors": file])
      let encoder = try SentenceEncoder(folder: folder)
      let error = Self.error { _ = try encoder.embed(["some text"], threads: 1) }
      let path = folder.appendingPathComponent("model.safetensors").path
      #expect(error?.hasPrefix("\(path): its numbers give embeddings that are not finite") == true)
    }
  }

  @Test("A folder that is no model")
  func noModel() throws {
    try Fixtures.scratch { folder in
      let error = Self.error { _ = try SentenceEncoder(folder: folder) }
      #expect(error?.contains("config.json: cannot be read") == true)
    }
  }
}
