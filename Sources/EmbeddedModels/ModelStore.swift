import Engine
public import Foundation
import Suites

/// The encoders that suites can name: one folder each below `$HONE_MODELS`, else below
/// `hone/models` in the user's cache.
public struct ModelStore: Sendable {
  public let folder: URL

  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    if let models = environment["HONE_MODELS"], !models.isEmpty {
      folder = URL(fileURLWithPath: models, isDirectory: true).standardizedFileURL
      return
    }
    let caches =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.cache"
    folder = URL(fileURLWithPath: caches, isDirectory: true)
      .appendingPathComponent("hone/models", isDirectory: true)
  }

  /// What is there, sorted.
  public var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { Self.isName($0) && isFolder(place(of: $0)) }.sorted()
  }

  /// The folder of a model that is there; nil where none has the name.
  public func folder(of name: String) -> URL? {
    guard Self.isName(name), isFolder(place(of: name)) else { return nil }
    return place(of: name)
  }

  /// Whether a name can be used: letters and digits of ASCII, `.`, `_` and `-`, none of these
  /// first, at most 64.
  static func isName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    func isPlain(_ byte: UInt8) -> Bool {
      byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || isDigit(byte))
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    return (1...64).contains(bytes.count) && isPlain(bytes[0])
      && bytes.allSatisfy { isPlain($0) || ".-_".utf8.contains($0) }
  }

  private func place(of name: String) -> URL {
    folder.appendingPathComponent(name, isDirectory: true)
  }

  private func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}

// MARK: - Looking, adding, removing

extension ModelStore {
  /// Each model that is there, loaded to see what it is; one that is broken says so.
  public func models() -> [StoredModel] {
    names.map { StoredModel(name: $0, folder: place(of: $0)) }
  }

  /// Copies a model in: only the files that are needed, and its license and readme.
  ///
  /// It is loaded first, and embeds a text. The copy is made aside and renamed, so a model is there
  /// whole or not at all.
  ///
  /// - Parameter name: Nil takes the folder's own.
  /// - Returns: The model, and whether it was there before with the same content.
  /// - Throws: `EngineError` for a model that cannot be used, `ModelStoreError`.
  public func add(_ source: URL, as name: String?) throws -> (model: StoredModel, isNew: Bool) {
    let source = source.standardizedFileURL
    let name = name ?? source.lastPathComponent
    guard Self.isName(name) else { throw ModelStoreError.unusableName(name) }
    guard isFolder(source) else { throw ModelStoreError.noFolder(path: source.path) }
    let encoder = try SentenceEncoder(folder: source)
    _ = try encoder.embed(["a text"], threads: 1)
    let place = place(of: name)
    if isFolder(place) || FileManager.default.fileExists(atPath: place.path) {
      let model = StoredModel(name: name, folder: place)
      guard model.facts?.identity == encoder.identity else {
        throw ModelStoreError.nameTaken(name, path: place.path)
      }
      return (model, false)
    }
    let copy: SentenceEncoder
    do {
      copy = try self.copy(Self.files(of: source), from: source, to: place)
    } catch {
      throw ModelStoreError.cannotChange(path: folder.path, reason: Self.reason(error))
    }
    return (StoredModel(name: name, folder: place, encoder: .success(copy)), true)
  }

  /// Removes a model.
  ///
  /// - Returns: What it was.
  /// - Throws: `ModelStoreError` where there is none of this name.
  public func remove(_ name: String) throws -> StoredModel {
    guard let place = folder(of: name) else {
      throw ModelStoreError.unknown(name, known: names, path: folder.path)
    }
    let model = StoredModel(name: name, folder: place)
    do {
      // Renamed first: a model that is half removed is none.
      let aside = try AsideFolder.place(in: folder, prefix: Self.asidePrefix)
      try FileManager.default.moveItem(at: place, to: aside)
      PlainFile.synchronize(folder: folder.path)
      try FileManager.default.removeItem(at: aside)
    } catch {
      throw ModelStoreError.cannotChange(path: folder.path, reason: Self.reason(error))
    }
    return model
  }

  // MARK: - Files

  private static let papers = ["README", "LICENSE", "LICENCE", "NOTICE"]

  /// The files to copy, by their paths within a folder.
  private static func files(of source: URL) throws -> [String] {
    let all = try FileManager.default.contentsOfDirectory(atPath: source.path).sorted()
    return try ModelFolder(source).files
      + all.filter { name in
        let url = source.appendingPathComponent(name).resolvingSymlinksInPath()
        let isRegular = try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
        return papers.contains { name.uppercased().hasPrefix($0) } && isRegular == true
      }
  }

  /// - Returns: The model as its copy has it.
  private func copy(
    _ files: [String], from source: URL, to place: URL
  ) throws -> SentenceEncoder {
    let manager = FileManager.default
    let aside = try AsideFolder.place(in: folder, prefix: Self.asidePrefix)
    do {
      for file in files {
        let target = aside.appendingPathComponent(file)
        try manager.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        // What a download cache holds are links to the files.
        try manager.copyItem(
          at: source.appendingPathComponent(file).resolvingSymlinksInPath(), to: target)
      }
      let encoder = try SentenceEncoder(folder: aside)
      try manager.moveItem(at: aside, to: place)
      PlainFile.synchronize(folder: folder.path)
      return encoder
    } catch {
      try? manager.removeItem(at: aside)
      throw error
    }
  }

  private static let asidePrefix = ".aside-"

  private static func reason(_ error: any Error) -> String {
    if error is EngineError { return "the copy is not what was copied: \(error)" }
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return (cause ?? error as NSError).localizedDescription
  }
}
