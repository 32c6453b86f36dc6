import Crypto
import Engine
import Foundation
import Suites
import Tuning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Heads on disk, each in a folder named by its content: `.hone/checkpoints/<id>/`.
struct CheckpointStore: Sendable {
  let folder: URL
  let base: ModelIdentity

  /// Keeps a head; the same head on the same base has the same id, and is written once.
  ///
  /// The folder is made aside and renamed: a checkpoint is there whole, or not at all. One that was
  /// damaged since is replaced.
  func keep(_ head: SoftmaxHead, rung: Rung?) throws -> Checkpoint {
    do {
      let weights = try head.fileContent()
      let checkpoint = Checkpoint(id: id(of: weights), rung: rung)
      let facts = Facts(checkpoint: checkpoint, base: base, labels: head.labels)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let files = [
        Self.weights: weights,
        "checkpoint.json": try encoder.encode(facts) + [UInt8(ascii: "\n")],
      ]
      if !holds(files, at: checkpoint.id) { try put(files, at: checkpoint.id) }
      return checkpoint
    } catch PlainFile.Failure.failed(let reason) {
      throw RunError.cannotWrite(path: folder.path, reason: reason)
    } catch {
      throw RunError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
  }

  /// Reads a head back.
  ///
  /// - Throws: `EmbeddedModelError` where it is missing, changed, or belongs to another base.
  func head(of checkpoint: Checkpoint) throws -> SoftmaxHead {
    let place = folder.appendingPathComponent(checkpoint.id)
    let file = place.appendingPathComponent(Self.weights)
    guard let bytes = try? Data(contentsOf: file) else {
      throw EmbeddedModelError.checkpointMissing(id: checkpoint.id, path: place.path)
    }
    guard id(of: bytes) == checkpoint.id else {
      throw EmbeddedModelError.checkpointChanged(id: checkpoint.id, path: file.path)
    }
    return try SoftmaxHead(contentsOf: file)
  }

  private static let weights = "head.safetensors"

  private func id(of weights: Data) -> String {
    var hash = SHA256()
    hash.update(data: Data(base.hash.utf8))
    hash.update(data: weights)
    return hash.finalize().hexadecimal(digits: 16)
  }

  private struct Facts: Encodable {
    var checkpoint: Checkpoint
    var base: ModelIdentity
    var labels: [String]
  }
}

// MARK: - Folders

extension CheckpointStore {
  private static let asidePrefix = "aside-"

  private func holds(_ files: [String: Data], at id: String) -> Bool {
    files.allSatisfy { name, content in
      (try? Data(contentsOf: folder.appendingPathComponent("\(id)/\(name)"))) == content
    }
  }

  /// Writes the files aside, down to the disk, and moves them to `id` in one step.
  private func put(_ files: [String: Data], at id: String) throws {
    removeAbandoned()
    let manager = FileManager.default
    let own = "\(Self.asidePrefix)\(ProcessInfo.processInfo.processIdentifier)"
    let aside = folder.appendingPathComponent(own)
    try? manager.removeItem(at: aside)
    try manager.createDirectory(at: aside, withIntermediateDirectories: true)
    for (name, content) in files {
      try PlainFile.create(aside.appendingPathComponent(name).path, with: Array(content))
    }
    PlainFile.synchronize(folder: aside.path)
    let place = folder.appendingPathComponent(id)
    // A folder does not replace one that is filled, so a damaged one is moved out of the way.
    let damaged = folder.appendingPathComponent("\(own)-damaged")
    try? manager.removeItem(at: damaged)
    if manager.fileExists(atPath: place.path) { try manager.moveItem(at: place, to: damaged) }
    try manager.moveItem(at: aside, to: place)
    PlainFile.synchronize(folder: folder.path)
    try? manager.removeItem(at: damaged)
  }

  /// Removes what processes left aside that are no more.
  private func removeAbandoned() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(Self.asidePrefix) {
      let digits = name.dropFirst(Self.asidePrefix.count).prefix { $0.isNumber }
      guard let process = Int32(digits), kill(process, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }
}
