import Crypto
import Engine
import Foundation
import Tuning

/// An encoder that tuning has changed, as the files of a checkpoint.
struct TunedEncoder: Sendable {
  enum Kind: Sendable, Hashable {
    /// Adapters for the base, in PEFT's format.
    case adapters
    /// A Hugging Face folder of its own.
    case whole
  }

  let kind: Kind
  /// By path inside the checkpoint's folder.
  let files: [String: Data]
  /// `sha256:` and the hash of the base and of the files that decide what it computes.
  let identity: String

  /// The files that decide what an encoder computes; the first of them tells its kind.
  private static let adapterFiles = [LowRankWeights.weightsFile, LowRankWeights.configurationFile]
  private static let wholeFiles = ["model.safetensors", "config.json", "tokenizer.json"]

  init(files: [String: Data], base: ModelIdentity) {
    kind = files[Self.adapterFiles[0]] == nil ? .whole : .adapters
    self.files = files
    var hash = SHA256()
    hash.update(data: Data(base.hash.utf8))
    for name in kind == .adapters ? Self.adapterFiles : Self.wholeFiles {
      hash.update(data: Data(SHA256.hash(data: files[name] ?? Data())))
    }
    identity = "sha256:" + hash.finalize().hexadecimal(digits: 64)
  }

  /// Reads the encoder of a checkpoint's folder; nil where there is only a head.
  init?(folder: URL, base: ModelIdentity) {
    func files(_ names: [String]) -> [String: Data]? {
      var files: [String: Data] = [:]
      for name in names {
        files[name] = try? Data(
          contentsOf: folder.appendingPathComponent(name), options: .alwaysMapped)
      }
      return files[names[0]] == nil ? nil : files
    }
    let companions = (try? ModelFolder(folder).companions) ?? []
    guard let found = files(Self.adapterFiles) ?? files(Self.wholeFiles + companions) else {
      return nil
    }
    self.init(files: found, base: base)
  }

  /// The encoder, ready to embed.
  ///
  /// - Parameter folder: Where the files are on disk.
  /// - Throws: `EngineError`.
  func load(from folder: URL, base: SentenceEncoder) throws -> SentenceEncoder {
    switch kind {
    case .adapters:
      base.adapted(by: try LowRankWeights(folder: folder, for: base), identity: identity)
    case .whole:
      try SentenceEncoder(folder: folder).identified(as: identity)
    }
  }
}
