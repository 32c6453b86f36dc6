import CZlib
import Dashboard
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Testing

@Suite("What the dashboard makes once and sends often")
struct DocumentTests {
  static let gzip: HTTPFields = [.acceptEncoding: "gzip, deflate, br, zstd"]

  @Test("Who takes gzip gets the same bytes compressed", arguments: AnswerTests.kept)
  func compressed(path: String) async throws {
    let scene = try Scene()
    let plain = await scene.ask(path)
    let short = await scene.ask(path, fields: Self.gzip)
    #expect(plain.headers[.contentEncoding] == nil)
    #expect(plain.headers[.vary] == "Accept-Encoding")
    #expect(short.headers[.contentEncoding] == "gzip")
    #expect(short.headers[.vary] == "Accept-Encoding")
    #expect(short.headers[.contentType] == plain.headers[.contentType])
    #expect(short.headers[.eTag] != plain.headers[.eTag])
    let bytes = try await short.bytes()
    #expect(short.headers[.contentLength] == "\(bytes.count)")
    let whole = try await plain.bytes()
    #expect(bytes.count < whole.count)
    #expect(try decompressed(bytes) == whole)
    let head = await scene.ask(path, method: .head, fields: Self.gzip)
    #expect(head.headers == short.headers)
    #expect(try await head.bytes().isEmpty)
  }

  @Test(
    "What a client says that it takes",
    arguments: [
      ("gzip", true), ("GZip", true), ("br , gzip;q=0.5", true), ("gzip; q=1", true), ("*", true),
      ("deflate, *;q=0.1", true), ("*;q=0, gzip", true),
      ("", false), ("identity", false), ("br, zstd", false), ("gzip;q=0", false),
      ("gzip; q=0.000", false), ("gzip;q=0, *", false), ("*;q=0", false), ("gzip;q=much", false),
      ("xgzip", false), (",;,", false),
    ])
  func accepted(field: String, isCompressed: Bool) async throws {
    let scene = try Scene()
    let answer = await scene.ask("/style.css", fields: [.acceptEncoding: field])
    #expect((answer.headers[.contentEncoding] == "gzip") == isCompressed)
  }

  @Test("It may say so in more than one field")
  func twoFields() async throws {
    var fields: HTTPFields = [.acceptEncoding: "br"]
    fields.append(HTTPField(name: .acceptEncoding, value: "gzip"))
    let answer = try await Scene().ask("/page.js", fields: fields)
    #expect(answer.headers[.contentEncoding] == "gzip")
  }

  @Test("A page for one request is sent as it is", arguments: ["/examples?q=easy", "/compare"])
  func once(path: String) async throws {
    let answer = try await Scene().ask(path, fields: Self.gzip)
    #expect(answer.headers[.contentEncoding] == nil)
    #expect(answer.headers[.eTag] == nil)
    #expect(try await answer.text().hasPrefix("<!"))
  }

  @Test("It has a tag, and is not sent again to who has it", arguments: AnswerTests.kept)
  func tags(path: String) async throws {
    let scene = try Scene()
    for form in [[:], Self.gzip] as [HTTPFields] {
      let first = await scene.ask(path, fields: form)
      let tag = try #require(first.headers[.eTag])
      for known in [tag, "\"other\", \(tag)", "\"other\",W/\(tag)", "*"] {
        for method in [HTTPRequest.Method.get, .head] {
          var fields = form
          fields[.ifNoneMatch] = known
          let again = await scene.ask(path, method: method, fields: fields)
          #expect(again.status == .notModified)
          #expect(try await again.bytes().isEmpty)
          for name in [HTTPField.Name.eTag, .cacheControl, .vary, .contentSecurityPolicy] {
            #expect(again.headers[name] == first.headers[name])
          }
          #expect(again.headers[.contentLength] == nil)
          #expect(again.headers[.contentEncoding] == nil)
        }
      }
      var fields = form
      fields[.ifNoneMatch] = "\"other\""
      #expect(await scene.ask(path, fields: fields).status == .ok)
    }
  }

  @Test("A tag is no key: who is not let in is told nothing")
  func noBypass() async throws {
    let scene = try Scene(isLocal: false, token: AccessTests.token)
    let fields: HTTPFields = [.ifNoneMatch: "*"]
    #expect(await scene.ask("/runs/1", fields: fields).status == .unauthorized)
    let local = try Scene()
    let stranger = await local.ask("/runs/1", host: "evil.example", fields: fields)
    #expect(stranger.status == .misdirectedRequest)
  }

  @Test("However many ask for a page, it is made once; what is new makes a new one")
  func madeOnce() async throws {
    let scene = try Scene(hasArchive: false)
    let events = try scene.events()
    try scene.record(Array(events.prefix(5)))
    let tags = await withTaskGroup { group in
      for _ in 0..<200 { group.addTask { await scene.ask("/runs/1").headers[.eTag] } }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(tags.count == 1)
    #expect(scene.dashboard.documentsMade == 1)
    try scene.record(events, closing: true)
    // Looked at no more often than once in half a pause.
    try await Task.sleep(for: .milliseconds(20))
    let over = await scene.ask("/runs/1")
    #expect(!tags.contains(over.headers[.eTag]))
    #expect(try await !over.text().contains("data-events=\"/runs"))
    #expect(scene.dashboard.documentsMade == 2)
  }

  @Test("A page goes as far as its events say that it does")
  func inStep() async throws {
    let scene = try Scene(hasArchive: false)
    for count in 1...6 {
      try scene.record(Array(scene.events().prefix(count)))
      let page = try await scene.text("/runs/1")
      let after = try #require(page.firstMatch(of: #/events\?after=(\d+)/#)).output.1
      #expect(try #require(Int(after)) <= count)
    }
  }

  private func decompressed(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    var source = bytes
    var result = [UInt8](repeating: 0, count: 4_000_000)
    guard
      inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { throw SceneError() }
    defer { inflateEnd(&stream) }
    return try source.withUnsafeMutableBufferPointer { source in
      try result.withUnsafeMutableBufferPointer { result in
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
        (stream.next_out, stream.avail_out) = (result.baseAddress, UInt32(result.count))
        guard inflate(&stream, Z_FINISH) == Z_STREAM_END, stream.avail_in == 0 else {
          throw SceneError()
        }
        return Array(result.prefix(Int(stream.total_out)))
      }
    }
  }
}
