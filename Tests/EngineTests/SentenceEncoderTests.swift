import Engine
import Testing

@Suite("SentenceEncoder")
struct SentenceEncoderTests {
  @Test("Token ids equal Hugging Face's")
  func tokens() throws {
    let encoder = try Fixtures.encoder.get()
    let rows = try Fixtures.texts.get()
    #expect(rows.count >= 80)
    for row in rows {
      let ids = encoder.tokenizer.encode(row.text, maximumLength: encoder.maximumLength)
      #expect(ids == row.ids, "\(row.text.debugDescription)")
    }
  }

  @Test("Embeddings agree with sentence-transformers within 2e-5 in every component")
  func embeddings() throws {
    let encoder = try Fixtures.encoder.get()
    let rows = try Fixtures.texts.get()
    let embeddings = try encoder.embed(rows.map(\.text), threads: 2)
    for (index, row) in rows.enumerated() {
      let expected = row.values
      #expect(expected.count == encoder.dimension)
      let worst = zip(embeddings[index], expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst <= 2e-5, "\(row.text.debugDescription)")
    }
  }

  @Test("A text's bits depend neither on its neighbours, nor on its place, nor on threads")
  func reproducible() throws {
    let encoder = try Fixtures.encoder.get()
    let texts = try Fixtures.texts.get().map(\.text)
    let together = try encoder.embed(texts, threads: 1)
    func expectSame(_ row: ArraySlice<Float>, _ index: Int, _ what: String) {
      let isSame = row.map(\.bitPattern) == together[index].map(\.bitPattern)
      #expect(isSame, "\(what): \(texts[index].prefix(40).debugDescription)")
    }
    let threaded = try encoder.embed(texts, threads: 2)
    let reversed = try encoder.embed(texts.reversed(), threads: 2)
    for index in texts.indices {
      expectSame(threaded[index], index, "two threads")
      expectSame(reversed[texts.count - 1 - index], index, "reversed")
    }
    for index in stride(from: 0, to: texts.count, by: 3) {
      expectSame(try encoder.embed([texts[index]], threads: 1)[0], index, "alone")
      let crowd = Array(repeating: "something else, and then some", count: index) + [texts[index]]
      expectSame(try encoder.embed(crowd, threads: 2)[index], index, "in a crowd")
    }
  }

  @Test("No texts give an empty matrix; progress counts every text")
  func edges() throws {
    let encoder = try Fixtures.encoder.get()
    #expect(try encoder.embed([], threads: 2).rows == 0)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      _ = try encoder.embed(["a", "b"], threads: 1) { _ in throw Stop() }
    }
  }
}
