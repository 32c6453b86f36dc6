import Dashboard
import Foundation
import NIOCore
import Synchronization
import Testing
import Tuning

/// Documents that are sent where requests are read, past the server.
@Suite("What is kept is sent at once", .timeLimit(.minutes(5)))
struct KeptDocumentsTests {
  /// A connection on which a page was asked for before, so that it is kept.
  private func warm(_ scene: Scene, port: Int, _ path: String = "/runs/1") async throws -> Wire {
    _ = try await Wire.ask("GET \(path) HTTP/1.1", "Host: localhost", port: port)
    return try Wire(port: port)
  }

  private func body(_ answer: Substring) throws -> Substring {
    answer[try #require(answer.firstRange(of: "\r\n\r\n")).upperBound...]
  }

  /// The heads of answers that came one after the other, without their dates.
  private func heads(_ answers: String) -> [String] {
    answers.matches(of: #/HTTP/1\.1 (.|\n)*?\r\n\r\n/#).map {
      $0.output.0.lowercased().replacing(#/date: [^\r]*\r\n/#, with: "")
        .split(separator: "\r\n").sorted().joined(separator: "\n")
    }
  }

  @Test("It is what the server would have sent, with its date", arguments: AnswerTests.kept)
  func same(path: String) async throws {
    let scene = try Scene(port: nil)
    try await ServerTests.serve(scene) { port in
      let slow = try await Wire.ask("GET \(path) HTTP/1.1", "Host: localhost", port: port)
      let wire = try await warm(scene, port: port, path)
      try wire.send(["GET \(path) HTTP/1.1", "Host: localhost"])
      let length = try #require(slow.firstMatch(of: #/content-length: (\d+)/#.ignoresCase())).output
        .1
      wire.finish()
      let fast = try await wire.read(until: "no answer has this in it")
      #expect(heads(slow) == heads(fast))
      #expect(
        fast.contains(#/Date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\r\n/#))
      #expect(try body(slow[...]) == body(fast[...]))
      #expect(try body(fast[...]).utf8.count == Int(length))
      // Fixed parts need not be looked after.
      let isFixed = path.hasSuffix(".css") || path.hasSuffix(".js")
      #expect(scene.dashboard.sentAtOnce.load(ordering: .relaxed) >= (isFixed ? 1 : 0))
    }
  }

  @Test("Answers come in the order of requests, whoever gives them")
  func order() async throws {
    let scene = try Scene(port: nil)
    try await ServerTests.serve(scene) { port in
      let wire = try await warm(scene, port: port)
      let paths = [
        "/runs/1", "/style.css", "/examples?q=easy", "/runs/1", "/nothing", "/page.js", "/compare",
        "/runs/1.json", "/favicon.ico", "/runs/1",
      ]
      try wire.send(
        Array(paths.map { ["GET \($0) HTTP/1.1", "Host: localhost"] }.joined(separator: [""])))
      wire.finish()
      let answers = try await wire.read(until: "no answer has this in it")
      let statuses = answers.matches(of: #/HTTP/1\.1 (\d+)/#).map { $0.output.1 }
      #expect(statuses == ["200", "200", "200", "200", "404", "200", "200", "200", "204", "200"])
      let expected = [
        "text/html", "text/css", "text/html", "text/html", "text/html", "text/javascript",
        "text/html", "application/json", "image/x-icon", "text/html",
      ]
      let types = answers.matches(of: #/content-type: ([a-z\/-]+)/#.ignoresCase()).map {
        $0.output.1
      }
      #expect(types.map(String.init) == expected)
    }
  }

  @Test("Who has it is told so, and a body that comes with a request is none of the next")
  func known() async throws {
    let scene = try Scene(port: nil)
    try await ServerTests.serve(scene) { port in
      let page = try await Wire.ask("GET /runs/1 HTTP/1.1", "Host: localhost", port: port)
      let tag = try #require(page.firstMatch(of: #/etag: ([^\r]+)/#.ignoresCase())).output.1
      let wire = try Wire(port: port)
      try wire.send(["GET /runs/1 HTTP/1.1", "Host: localhost", "If-None-Match: \(tag)"])
      let known = try await wire.read(until: "\r\n\r\n")
      #expect(known.hasPrefix("HTTP/1.1 304 "))
      #expect(!known.lowercased().contains("content-length"))
      #expect(known.hasSuffix("\r\n\r\n"))
      let smuggled = "GET /runs/1.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
      try wire.send([
        "GET /runs/1 HTTP/1.1", "Host: localhost", "Content-Length: \(smuggled.utf8.count)", "",
        String(smuggled.dropLast(4)),
      ])
      wire.finish()
      let rest = try await wire.read(until: "no answer has this in it")
      #expect(rest.ranges(of: "HTTP/1.1 200").count == 1)
      #expect(!rest.contains("\"event\""))
    }
  }

  @Test(
    "The connection is closed after the answer where the client wants no other",
    arguments: [
      ["HTTP/1.0"], ["HTTP/1.0", "Connection: keep-alive"], ["HTTP/1.1", "Connection: close"],
      ["HTTP/1.1", "Connection: Close"],
    ])
  func closes(lines: [String]) async throws {
    let scene = try Scene(port: nil)
    try await ServerTests.serve(scene) { port in
      for path in ["/style.css", "/runs/1", "/examples", "/nothing", "/favicon.ico"] {
        let wire = try await warm(scene, port: port)
        let rest = ["Host: localhost"] + lines.dropFirst()
        // What follows is not answered.
        try wire.send(
          ["GET \(path) \(lines[0])"] + rest + ["", "GET / HTTP/1.1", "Host: localhost"])
        let answer = try await wire.read(until: "no answer has this in it")
        #expect(answer.matches(of: #/HTTP/1\.1 (\d+)/#).count == 1)
        #expect(path == "/favicon.ico" || answer.utf8.count > 1000)
      }
    }
  }

  @Test("What is kept is not for everybody")
  func access() async throws {
    let token = AccessTests.token
    let scene = try Scene(isLocal: false, token: token, port: nil)
    try await ServerTests.serve(scene) { port in
      let key = "Authorization: Bearer \(token)"
      for _ in 0..<2 {
        let page = try await Wire.ask("GET /runs/1 HTTP/1.1", "Host: x", key, port: port)
        #expect(page.hasPrefix("HTTP/1.1 200 "))
      }
      for path in AnswerTests.kept {
        for key in ["X: y", "Authorization: Bearer no", "Cookie: hone_\(port)=no"] {
          let wire = try Wire(port: port)
          try wire.send(["GET \(path) HTTP/1.1", "Host: x", key])
          wire.finish()
          let answer = try await wire.read(until: "no answer has this in it")
          #expect(answer.hasPrefix("HTTP/1.1 401 "))
          #expect(!answer.contains(Scene.id(Scene.hostile[0])))
        }
      }
    }
    let local = try Scene(port: nil)
    try await ServerTests.serve(local) { port in
      let wire = try await warm(local, port: port)
      try wire.send(["GET /runs/1 HTTP/1.1", "Host: evil.example"])
      #expect(try await wire.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 421 "))
    }
  }

  @Test("A page is no older than the news that made one ask for it")
  func inStep() async throws {
    let scene = try Scene(hasArchive: false, port: nil)
    let events = try scene.events()
    try scene.record(Array(events.prefix(1)))
    try await ServerTests.serve(scene) { port in
      let wire = try await warm(scene, port: port)
      let news = try Wire(port: port)
      try news.send(["GET /runs/1/events?after=1 HTTP/1.1", "Host: localhost"])
      _ = try await news.read(until: "retry: ")
      for count in 2...6 {
        try scene.record(Array(events.prefix(count)))
        // Kept until the moment of the news.
        let busy = Task {
          while !Task.isCancelled {
            let page = try Wire(port: port)
            try page.send(["GET /runs/1 HTTP/1.1", "Host: localhost"])
            _ = try await page.read(until: "</html>\n")
          }
        }
        _ = try await news.read(until: "id: \(count)\n")
        try wire.send(["GET /runs/1 HTTP/1.1", "Host: localhost"])
        let page = try await wire.read(until: "</html>\n")
        busy.cancel()
        _ = try? await busy.value
        let after = try #require(page.firstMatch(of: #/events\?after=(\d+)/#)).output.1
        #expect(try #require(Int(after)) >= count)
      }
    }
  }

  @Test("While a run is at work many are answered, and each in time")
  func rests() async throws {
    let scene = try Scene(port: nil)
    try await ServerTests.serve(scene) { port in
      let hold = try scene.workspace.hold()
      let wire = try await warm(scene, port: port)
      for _ in 0..<100 {
        try wire.send(["GET /runs/1 HTTP/1.1", "Host: localhost"])
        #expect(try await wire.read(until: "</html>\n").hasPrefix("HTTP/1.1 200 "))
      }
      let sent = scene.dashboard.sentAtOnce.load(ordering: .relaxed)
      // As browsers ask.
      try wire.send(["GET /page.js HTTP/1.1", "Host: localhost", "Connection: keep-alive"])
      _ = try await wire.read(until: "})();\n")
      #expect(scene.dashboard.sentAtOnce.load(ordering: .relaxed) == sent + 1)
      #expect(scene.dashboard.sentAtOnce.load(ordering: .relaxed) > 0)
      _ = hold
    }
    #expect(Rest.length(clients: 0) == Rest.length(clients: 1))
    for clients in [1, 2, 8, 32, 100, 512] {
      let length = Rest.length(clients: clients)
      #expect(Double(clients) / length > 600)
      #expect(length <= 0.05)
    }
  }

  @Test("Clients are counted while they ask")
  func clients() {
    final class Client: Sendable {}
    let clients = (0..<5).map { _ in Client() }
    var recent = RecentClients()
    func at(_ milliseconds: Int64) -> NIODeadline {
      .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds)
    }
    #expect(recent.count(at: at(0)) == 0)
    for (index, client) in clients.enumerated() {
      recent.note(ObjectIdentifier(client), at: at(Int64(index)))
      recent.note(ObjectIdentifier(client), at: at(Int64(index)))
    }
    #expect(recent.count(at: at(10)) == 5)
    recent.forget(ObjectIdentifier(clients[4]))
    #expect(recent.count(at: at(10)) == 4)
    recent.note(ObjectIdentifier(clients[0]), at: at(240))
    #expect(recent.count(at: at(249)) == 4)
    #expect(recent.count(at: at(260)) == 1)
    #expect(recent.count(at: at(5000)) == 0)
  }

  @Test("The date is the one of HTTP")
  func date() {
    var clock = HTTPClock()
    #expect(clock.now(Date(timeIntervalSince1970: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(
      clock.now(Date(timeIntervalSince1970: 784_111_777.9)) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(clock.now(Date(timeIntervalSince1970: 784_111_778)) == "Sun, 06 Nov 1994 08:49:38 GMT")
  }
}
