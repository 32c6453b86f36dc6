import Crypto
import Engine
import Foundation
import Suites
import Tuning

/// Checkpoints on disk, each in a folder named by its content: `.hone/checkpoints/<id>/`.
///
/// ```
/// checkpoint.json      what it is
/// head.safetensors     the softmax head
/// adapter_*            of rung lora, and of heads on such an encoder: adapters in PEFT's format
/// config.json, model.safetensors, tokenizer.json, …   of rung full: a Hugging Face folder
/// README.md            the model card, where the encoder was tuned
/// ```
struct CheckpointStore: Sendable {
  let folder: URL
  let base: ModelIdentity

  /// Keeps a head, with the encoder under it where that was tuned; the same content has the same
  /// id, and is written once.
  ///
  /// The folder is made aside and renamed: a checkpoint is there whole, or not at all. One that was
  /// damaged since is replaced.
  func keep(_ head: SoftmaxHead, on encoder: TunedEncoder? = nil, rung: Rung?) throws -> Checkpoint
  {
    do {
      let weights = try head.fileContent()
      let checkpoint = Checkpoint(id: id(of: weights, on: encoder), rung: rung)
      let facts = Facts(
        checkpoint: checkpoint, base: base, labels: head.labels, encoder: encoder?.identity)
      let json = JSONEncoder()
      json.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      var files = encoder?.files ?? [:]
      files[Self.weights] = weights
      files[Self.facts] = try json.encode(facts) + [UInt8(ascii: "\n")]
      if let encoder {
        files[Self.card] = Data(
          ModelCard(checkpoint: checkpoint, base: base, encoder: encoder, labels: head.labels)
            .description.utf8)
      }
      if !holds(files, at: checkpoint.id) { try put(files, at: checkpoint.id) }
      return checkpoint
    } catch PlainFile.Failure.failed(let reason) {
      throw RunError.cannotWrite(path: folder.path, reason: reason)
    } catch {
      throw RunError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
  }

  /// A checkpoint read back: its head, and the encoder under it where that was tuned.
  ///
  /// - Throws: `EmbeddedModelError` where it is missing, changed, or belongs to another base.
  func contents(of checkpoint: Checkpoint) throws -> (head: SoftmaxHead, encoder: TunedEncoder?) {
    let place = folder.appendingPathComponent(checkpoint.id)
    guard let (_, head, encoder) = try contents(at: place, expecting: checkpoint.id) else {
      throw EmbeddedModelError.checkpointMissing(id: checkpoint.id, path: place.path)
    }
    return (head, encoder)
  }

  /// What a folder holds, whatever it is called; nil where there is no head.
  ///
  /// - Parameter expected: The id that the content must have; nil takes any.
  /// - Returns: The id that its content has, the head, and the encoder where that was tuned.
  func contents(
    at place: URL, expecting expected: String? = nil
  ) throws -> (id: String, head: SoftmaxHead, encoder: TunedEncoder?)? {
    let file = place.appendingPathComponent(Self.weights)
    guard let bytes = try? Data(contentsOf: file) else { return nil }
    let encoder = TunedEncoder(folder: place, base: base)
    let id = id(of: bytes, on: encoder)
    if let expected, id != expected {
      throw EmbeddedModelError.checkpointChanged(id: expected, path: file.path)
    }
    return (id, try SoftmaxHead(contentsOf: file), encoder)
  }

  /// A checkpoint of this base that is here and whole; nil for any other.
  func checkpoint(named id: String) -> Checkpoint? {
    guard !id.contains("/"), !id.isEmpty else { return nil }
    let place = folder.appendingPathComponent(id)
    guard
      let json = try? Data(contentsOf: place.appendingPathComponent(Self.facts)),
      let facts = try? JSONDecoder().decode(Facts.self, from: json),
      facts.base == base, facts.checkpoint.id == id, contentID(at: place) == id
    else { return nil }
    return facts.checkpoint
  }

  /// The id that the files of a folder have by their content; nil where there is no head.
  func contentID(at place: URL) -> String? {
    let head = try? Data(contentsOf: place.appendingPathComponent(Self.weights))
    return head.map { id(of: $0, on: TunedEncoder(folder: place, base: base)) }
  }

  /// The rung that made a checkpoint, as its folder says; nil for the base.
  func rung(of id: String) -> Rung? {
    struct Facts: Decodable {
      var checkpoint: Checkpoint
    }
    let file = folder.appendingPathComponent("\(id)/checkpoint.json")
    let facts = (try? Data(contentsOf: file)).flatMap {
      try? JSONDecoder().decode(Facts.self, from: $0)
    }
    return facts?.checkpoint.rung
  }

  /// Writes the certificate into the model card, where there is one.
  func attach(_ certificate: Certificate, to checkpoint: Checkpoint) throws {
    let (head, encoder) = try contents(of: checkpoint)
    guard let encoder else { return }
    let card = ModelCard(
      checkpoint: checkpoint, base: base, encoder: encoder, labels: head.labels,
      certificate: certificate)
    let file = folder.appendingPathComponent("\(checkpoint.id)/\(Self.card)")
    do {
      try Data(card.description.utf8).write(to: file, options: .atomic)
    } catch {
      throw RunError.cannotWrite(path: file.path, reason: error.localizedDescription)
    }
  }

  static let weights = "head.safetensors"
  private static let facts = "checkpoint.json"
  private static let card = "README.md"

  private func id(of weights: Data, on encoder: TunedEncoder?) -> String {
    var hash = SHA256()
    hash.update(data: Data((encoder?.identity ?? base.hash).utf8))
    hash.update(data: weights)
    return hash.finalize().hexadecimal(digits: 16)
  }

  private struct Facts: Codable {
    var checkpoint: Checkpoint
    var base: ModelIdentity
    var labels: [String]
    var encoder: String?
  }
}

// MARK: - Folders

extension CheckpointStore {
  private static let asidePrefix = "aside-"

  private func holds(_ files: [String: Data], at id: String) -> Bool {
    // The card may carry a certificate by now.
    files.allSatisfy { name, content in
      name == Self.card
        || (try? Data(contentsOf: folder.appendingPathComponent("\(id)/\(name)"))) == content
    }
  }

  /// Writes the files aside, down to the disk, and moves them to `id` in one step.
  private func put(_ files: [String: Data], at id: String) throws {
    let manager = FileManager.default
    let aside = try AsideFolder.place(in: folder, prefix: Self.asidePrefix)
    try manager.createDirectory(at: aside, withIntermediateDirectories: true)
    for (name, content) in files {
      let file = aside.appendingPathComponent(name)
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try PlainFile.create(file.path, with: Array(content))
    }
    PlainFile.synchronize(folder: aside.path)
    let place = folder.appendingPathComponent(id)
    // A folder does not replace one that is filled, so a damaged one is moved out of the way.
    let damaged = folder.appendingPathComponent("\(aside.lastPathComponent)-damaged")
    if manager.fileExists(atPath: place.path) { try manager.moveItem(at: place, to: damaged) }
    try manager.moveItem(at: aside, to: place)
    PlainFile.synchronize(folder: folder.path)
    try? manager.removeItem(at: damaged)
  }
}
