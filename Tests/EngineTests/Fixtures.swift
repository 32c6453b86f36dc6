import Engine
import Foundation
import TestSupport
import Testing

/// Files of `Tests/Fixtures`, and the installed base model.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func json<T: Decodable>(_ type: T.Type, _ path: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(path)))
  }

  /// The base model's folder, where `make setup` puts it.
  static let model: URL = {
    let environment = ProcessInfo.processInfo.environment
    if let models = environment["HONE_MODELS"] {
      return URL(fileURLWithPath: models).appendingPathComponent("minilm")
    }
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
    return URL(fileURLWithPath: cache).appendingPathComponent("hone/models/minilm")
  }()

  /// Loaded once; a missing model fails every test that needs it, with EngineError's advice.
  static let encoder = Result { try SentenceEncoder(folder: model) }

  /// What the reference implementations say of a set of texts.
  struct Texts: Decodable {
    struct Row: Decodable {
      var text: String
      var ids: [Int32]
      /// Base64 of little-endian Float32.
      var embedding: String

      var values: [Float] {
        let data = Data(base64Encoded: embedding) ?? Data()
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      }
    }
    var texts: [Row]
  }

  /// What a reference tokenizer says of a set of texts.
  struct Tokens: Decodable {
    struct Row: Decodable {
      var text: String
      var ids: [Int32]
    }
    var texts: [Row]
  }

  static let texts = Result { try json(Texts.self, "engine/texts.json").texts }

  /// A scratch folder that a test fills and removes.
  static func scratch<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = try ScratchFolder()
    return try withExtendedLifetime(folder) { try body(folder.url) }
  }
}
