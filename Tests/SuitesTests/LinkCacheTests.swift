import Foundation
import Suites
import TestSupport
import Testing

@Suite("Links between texts that are kept")
struct LinkCacheTests {
  /// Different texts, every third one like the one before it.
  private static let texts = (0..<LinkCache.fewestTexts).map { number in
    number % 3 == 1 ? "about \(word(number - 1)) and others" : "about \(word(number)) and other"
  }.sorted()

  private static func found() -> [Link] { SimilarTexts(texts).links() }

  /// Reads the links, and says whether they had to be found.
  private func links(_ texts: [String] = texts, in caches: URL) -> (links: [Link], wereFound: Bool)
  {
    var wereFound = false
    let links = LinkCache(folder: caches).links(of: texts) {
      wereFound = true
      return SimilarTexts(texts).links()
    }
    return (links, wereFound)
  }

  private func caches() throws -> (ScratchFolder, folder: URL, file: URL) {
    let scratch = try ScratchFolder()
    let folder = scratch.url.appendingPathComponent("cache")
    return (scratch, folder, folder.appendingPathComponent("links"))
  }

  @Test("Are found once, and are the same")
  func once() throws {
    let (scratch, folder, _) = try caches()
    defer { withExtendedLifetime(scratch) {} }
    let first = links(in: folder)
    let second = links(in: folder)
    #expect(first.wereFound && !second.wereFound)
    #expect(first.links == Self.found() && second.links == Self.found())
    #expect(first.links.count > 300, "there is something to keep")
  }

  @Test("Are found anew where a text has changed, is gone or has come")
  func changed() throws {
    let (scratch, folder, _) = try caches()
    defer { withExtendedLifetime(scratch) {} }
    _ = links(in: folder)
    var other = Self.texts
    other[7] += "s"
    let more = Self.texts + ["~"]
    for texts in [other, more, Array(Self.texts.reversed())] {
      let result = links(texts, in: folder)
      #expect(result.wereFound && result.links == SimilarTexts(texts).links())
    }
    // What is kept is of the last suite.
    #expect(links(in: folder).wereFound)
  }

  @Test("A file that was cut or in which one bit has turned counts as not there")
  func damaged() throws {
    let (scratch, folder, file) = try caches()
    defer { withExtendedLifetime(scratch) {} }
    _ = links(in: folder)
    let whole = try Data(contentsOf: file)
    var damaged = [0, 1, 13, 44, 45, 49, 50, whole.count / 2, whole.count - 1].map {
      Data(whole.prefix($0))
    }
    damaged.append(whole + [0])
    for place in stride(from: 0, to: whole.count, by: 41) {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      damaged.append(bytes)
    }
    for bytes in damaged {
      try bytes.write(to: file)
      let result = links(in: folder)
      #expect(result.wereFound && result.links == Self.found())
      #expect(try Data(contentsOf: file) == whole, "it is put right")
    }
  }

  @Test("Anything else in its place counts as not there")
  func foreign() throws {
    let (scratch, folder, file) = try caches()
    defer { withExtendedLifetime(scratch) {} }
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
    #expect(links(in: folder).wereFound)
    #expect(links(in: folder).links == Self.found())
  }

  @Test("Nothing is left where there is no folder to keep things in, nor of a small suite")
  func nothingLeft() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.url.appendingPathComponent(".hone/cache")
    #expect(links(in: folder).links == Self.found())
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
    _ = links(Array(Self.texts.dropLast()), in: scratch.url.appendingPathComponent("cache"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
  }

  @Test("A suite reads the same with them and without")
  func suite() throws {
    let rows = Self.texts.map { "{\"input\": \"\($0)\"}\n" }
    let scratch = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": "requires: It is a.\nexpect: a\nexamples: a.jsonl\n",
      "behaviors/a.jsonl": rows.prefix(600).joined(),
      "behaviors/b.yaml": "requires: It is b.\nexpect: b\nexamples: b.jsonl\n",
      "behaviors/b.jsonl": rows.dropFirst(600).joined(),
      ".hone/.gitignore": "*\n",
    ])
    let caches = scratch.url.appendingPathComponent(".hone/cache")
    let plain = try scratch.suite()
    for _ in 0..<2 {
      #expect(try Suite.read(folder: scratch.url, caches: caches) == plain)
    }
    #expect(FileManager.default.fileExists(atPath: caches.appendingPathComponent("links").path))
    #expect(plain.clusters.count < Self.texts.count)
  }
}
