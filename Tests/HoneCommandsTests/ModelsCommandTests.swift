import Foundation
import Testing

@Suite("models")
struct ModelsCommandTests {
  /// A tiny encoder of the fixtures.
  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/engine/encoders/\(name)").path
  }

  /// Runs `hone models` on a store of its own.
  static func run(_ tool: Tool, _ arguments: String...) throws -> Tool.Output {
    try tool.run(
      arguments: ["models"] + arguments, environment: ["HONE_MODELS": tool.url("store").path])
  }

  @Test("Added, listed, named by a suite, removed")
  func life() throws {
    let tool = try Tool()
    try expectSnapshot(try Self.run(tool).text, "models-empty")
    for name in ["distilbert", "xlm-roberta"] {
      #expect(try Self.run(tool, "add", Self.fixture(name)).status == 0)
    }
    let added = try Self.run(tool, "add", Self.fixture("roberta"), "--name", "tiny.v1")
    try expectSnapshot(added.text, "models-add")
    let again = try Self.run(tool, "add", Self.fixture("roberta"), "--name", "tiny.v1")
    #expect(again.status == 0)
    #expect(again.text.hasPrefix("Already there: tiny.v1 (roberta, "))
    try tool.write("{", to: "store/distilbert/config.json")
    let list = try Self.run(tool, "list")
    #expect(list.status == 0)
    try expectSnapshot(list.text, "models-list")

    _ = try tool.run("init", "suite")
    let settings = try tool.text("suite/hone.yaml")
    func check(_ base: String) throws -> String {
      try tool.write(
        settings.replacing("base: minilm ", with: "base: \(base) "), to: "suite/hone.yaml")
      let store = tool.url("store").path
      return try tool.run("check", "suite", environment: ["HONE_MODELS": store]).text
    }
    #expect(!(try check("tiny.v1").contains("base model")))
    try expectSnapshot(
      try #require(try check("tiny.v2").split(separator: "\n").first { $0.contains("base model") })
        .description, "models-unknown-base")

    let removed = try Self.run(tool, "remove", "tiny.v1")
    try expectSnapshot(removed.text, "models-remove")
    let unknown = try Self.run(tool, "remove", "tiny.v1")
    #expect(unknown.status == 1)
    try expectSnapshot(unknown.errors, "models-remove-unknown")
    #expect(
      try tool.run("models", "list", environment: ["HONE_MODELS": "/nonexistent"]).status == 0)
  }

  @Test("Only what is needed is copied, links as what they point at, and nothing stays aside")
  func copied() throws {
    let tool = try Tool(files: [
      "source/README.md": "", "source/LICENSE": "", "source/notes.txt": "",
      "source/pytorch_model.bin": "", "source/1_Pooling/config.json": #"{"pooling_mode":"mean"}"#,
      "source/1_Pooling/more.json": "", "store/.aside-999999999/left": "",
      "source/sentence_bert_config.json": #"{"max_seq_length":20}"#,
    ])
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
      try FileManager.default.createSymbolicLink(
        at: tool.url("source/\(name)"),
        withDestinationURL: URL(fileURLWithPath: Self.fixture("bert") + "/\(name)"))
    }
    #expect(try Self.run(tool, "add", "source", "--name", "copy").status == 0)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: tool.url("store").path)
    #expect(
      paths.sorted() == [
        "copy", "copy/1_Pooling", "copy/1_Pooling/config.json", "copy/LICENSE", "copy/README.md",
        "copy/config.json", "copy/model.safetensors", "copy/sentence_bert_config.json",
        "copy/tokenizer.json",
      ])
    for path in paths {
      let place = tool.url("store/\(path)").path
      #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: place)) == nil)
    }
  }

  @Test(
    "A name that is no plain word is refused",
    arguments: [
      "", ".", "..", "../x", "a/b", "/x", ".hidden", "-x", "a b", "a\u{7}b", "a\nb", "é",
      "a\u{301}",
      String(repeating: "a", count: 65),
    ])
  func names(name: String) throws {
    let tool = try Tool()
    let option = name.isEmpty ? ["--name", ""] : ["--name=\(name)"]
    let output = try tool.run(
      arguments: ["models", "add", Self.fixture("roberta")] + option,
      environment: ["HONE_MODELS": tool.url("store").path])
    #expect(output.status == 1)
    #expect(output.errors.contains("' cannot name a model. Give --name a word of letters, digits"))
    #expect(!output.errors.dropLast().contains { $0.isNewline || $0 == "\u{7}" })
    #expect(!FileManager.default.fileExists(atPath: tool.url("store").path))
    let removal = try Self.run(tool, "remove", "--", name)
    #expect(removal.status == 1)
    #expect(removal.errors.contains("there is no model '"))
  }

  @Test("What cannot be used, and a name that another model has, are refused before any change")
  func refused() throws {
    let tool = try Tool(files: ["empty/readme.txt": ""])
    #expect(try Self.run(tool, "add", Self.fixture("roberta"), "--name", "taken").status == 0)
    let other = try Self.run(tool, "add", Self.fixture("bert"), "--name", "taken")
    #expect(other.status == 1)
    try expectSnapshot(other.errors, "models-name-taken")
    let missing = try Self.run(tool, "add", "missing")
    #expect(missing.status == 1)
    try expectSnapshot(missing.errors, "models-no-folder")
    let empty = try Self.run(tool, "add", "empty")
    #expect(empty.status == 1)
    #expect(empty.errors.contains("empty/config.json: cannot be read"))
    let paths = try FileManager.default.contentsOfDirectory(atPath: tool.url("store").path)
    #expect(paths == ["taken"])
  }
}
