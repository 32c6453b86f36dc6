import Crypto
import Engine
import Foundation
import Synchronization
import Tuning

/// Features kept on disk, so that a text is computed once per model and processor kernel.
///
/// One append-only file: a header, then records of text hash, values and checksum. The stored
/// embedding is the truth: what a text's bits are does not depend on what else was asked for. A
/// record torn by a crash, or damaged, is cut off with all that follows, and computed again.
///
/// ```
/// "HONEEMB1" | dimension: UInt32 | (SHA-256 of the text: 32 | values: dimension × Float32 | check: 8)*
/// ```
final class EmbeddingCache: Sendable {
  private let file: URL
  private let dimension: Int
  private let rows: Mutex<[Key: [Float]]>

  private typealias Key = Data
  private static let magic = Data("HONEEMB1".utf8)
  /// Encoders whose features are kept: the base's, the champion's, and those of a few candidates.
  private static let keptEncoders = 6

  /// Opens the cache of one encoder, or starts it.
  ///
  /// - Parameters:
  ///   - folder: Where caches are kept; made where it does not exist.
  /// - Throws: `RunError.cannotWrite` where the folder cannot be made.
  ///   - layers: The layers that are pooled; part of the file's name.
  init(folder: URL, encoder: SentenceEncoder, layers: [Int]) throws {
    let name = SHA256.hash(
      data: Data("\(encoder.identity)\0\(SentenceEncoder.kernelName)\0\(layers)".utf8)
    ).hexadecimal(digits: 16)
    file = folder.appendingPathComponent("embeddings-\(name).bin")
    dimension = encoder.dimension * layers.count
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw RunError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
    rows = Mutex([:])
    try load()
    Self.forgetOld(in: folder, opened: file)
  }

  /// Every candidate with an encoder of its own leaves a file, of 6 KB a text; those that were opened
  /// long ago are removed, and computed again should they be asked for.
  private static func forgetOld(in folder: URL, opened: URL) {
    let files = FileManager.default
    try? files.setAttributes([.modificationDate: Date()], ofItemAtPath: opened.path)
    let others = ((try? files.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasPrefix("embeddings-") && $0 != opened.lastPathComponent }
      .map { name -> (url: URL, date: Date) in
        let url = folder.appendingPathComponent(name)
        let date = try? files.attributesOfItem(atPath: url.path)[.modificationDate] as? Date
        return (url, date ?? .distantPast)
      }
      .sorted { ($0.date, $0.url.path) > ($1.date, $1.url.path) }
    for old in others.dropFirst(keptEncoders - 1) { try? files.removeItem(at: old.url) }
  }

  private var recordLength: Int { 32 + 4 * dimension + 8 }

  private var header: Data {
    Self.magic + withUnsafeBytes(of: UInt32(dimension).littleEndian) { Data($0) }
  }

  subscript(text: String) -> [Float]? {
    rows.withLock { $0[Self.key(text)] }
  }

  /// Keeps the rows of newly computed texts; shape [texts].
  func append(_ texts: [String], _ embeddings: EmbeddingMatrix) throws {
    var block = Data(capacity: texts.count * recordLength)
    var new: [Key: [Float]] = [:]
    for (index, text) in texts.enumerated() {
      let key = Self.key(text)
      let values = Array(embeddings[index])
      var record = key
      values.withUnsafeBytes { record.append(contentsOf: $0) }
      record.append(contentsOf: SHA256.hash(data: record).prefix(8))
      block.append(record)
      new[key] = values
    }
    do {
      let handle = try FileHandle(forWritingTo: file)
      defer { try? handle.close() }
      try handle.seekToEnd()
      try handle.write(contentsOf: block)
    } catch {
      throw RunError.cannotWrite(path: file.path, reason: error.localizedDescription)
    }
    rows.withLock { $0.merge(new) { old, _ in old } }
  }

  private static func key(_ text: String) -> Key {
    Data(SHA256.hash(data: Data(text.utf8)))
  }

  private func load() throws {
    let data = (try? Data(contentsOf: file, options: .alwaysMapped)) ?? Data()
    var valid = header.count
    var found: [Key: [Float]] = [:]
    if data.prefix(header.count) == header {
      while valid + recordLength <= data.count {
        let record = data.subdata(in: valid..<valid + recordLength)
        let body = record.prefix(recordLength - 8)
        guard Data(SHA256.hash(data: body).prefix(8)) == record.suffix(8) else { break }
        var values = [Float](repeating: 0, count: dimension)
        _ = values.withUnsafeMutableBytes { body.dropFirst(32).copyBytes(to: $0) }
        found[record.prefix(32)] = values
        valid += recordLength
      }
    } else {
      valid = 0
    }
    rows.withLock { $0 = found }
    do {
      if valid == 0 {
        try header.write(to: file, options: .atomic)
      } else if valid < data.count {
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.truncate(atOffset: UInt64(valid))
      }
    } catch {
      throw RunError.cannotWrite(path: file.path, reason: error.localizedDescription)
    }
  }
}
