import Crypto
package import Foundation

/// Which texts of a suite are alike, kept on disk: of reading a large suite, finding that out is the
/// largest part.
///
/// A file that was cut, is of other texts or of another version counts as not there. One that cannot
/// be written costs time, not truth.
///
/// ```
/// hone-links-1\n   32 bytes   n: 4 bytes   n × 8 bytes           32 bytes
///                  texts                   places of two texts   SHA-256 of all before
/// ```
package struct LinkCache: Sendable {
  private let folder: URL
  private let file: URL

  /// Below so many texts finding out takes less time than a file is worth.
  package static let fewestTexts = 1_000
  private static let magic = Array("hone-links-1\n".utf8)

  /// - Parameter folder: Where caches are kept. It is made where the folder that it is to be in is
  ///   there: who only looks at a suite leaves nothing in it.
  package init(folder: URL) {
    self.folder = folder
    file = folder.appendingPathComponent("links")
  }

  /// The links of `texts`: those that are kept, or those that `find` finds, which are kept then.
  package func links(of texts: [String], find: () -> [Link]) -> [Link] {
    guard texts.count >= Self.fewestTexts else { return find() }
    let key = Self.key(of: texts)
    if let kept = read(key, count: texts.count) { return kept }
    let found = find()
    write(found, key)
    return found
  }

  /// Hashes the texts and the version of what makes them alike.
  private static func key(of texts: [String]) -> [UInt8] {
    var bytes = Array(Shingles.version.utf8)
    bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count + 4 })
    for text in texts {
      append(text.utf8.count, to: &bytes)
      bytes += text.utf8
    }
    return Array(SHA256.hash(data: bytes))
  }

  // MARK: - The file

  private func read(_ key: [UInt8], count: Int) -> [Link]? {
    let limit = Self.magic.count + 68 + 8 * count
    guard let bytes = try? PlainFile.read(file.path, limit: limit),
      bytes.starts(with: Self.magic + key), bytes.count >= Self.magic.count + 68
    else { return nil }
    let start = Self.magic.count + key.count
    let links = Self.number(in: bytes, at: start)
    guard bytes.count == start + 4 + 8 * links + 32,
      SHA256.hash(data: bytes.dropLast(32)).elementsEqual(bytes.suffix(32))
    else { return nil }
    var result: [Link] = []
    result.reserveCapacity(links)
    for place in stride(from: start + 4, to: bytes.count - 32, by: 8) {
      let link = Link(
        first: Self.number(in: bytes, at: place), second: Self.number(in: bytes, at: place + 4))
      guard link.first < count, link.second < count else { return nil }
      result.append(link)
    }
    return result
  }

  private func write(_ links: [Link], _ key: [UInt8]) {
    var bytes = Self.magic + key
    Self.append(links.count, to: &bytes)
    for link in links {
      Self.append(link.first, to: &bytes)
      Self.append(link.second, to: &bytes)
    }
    bytes += SHA256.hash(data: bytes)
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try? PlainFile.replace(file.path, with: bytes)
  }

  /// Four bytes, the least first.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  private static func number(in bytes: [UInt8], at place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
