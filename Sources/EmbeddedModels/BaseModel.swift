public import Foundation
import Suites

/// Finds the folder of a base model: a known name in the user's cache, or a path.
public enum BaseModel {
  /// - Throws: `EmbeddedModelError` where there is no such folder.
  public static func folder(
    of base: String, suite: URL, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> URL {
    if base == "minilm" {
      let folder = cache(environment).appendingPathComponent(base)
      guard exists(folder) else {
        throw EmbeddedModelError.baseMissing(name: base, path: folder.path)
      }
      return folder
    }
    let folder = URL(
      fileURLWithPath: NSString(string: base).expandingTildeInPath, relativeTo: suite
    ).standardizedFileURL
    guard exists(folder) else { throw EmbeddedModelError.unknownBase(name: base) }
    return folder
  }

  /// `$HONE_MODELS`, else `hone/models` in the user's cache folder.
  private static func cache(_ environment: [String: String]) -> URL {
    if let models = environment["HONE_MODELS"], !models.isEmpty {
      return URL(fileURLWithPath: models)
    }
    let caches =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.cache"
    return URL(fileURLWithPath: caches).appendingPathComponent("hone/models")
  }

  private static func exists(_ folder: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
