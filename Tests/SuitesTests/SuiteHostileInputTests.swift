import Foundation
import Suites
import TestSupport
import Testing

/// Files that somebody made to do harm, or that something made by accident.
@Suite("Hostile files end in one clear error")
struct SuiteHostileInputTests {
  static func folder(_ behavior: String = "requires: r\nexpect: a\nexamples: a.jsonl\n") throws
    -> ScratchFolder
  {
    try ScratchFolder([
      "hone.yaml": "hone: 1\n", "behaviors/a.yaml": behavior,
      "behaviors/a.jsonl": "{\"input\": \"one\"}\n",
    ])
  }

  @Test("a bomb of aliases")
  func aliasBomb() throws {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...12 {
      let item = "*a\(i - 1)"
      yaml += "a\(i): &a\(i) [\(Array(repeating: item, count: 10).joined(separator: ", "))]\n"
    }
    let folder = try Self.folder(yaml)
    #expect(
      folder.errors().hasSuffix(
        "comes to more than 2000000 values once its aliases are followed. Write them out"))
  }

  @Test(
    "a bomb in a key", arguments: ["? *a9\n: x\n", "*a9 : x\n", "{*a9: x}\n", "[*a9, *a9]: x\n"])
  func keyBomb(_ key: String) throws {
    var yaml = "hone: 1\nx:\n  - &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...9 {
      let item = "*a\(i - 1)"
      yaml += "  - &a\(i) [\(Array(repeating: item, count: 10).joined(separator: ", "))]\n"
    }
    let folder = try Self.folder(yaml + key)
    #expect(folder.errors().hasSuffix("a key must be a plain word, no alias"))
  }

  @Test("aliases in small numbers are fine")
  func aliases() throws {
    let folder = try Self.folder(
      "requires: &r more pills\nexpect: a\nexamples: [{ input: *r }, { input: 'is it *bold*: yes' }]\n"
    )
    #expect(folder.errors() == "")
  }

  @Test("deep nesting", arguments: ["[", "{a: ", "- ", "? "])
  func deepYAML(_ opening: String) throws {
    for depth in [70, 5_000, 200_000] {
      let folder = try Self.folder(String(repeating: opening, count: depth))
      #expect(folder.errors() != "", "\(opening) \(depth)")
    }
  }

  @Test("a line of 50 MB is one error")
  func longLine() throws {
    let folder = try Self.folder()
    let long =
      Data("{\"input\": \"".utf8) + Data(repeating: 0x61, count: 50_000_000) + Data("\"}\n".utf8)
    try folder.write(long, to: "behaviors/a.jsonl")
    #expect(
      folder.errors() == "behaviors/a.jsonl:1:1: a row of 50000013 bytes; a row may have 1048576")
  }

  @Test("other encodings and bytes that are no text")
  func encodings() throws {
    let folder = try Self.folder()
    func text(_ data: Data, at path: String) throws -> String {
      try folder.write(data, to: path)
      return folder.errors()
    }
    let utf16 = Data([0xFF, 0xFE]) + Data("{\"a\"".utf8.flatMap { [$0, 0] })
    #expect(
      try text(utf16, at: "behaviors/a.jsonl")
        == "behaviors/a.jsonl: is written in UTF-16. Save the file as UTF-8")
    #expect(
      try text(
        Data("{\"input\": \"".utf8) + [0xC3, 0x28] + Data("\"}".utf8), at: "behaviors/a.jsonl")
        == "behaviors/a.jsonl:1:1: not valid UTF-8 at byte 11 of the file")
    #expect(
      try text(Data("{\"input\": \"a\"}\n{\"input\": \"\0\"}\n".utf8), at: "behaviors/a.jsonl")
        == "behaviors/a.jsonl:2:1: a NUL byte at byte 26 of the file")
    try folder.write("{\"input\": \"a\"}\n", to: "behaviors/a.jsonl")
    #expect(
      try text(Data("requires: ".utf8) + [0xFF], at: "behaviors/a.yaml")
        == "behaviors/a.yaml: not valid UTF-8 at byte 10. Save the file as UTF-8")
    #expect(
      try text(Data("requires: \u{1}\n".utf8), at: "behaviors/a.yaml")
        == "behaviors/a.yaml:1:11: this is not YAML: control characters are not allowed (U+0001)")
  }

  @Test("things that are no files")
  func noFiles() throws {
    let folder = try Self.folder()
    let rows = folder.url.appendingPathComponent("behaviors/a.jsonl")
    try FileManager.default.removeItem(at: rows)
    try FileManager.default.createDirectory(at: rows, withIntermediateDirectories: true)
    #expect(folder.errors() == "behaviors/a.jsonl: cannot be read: it is a folder")
    try FileManager.default.removeItem(at: rows)
    try FileManager.default.createSymbolicLink(atPath: rows.path, withDestinationPath: "a.jsonl")
    #expect(folder.errors().hasPrefix("behaviors/a.jsonl: cannot be read: "))
    try FileManager.default.removeItem(at: rows)
    #expect(mkfifo(rows.path, 0o600) == 0)
    #expect(folder.errors() == "behaviors/a.jsonl: cannot be read: it is no regular file")
  }

  @Test("bad rows are all kept, a thousand are told, and the last line says what helps")
  func manyErrors() throws {
    let folder = try Self.folder()
    try folder.write(String(repeating: "nonsense\n", count: 1_200), to: "behaviors/a.jsonl")
    do {
      _ = try folder.suite()
      Issue.record("it was read")
    } catch let errors as SuiteErrors {
      #expect(errors.errors.count == 1_200)
      let lines = errors.description.split(separator: "\n")
      #expect(lines.count == 1_002 && lines[1_000] == "and 200 more")
      #expect(lines.last?.hasPrefix("1200 rows to mend; or set such rows aside") == true)
    }
  }

  @Test("the last line counts rows, and what skipping them would not cure")
  func wayOut() throws {
    let folder = try Self.folder()
    let rows = ["nonsense", "{\"input\": \"x\"}", "{\"input\": \"X\", \"expected\": \"b\"}"]
    try folder.write(rows.joined(separator: "\n"), to: "behaviors/a.jsonl")
    func wayOut() throws -> String? {
      do {
        _ = try folder.suite()
        return nil
      } catch let errors as SuiteErrors {
        return errors.wayOut
      }
    }
    let cure =
      "3 rows to mend; or set such rows aside and have them counted, with on_bad_row: skip in"
      + " hone.yaml (hone init, hone test: --skip-bad-rows)."
    #expect(try wayOut() == cure)
    try folder.write("hone: 1\nclaims: { target: 2 }\n", to: "hone.yaml")
    #expect(try wayOut() == cure + " That does not cure 1 other problem listed above.")
    try folder.write("hone: 1\n", to: "hone.yaml")
    try folder.write("requires: r\nexamples: a.csv\n", to: "behaviors/a.yaml")
    try folder.write("input,\"expected\"x\na,b\n", to: "behaviors/a.csv")
    #expect(try wayOut() == nil, "a header is no row that could be set aside")
  }

  @Test("long texts that are nearly the same are one cluster, and quick")
  func longTexts() throws {
    var generator = SeededGenerator(9)
    let words = (0..<60_000).map { _ in
      String(UInt32.random(in: 0..<100_000, using: &generator), radix: 36)
    }
    let text = words.joined(separator: " ")
    let changed = (words.dropLast(10) + ["the", "end"]).joined(separator: " ")
    let others = (0..<60_000).map { _ in
      String(UInt32.random(in: 0..<100_000, using: &generator), radix: 36)
    }
    let folder = try Self.folder()
    try folder.write(
      [text, changed, others.joined(separator: " ")].map { "{\"input\": \"\($0)\"}\n" }.joined(),
      to: "behaviors/a.jsonl")
    #expect(try folder.suite().clusters.map(\.inputs.count).sorted() == [1, 2])
  }
}
