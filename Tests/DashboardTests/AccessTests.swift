import Dashboard
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Testing

@Suite("Who is let in")
struct AccessTests {
  static let token = "0123456789abcdef-secret"

  @Test(
    "On this machine, requests must name it",
    arguments: [
      ("localhost:8421", true), ("127.0.0.1:8421", true), ("[::1]:8421", true),
      ("LOCALHOST:8421", true), ("localhost", true), ("localhost:9000", true),
      ("127.0.0.2:8421", true), ("127.0.0.1:", false), ("localhost:8421.evil.example", false),
      ("evil.example", false), ("evil.example:8421", false), ("localhost.evil.example:8421", false),
      ("127.0.0.1.nip.io:8421", false), ("127.0.0.1:842100", false), ("", false),
      ("localhost:8421@evil.example", false), ("[::1]", true), ("[::1]:", false),
      ("[::2]:8421", false), ("::1", false), ("[::1]x:8421", false), ("127.0.0.1.1", false),
      ("127.0.1", false), ("127.0.0.1234", false), ("127.0.0.x", false), ("127..0.1", false),
      ("128.0.0.1", false), ("localhost:\u{661}", false), ("localhost:84:21", false),
      (":8421", false), ("user@localhost", false),
    ])
  func host(name: String, isOpen: Bool) async throws {
    let scene = try Scene()
    for path in [
      "/", "/runs/1.json", "/runs/1/examples", "/runs/1/events", "/style.css", "/nothing",
    ] {
      let status = await scene.ask(path, host: name).status
      #expect((status == .misdirectedRequest) == !isOpen)
    }
    #expect(await scene.ask("/", host: nil).status == .misdirectedRequest)
  }

  @Test("On port 80 the name alone will do, as will a tunnel's port")
  func port80() async throws {
    let scene = try Scene(port: 80)
    #expect(await scene.ask("/", host: "localhost").status == .ok)
    #expect(await scene.ask("/", host: "localhost:8421").status == .ok)
    #expect(await scene.ask("/", host: "evil.example").status == .misdirectedRequest)
  }

  @Test(
    "From elsewhere nothing is told without the token",
    arguments: [
      "/", "/runs/1", "/runs/1.json", "/runs/1/examples", "/runs/1/events", "/style.css",
      "/nothing",
    ])
  func missing(path: String) async throws {
    let scene = try Scene(isLocal: false, token: Self.token)
    let wrong =
      [
        [:], [.authorization: "Bearer \(Self.token)x"], [.authorization: "Bearer"],
        [.authorization: "Basic \(Self.token)"], [.authorization: Self.token],
        [.cookie: "hone_8421=\(Self.token)"], [.cookie: "hone_8421="],
      ] as [HTTPFields]
    for fields in wrong {
      let answer = await scene.ask(path, host: "10.0.0.7:8421", fields: fields)
      #expect(answer.status == .unauthorized)
      #expect(answer.headers[.wwwAuthenticate] == "Bearer")
      #expect(try await !answer.text().contains(Self.token))
    }
    let answer = await scene.ask("\(path)?token=wrong-\(Self.token)", host: "10.0.0.7:8421")
    #expect(answer.status == .unauthorized)
    #expect(answer.headers[.setCookie] == nil)
    #expect(try await !answer.text().contains(Self.token))
  }

  @Test("The token as a header opens")
  func bearer() async throws {
    let scene = try Scene(isLocal: false, token: Self.token)
    let fields: HTTPFields = [.authorization: "Bearer \(Self.token)"]
    #expect(await scene.ask("/", host: "any.example", fields: fields).status == .ok)
  }

  @Test("The token in the address becomes a cookie, and the address loses it")
  func signIn() async throws {
    let scene = try Scene(isLocal: false, token: Self.token)
    let answer = await scene.ask("/examples?q=a+b&token=\(Self.token)&run=1", host: "any.example")
    #expect(answer.status == .seeOther)
    #expect(answer.headers[.location] == "/examples?q=a%20b&run=1")
    let cookie = try #require(answer.headers[.setCookie])
    #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"))
    #expect(!cookie.contains(Self.token))
    let pair = String(try #require(cookie.split(separator: ";").first))
    let fields: HTTPFields = [.cookie: "other=1; \(pair)"]
    #expect(await scene.ask("/", host: "any.example", fields: fields).status == .ok)
    // Another start of the server has another session.
    let other = try Scene(isLocal: false, token: Self.token)
    #expect(await other.ask("/", host: "any.example", fields: fields).status == .unauthorized)
  }

  @Test("The way back leads nowhere else", arguments: ["//evil.example", "/\\evil.example", "/x"])
  func noOpenRedirect(path: String) async throws {
    let scene = try Scene(isLocal: false, token: Self.token)
    let answer = await scene.ask("\(path)?token=\(Self.token)", host: "any.example")
    #expect(answer.headers[.location] == "/")
  }

  @Test("A token on this machine is asked for as well as the name")
  func both() async throws {
    let scene = try Scene(isLocal: true, token: Self.token)
    #expect(await scene.ask("/").status == .unauthorized)
    let fields: HTTPFields = [.authorization: "Bearer \(Self.token)"]
    #expect(await scene.ask("/", fields: fields).status == .ok)
    let stranger = await scene.ask("/", host: "evil.example", fields: fields)
    #expect(stranger.status == .misdirectedRequest)
  }

  @Test("A short token is refused", arguments: ["", "short", "0123456789abcde"])
  func weak(text: String) {
    #expect(throws: DashboardError.weakToken(variable: "T", isSet: !text.isEmpty)) {
      try AccessToken(text, from: "T")
    }
  }

  @Test(
    "Addresses of this machine alone",
    arguments: [
      ("127.0.0.1", true), ("127.9.9.9", true), ("localhost", true), ("::1", true),
      ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("127.evil.example", false),
      ("1.127.0.0", false), ("", false),
    ])
  func loopback(host: String, isLoopback: Bool) {
    #expect(DashboardServer.isLoopback(host) == isLoopback)
  }
}
