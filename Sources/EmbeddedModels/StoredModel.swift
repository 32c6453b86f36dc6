import Engine
import Foundation

/// A model of the store: what it is, or why it cannot be used.
public struct StoredModel: Sendable, Hashable, Codable {
  public var name: String
  public var path: String
  /// Of its files.
  public var bytes: Int
  /// Nil where it cannot be used.
  public var facts: Facts?
  /// Why it cannot be used; nil where it can.
  public var problem: String?

  public struct Facts: Sendable, Hashable, Codable {
    /// As in `config.json`, e.g. `roberta`.
    public var architecture: String
    public var layers: Int
    public var hiddenSize: Int
    /// Tokens of a text that are looked at.
    public var maximumLength: Int
    /// Of the encoder, without any head.
    public var parameters: Int
    public var identity: String
  }

  /// Loads the model to see what it is.
  init(name: String, folder: URL) {
    let encoder = Result { try SentenceEncoder(folder: folder) }
    self.init(name: name, folder: folder, encoder: encoder)
  }

  /// - Parameter encoder: As loaded from the folder.
  init(name: String, folder: URL, encoder: Result<SentenceEncoder, any Error>) {
    self.name = name
    path = folder.path
    bytes = Self.bytes(below: folder.resolvingSymlinksInPath())
    switch encoder {
    case .success(let encoder):
      facts = Facts(
        architecture: encoder.architecture, layers: encoder.layers, hiddenSize: encoder.dimension,
        maximumLength: encoder.maximumLength, parameters: encoder.parameters,
        identity: encoder.identity)
    case .failure(let error):
      problem = "\(error)"
    }
  }

  private static func bytes(below folder: URL) -> Int {
    let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey]
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: Array(keys))
    var bytes = 0
    while let file = files?.nextObject() as? URL {
      let values = try? file.resourceValues(forKeys: keys)
      if values?.isRegularFile == true { bytes += values?.fileSize ?? 0 }
    }
    return bytes
  }
}
