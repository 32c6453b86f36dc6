import Engine
public import Foundation
public import Suites
public import Tuning

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A checkpoint on disk, found by its id or its path, before anything of it is loaded.
public struct CheckpointFolder: Sendable {
  public let url: URL
  private let base: URL
  private let workspace: SuiteWorkspace
  /// The id that the content must have; nil takes any.
  private let expected: String?

  /// Finds a checkpoint.
  ///
  /// - Parameter name: An id below `.hone/checkpoints`, or the path of a folder.
  /// - Throws: `EmbeddedModelError` where there is no such checkpoint, or no base for it.
  public init(_ name: String, suite: Suite) throws {
    workspace = SuiteWorkspace(folder: suite.folder)
    base = try BaseModel.folder(of: suite.model.base, suite: suite.folder)
    let own = workspace.checkpoints.appendingPathComponent(name)
    let isID = !name.isEmpty && !name.contains("/") && !name.hasPrefix(".")
    if isID, Self.hasHead(own) {
      (url, expected) = (own, name)
      return
    }
    let folder = URL(fileURLWithPath: name, isDirectory: true).standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
    guard Self.hasHead(folder) else {
      throw isID && !(exists && isFolder.boolValue)
        ? EmbeddedModelError.checkpointMissing(id: name, path: own.path)
        : EmbeddedModelError.noCheckpoint(path: folder.path)
    }
    (url, expected) = (folder, nil)
  }

  /// Changes with the files of checkpoint and base (names, sizes, times), and with the engine.
  ///
  /// Enough to tell that nothing changed without reading what may be gigabytes, as `make` and git
  /// do; what it names are replies that can be had again.
  public var stamp: String {
    ([EmbeddedClassifier.engine] + Self.files(in: base) + Self.files(in: url))
      .joined(separator: "\n")
  }

  /// Loads the model; its content is checked against its id.
  ///
  /// - Parameter isCaching: Whether the features of texts are kept under `.hone/cache`.
  /// - Throws: `EmbeddedModelError` or `EngineError`.
  public func load(
    threads: Int, isCaching: Bool = true, onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) throws -> (tested: TestedModel, model: EmbeddedClassifier) {
    let encoder = try SentenceEncoder(folder: base)
    let store = CheckpointStore(
      folder: workspace.checkpoints, base: ModelIdentity(encoder.identity))
    guard let (id, head, tuned) = try store.contents(at: url, expecting: expected) else {
      throw EmbeddedModelError.noCheckpoint(path: url.path)
    }
    let embedder = try TextEmbedder(
      encoder: tuned?.load(from: url, base: encoder) ?? encoder,
      cachedIn: isCaching ? workspace.caches : nil, threads: threads, onProgress: onProgress)
    return (
      TestedModel(base: encoder.identity, checkpoint: id, engine: EmbeddedClassifier.engine),
      EmbeddedClassifier(
        identity: ModelIdentity("checkpoint:\(id)"), head: head, embedder: embedder)
    )
  }

  /// The id that a checkpoint of the suite has by the content of its files; nil where there is none.
  ///
  /// - Parameter base: The base that it was tuned from.
  public static func contentID(
    of checkpoint: String, tunedFrom base: ModelIdentity, suite: Suite
  ) -> String? {
    let store = CheckpointStore(
      folder: SuiteWorkspace(folder: suite.folder).checkpoints, base: base)
    return store.contentID(at: store.folder.appendingPathComponent(checkpoint))
  }

  /// Whether a checkpoint of this content is in the suite's own store, on this base.
  public static func isOwn(_ model: TestedModel, of suite: Suite) -> Bool {
    contentID(of: model.checkpoint, tunedFrom: ModelIdentity(model.base), suite: suite)
      == model.checkpoint
  }

  /// Writes a certificate into the model card of the suite's own copy, where there is one.
  public static func attach(_ certificate: Certificate, of suite: Suite) throws {
    let store = CheckpointStore(
      folder: SuiteWorkspace(folder: suite.folder).checkpoints, base: certificate.model.base)
    let id = certificate.model.checkpoint
    guard store.contentID(at: store.folder.appendingPathComponent(id)) == id else { return }
    try store.attach(certificate, to: Checkpoint(id: id, rung: store.rung(of: id)))
  }

  private static func hasHead(_ folder: URL) -> Bool {
    FileManager.default.fileExists(
      atPath: folder.appendingPathComponent(CheckpointStore.weights).path)
  }

  /// A line for each file, sorted: path, size, when it last changed, and its number on the disk.
  private static func files(in folder: URL) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return [folder.path]
      + paths.sorted().map { path in
        var status = stat()
        guard stat(folder.appendingPathComponent(path).path, &status) == 0 else { return path }
        #if canImport(Darwin)
          let time = status.st_mtimespec
        #else
          let time = status.st_mtim
        #endif
        return "\(path) \(status.st_size) \(time.tv_sec).\(time.tv_nsec) \(status.st_ino)"
      }
  }
}
