import Engine
public import Foundation
public import Suites
public import Tuning

/// Finds the folder of a base model: a name in the model store, or a path.
public enum BaseModel {
  /// The model that `make setup` installs.
  static let standard = "minilm"

  /// A name in the store comes before a folder of the suite that is called the same; `./name` is
  /// always the folder.
  ///
  /// - Throws: `EmbeddedModelError` where there is no such folder.
  public static func folder(
    of base: String, suite: URL, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> URL {
    let store = ModelStore(environment: environment)
    if let folder = store.folder(of: base) { return folder }
    let path = URL(
      fileURLWithPath: NSString(string: base).expandingTildeInPath, relativeTo: suite
    ).standardizedFileURL
    var isFolder: ObjCBool = false
    if base != standard, FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder),
      isFolder.boolValue
    {
      return path
    }
    if base == standard {
      throw EmbeddedModelError.baseMissing(
        name: base, path: store.folder.appendingPathComponent(base).path)
    }
    throw EmbeddedModelError.unknownBase(
      name: base, known: Set(store.names).union([standard]).sorted())
  }

  /// The hash of the base that a suite names, as it is on this machine.
  ///
  /// - Throws: `EmbeddedModelError` where there is none, or `EngineError`.
  public static func identity(of suite: Suite) throws -> ModelIdentity {
    let folder = try folder(of: suite.model.base, suite: suite.folder)
    return ModelIdentity(try SentenceEncoder(folder: folder).identity)
  }
}
