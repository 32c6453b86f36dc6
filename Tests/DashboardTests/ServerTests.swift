import Dashboard
import Foundation
import Synchronization
import Testing
import Tuning

/// A real server on a port of this machine, asked byte by byte.
@Suite("The server of the dashboard", .timeLimit(.minutes(5)))
struct ServerTests {
  /// Serves a scene while `body` runs.
  static func serve(
    _ scene: Scene, _ body: @Sendable @escaping (_ port: Int) async throws -> Void
  ) async throws {
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    let server = DashboardServer(scene.dashboard, host: "127.0.0.1", port: 0)
    let task = Task {
      defer { ready.finish() }
      try await server.run { ready.yield($0) }
    }
    let port = try #require(await ports.first { _ in true })
    try await body(port)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("Requests as they come over the wire")
  func wire() async throws {
    let scene = try Scene(port: nil)
    try await Self.serve(scene) { port in
      let host = "Host: 127.0.0.1:\(port)"
      let list = try await Wire.ask("GET / HTTP/1.1", host, port: port)
      #expect(list.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(list.contains("<h1>Runs</h1>"))
      let head = try await Wire.ask("HEAD / HTTP/1.1", host, port: port)
      #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(head.hasSuffix("\r\n\r\n"))
      let length = try #require(list.firstMatch(of: #/content-length: (\d+)/#.ignoresCase())).output
        .1
      #expect(head.lowercased().contains("content-length: \(length)\r\n"))
      for path in ["/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/hone.yaml", "/..%5cx"] {
        let answer = try await Wire.ask("GET \(path) HTTP/1.1", host, port: port)
        #expect(answer.hasPrefix("HTTP/1.1 404 "))
        #expect(!answer.contains("root:"))
      }
      for stranger in ["Host: evil.example", "Host: evil.example:\(port)", "X: y"] {
        let answer = try await Wire.ask("GET /runs/1.json HTTP/1.1", stranger, port: port)
        #expect(!answer.hasPrefix("HTTP/1.1 200"))
        #expect(!answer.contains("\"event\""))
      }
      let noHost = try await Wire.ask("GET /runs/1.json HTTP/1.0", port: port)
      #expect(!noHost.contains("\"event\""))
    }
  }

  @Test("Events of a run come as they happen, each once, and the stream ends with the run")
  func events() async throws {
    let scene = try Scene(hasArchive: false, port: nil)
    let events = try scene.events()
    try scene.record(Array(events.prefix(2)))
    try await Self.serve(scene) { port in
      let wire = try Wire(port: port)
      try wire.send(["GET /runs/1/events?after=1 HTTP/1.1", "Host: localhost:\(port)"])
      let first = try await wire.read(until: "id: 2\n")
      #expect(first.contains("text/event-stream"))
      #expect(first.contains("retry: "))
      #expect(!first.contains("id: 1\n"))
      try scene.record(Array(events.prefix(3)))
      let second = try await wire.read(until: "data: {}\n")
      #expect(second.contains("id: 3\nevent: event\ndata: {}\n"))
      #expect(!second.contains("id: 2\n"))
      try scene.record(events, closing: true)
      let rest = try await wire.read(until: "event: closed")
      // What was asked and answered is for the page to show, which knows what is sealed by now.
      #expect(!rest.contains("other") && !rest.contains(Scene.behavior))
      #expect(!rest.contains(Scene.id(Scene.hostile[0])))
      for sequence in 4...7 { #expect(rest.ranges(of: "id: \(sequence)\n").count == 1) }
      // The end of a chunked body.
      #expect(try await (rest + wire.read(until: "0\r\n\r\n")).contains("0\r\n\r\n"))

      // Who knows the end is told not to come back.
      let over = try await Wire.ask(
        "GET /runs/1/events?after=1 HTTP/1.1", "Host: localhost:\(port)", "Last-Event-ID: 7",
        port: port)
      #expect(over.hasPrefix("HTTP/1.1 204 "))
      // Who missed some gets those.
      let late = try await Wire.ask(
        "GET /runs/1/events?after=1 HTTP/1.1", "Host: localhost:\(port)", "Last-Event-ID: 5",
        port: port)
      #expect(late.contains("id: 6\n") && !late.contains("id: 5\n"))
    }
  }

  @Test("The list is told of a new run")
  func listEvents() async throws {
    let scene = try Scene(port: nil)
    try await Self.serve(scene) { port in
      let page = try await Wire.ask("GET / HTTP/1.1", "Host: localhost:\(port)", port: port)
      let address = try #require(page.firstMatch(of: #/data-events="([^"]+)"/#)).output.1
      let wire = try Wire(port: port)
      try wire.send(["GET \(address) HTTP/1.1", "Host: localhost:\(port)"])
      let before = try await wire.read(until: "retry: ")
      #expect(!before.contains("event: event"))
      try scene.record(Array(scene.events().prefix(1)))
      #expect(try await wire.read(until: "event: event").contains("event: event"))
    }
  }

  @Test("What a run is doing is told while it works, and that it stopped")
  func progress() async throws {
    let scene = try Scene(hasArchive: false, port: nil)
    try scene.record(Array(scene.events().prefix(2)))
    try await Self.serve(scene) { port in
      let hold = Mutex<SuiteWorkspace.Hold?>(try scene.workspace.hold())
      try scene.write(Self.progress(passes: 7), to: ".hone/progress.json")
      let wire = try Wire(port: port)
      try wire.send(["GET /runs/1/events?after=2 HTTP/1.1", "Host: localhost:\(port)"])
      let first = try await wire.read(until: "\"passes\":7")
      #expect(first.contains("event: progress"))
      #expect(first.contains("\"activity\":\"measuring <u>\""))
      #expect(first.contains("\"rung\":\"head\""))
      try scene.write(Self.progress(passes: 8), to: ".hone/progress.json")
      #expect(try await wire.read(until: "\"passes\":8").contains("event: progress"))
      hold.withLock { $0 = nil }
      let last = try await wire.read(until: "data: null")
      #expect(last.contains("event: progress\ndata: null\n\n"))
    }
  }

  private static func progress(passes: Int) -> String {
    """
    {"hone": 1, "process": 1, "started": "2026-11-29T00:00:00Z", "updated": "2026-11-29T00:00:01Z",
      "run": 1, "round": 1, "rounds": 12, "rung": "head", "activity": "measuring <u>",
      "unit": "texts", "done": 10, "total": 67, "secondsElapsed": 1, "rate": 10, "secondsLeft": 5.7,
      "measurement": {"checkpoint": {"id": "c1", "rung": "head"}, "role": "dev", "behaviors": [
        {"behavior": "refill", "passes": \(passes), "trials": 10, "total": 67, "target": 0.8,
          "errorBar": {"lower": 0.4, "upper": 0.9}}]}}
    """
  }

  @Test("A client that goes away is let go of")
  func gone() async throws {
    let scene = try Scene(hasArchive: false, port: nil)
    try scene.record(Array(scene.events().prefix(2)))
    try await Self.serve(scene) { port in
      for _ in 0..<20 {
        let wire = try Wire(port: port)
        try wire.send(["GET /runs/1/events HTTP/1.1", "Host: localhost:\(port)"])
        _ = try await wire.read(until: "id: 2\n")
      }
      while await scene.dashboard.watching > 0 { try await Task.sleep(for: .milliseconds(10)) }
    }
  }

  @Test("It ends at once, whoever still listens")
  func ends() async throws {
    let scene = try Scene(hasArchive: false, port: nil)
    try scene.record(Array(scene.events().prefix(2)))
    let wires = Mutex<[Wire]>([])
    try await Self.serve(scene) { port in
      let wire = try Wire(port: port)
      try wire.send(["GET /runs/1/events HTTP/1.1", "Host: localhost:\(port)"])
      _ = try await wire.read(until: "id: 2\n")
      wires.withLock { $0.append(wire) }
    }
    let wire = try #require(wires.withLock { $0.first })
    _ = try await wire.read(until: "what nobody says")
  }

  @Test("A port that is in use, and an address that is not of this machine")
  func taken() async throws {
    let scene = try Scene(port: nil)
    try await Self.serve(scene) { port in
      let other = try Scene(port: port)
      await #expect(throws: DashboardError.portInUse(port)) {
        try await DashboardServer(other.dashboard, host: "127.0.0.1", port: port).run { _ in }
      }
      let text = "\(DashboardError.portInUse(port))"
      #expect(text.contains("--port"))
      await #expect(throws: DashboardError.self) {
        try await DashboardServer(other.dashboard, host: "192.0.2.1", port: 0).run { _ in }
      }
    }
  }
}
