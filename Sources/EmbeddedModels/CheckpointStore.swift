import Crypto
import Engine
import Foundation
import Tuning

/// Heads on disk, each in a folder named by its content: `.hone/checkpoints/<id>/`.
struct CheckpointStore: Sendable {
  let folder: URL
  let base: ModelIdentity

  /// Keeps a head; the same head on the same base has the same id, and is written once.
  ///
  /// The folder is made aside and renamed: a checkpoint is there whole, or not at all.
  func keep(_ head: SoftmaxHead, rung: Rung?) throws -> Checkpoint {
    let aside = folder.appendingPathComponent("aside-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try? FileManager.default.removeItem(at: aside)
      try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
      let file = aside.appendingPathComponent("head.safetensors")
      try head.write(to: file)
      var hash = SHA256()
      hash.update(data: Data(base.hash.utf8))
      hash.update(data: try Data(contentsOf: file))
      let id = hash.finalize().hexadecimal(digits: 16)
      let checkpoint = Checkpoint(id: id, rung: rung)
      let facts = Facts(checkpoint: checkpoint, base: base, labels: head.labels)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try (encoder.encode(facts) + [UInt8(ascii: "\n")])
        .write(to: aside.appendingPathComponent("checkpoint.json"))
      let place = folder.appendingPathComponent(id)
      if FileManager.default.fileExists(atPath: place.path) {
        try FileManager.default.removeItem(at: aside)
      } else {
        try FileManager.default.moveItem(at: aside, to: place)
      }
      return checkpoint
    } catch {
      throw RunError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
  }

  /// Reads a head back.
  ///
  /// - Throws: `EmbeddedModelError` where it is missing, changed, or belongs to another base.
  func head(of checkpoint: Checkpoint) throws -> SoftmaxHead {
    let place = folder.appendingPathComponent(checkpoint.id)
    let file = place.appendingPathComponent("head.safetensors")
    guard let bytes = try? Data(contentsOf: file) else {
      throw EmbeddedModelError.checkpointMissing(id: checkpoint.id, path: place.path)
    }
    var hash = SHA256()
    hash.update(data: Data(base.hash.utf8))
    hash.update(data: bytes)
    guard hash.finalize().hexadecimal(digits: 16) == checkpoint.id else {
      throw EmbeddedModelError.checkpointChanged(id: checkpoint.id, path: file.path)
    }
    return try SoftmaxHead(contentsOf: file)
  }

  private struct Facts: Encodable {
    var checkpoint: Checkpoint
    var base: ModelIdentity
    var labels: [String]
  }
}
