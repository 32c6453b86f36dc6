import Engine
import Foundation
import Testing

/// Encoders of every architecture and tokenizers of every kind, against `scripts/fixtures/encoders.py`.
@Suite("Encoders by folder")
struct EncoderFolderTests {
  static let length = 40

  static func folder(_ name: String) -> URL {
    Fixtures.folder.appendingPathComponent("engine/encoders/\(name)")
  }

  @Test(
    "Token ids equal Hugging Face's",
    arguments: [
      "bert", "distilbert", "roberta", "xlm-roberta", "bpe-fused", "bpe-unfused", "bpe-dropped",
      "unigram-converted", "unigram-whole",
    ])
  func tokens(name: String) throws {
    let tokenizer = try Tokenizer(
      contentsOf: Self.folder(name).appendingPathComponent("tokenizer.json"))
    let rows = try Fixtures.json(Fixtures.Tokens.self, "engine/encoders/\(name)/expected.json")
    #expect(rows.texts.count >= 100)
    for row in rows.texts {
      let ids = tokenizer.encode(row.text, maximumLength: Self.length)
      #expect(ids == row.ids, "\(row.text.debugDescription)")
    }
  }

  @Test(
    "Embeddings agree with transformers within 2e-5 in every component",
    arguments: [("bert", 2), ("distilbert", 3), ("roberta", 2), ("xlm-roberta", 2)])
  func embeddings(name: String, layers: Int) throws {
    let encoder = try SentenceEncoder(folder: Self.folder(name))
    #expect(encoder.layers == layers)
    #expect(encoder.maximumLength == Self.length)
    let rows = try Fixtures.json(Fixtures.Texts.self, "engine/encoders/\(name)/expected.json")
    let embeddings = try encoder.embed(rows.texts.map(\.text), threads: 2)
    for (index, row) in rows.texts.enumerated() {
      let expected = row.values
      #expect(expected.count == encoder.dimension)
      let worst = zip(embeddings[index], expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst <= 2e-5, "\(row.text.debugDescription)")
    }
  }
}
