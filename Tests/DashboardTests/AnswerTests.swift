import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Testing

@Suite("What the dashboard answers")
struct AnswerTests {
  static let pages = ["/", "/runs/1", "/compare", "/examples"]
  static let others = ["/runs/1.json", "/runs/1/examples", "/style.css", "/page.js"]
  /// Those that are made once and sent often.
  static let kept = ["/", "/runs/1"] + others

  @Test("Every page is there, and says what it is", arguments: pages + others)
  func there(path: String) async throws {
    let scene = try Scene()
    let answer = await scene.ask(path)
    #expect(answer.status == .ok)
    let type = try #require(answer.headers[.contentType])
    let expected =
      path.hasSuffix(".json") || path == "/runs/1/examples"
      ? "application/json"
      : path.hasSuffix(".css")
        ? "text/css; charset=utf-8"
        : path.hasSuffix(".js") ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8"
    #expect(type == expected)
    let text = try await answer.text()
    #expect(answer.headers[.contentLength] == "\(text.utf8.count)")
  }

  @Test(
    "Every answer forbids what a page must not do",
    arguments: pages + others + [
      "/nothing", "/runs/7", "/runs/7/events", "/runs/1/events", "/runs/1/events?after=7",
      "/favicon.ico", "/compare?a=nothing", "/examples?run=x&page=-1",
    ])
  func safety(path: String) async throws {
    let scene = try Scene()
    for method in [HTTPRequest.Method.get, .head, .post, .options] {
      let headers = await scene.ask(path, method: method).headers
      let policy = try #require(headers[.contentSecurityPolicy])
      #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self'"))
      #expect(policy.hasSuffix("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(headers[.xContentTypeOptions] == "nosniff")
      for (name, value) in [
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
      ] {
        #expect(headers[try #require(HTTPField.Name(name))] == value)
      }
      let isKept = Self.kept.contains(path) && (method == .get || method == .head)
      #expect(headers[.cacheControl] == (isKept ? "private, no-cache" : "no-store"))
    }
  }

  @Test("HEAD has the headers of GET and no body", arguments: pages + others)
  func head(path: String) async throws {
    let scene = try Scene()
    let (get, head) = (await scene.ask(path), await scene.ask(path, method: .head))
    #expect(head.status == get.status)
    #expect(head.headers == get.headers)
    #expect(try await head.text() == "")
  }

  @Test("Other methods are refused, and change nothing", arguments: pages + ["/runs/1/events"])
  func methods(path: String) async throws {
    let scene = try Scene()
    for method in [HTTPRequest.Method.post, .put, .delete, .patch, .options, .trace] {
      let answer = await scene.ask(path, method: method)
      #expect(answer.status == .methodNotAllowed)
      #expect(answer.headers[.allow] == "GET, HEAD")
    }
  }

  @Test(
    "No path leads to a file",
    arguments: [
      "/../hone.yaml", "/..%2fhone.yaml", "/%2e%2e/hone.yaml", "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
      "/..%5c..%5chone.yaml", "/..\\hone.yaml", "/....//hone.yaml", "//etc/passwd", "/etc/passwd",
      "/hone.yaml", "/.hone/runs.sqlite", "/hone.lock", "/runs/../hone.yaml", "/runs/1/../../x",
      "/runs/1.json/../../hone.yaml", "/style.css/..", "/style.css%00.html", "/runs/01",
      "/runs/1/", "/runs/1/examples/", "/runs/0/examples", "/runs/-1", "/runs/1e0",
      "/runs/99999999999999999999", "/runs/\u{661}",
      "file:///etc/passwd", "http://evil.example/", "*", "", "/compare/", "/%72uns/1",
    ])
  func traversal(target: String) async throws {
    let scene = try Scene()
    let answer = await scene.ask(target)
    #expect(answer.status == .notFound)
    let text = try await answer.text()
    #expect(text.contains("There is no such page"))
    #expect(!text.contains("behavior:") && !text.contains("root:"))
  }

  @Test("A stream of events has no length, for HEAD either; nothing has none")
  func lengths() async throws {
    let scene = try Scene()
    for method in [HTTPRequest.Method.get, .head] {
      #expect(await scene.ask("/runs/1/events", method: method).headers[.contentLength] == nil)
      #expect(await scene.ask("/favicon.ico", method: method).headers[.contentLength] == nil)
    }
  }

  @Test("No page has a style or a script within", arguments: pages + ["/nothing"])
  func nothingInline(path: String) async throws {
    let scene = try Scene()
    let text = try await scene.text(path)
    #expect(!text.contains("<style"))
    // Data that a script reads is no script.
    let scripts = text.replacing("<script type=\"application/json\"", with: "")
    #expect(scripts.ranges(of: "<script").count == 1)
    #expect(scripts.contains("<script src=\"/page.js\" defer></script>"))
    #expect(!text.contains(" style=\""))
    #expect(text.firstMatch(of: #/<[^>]* on[a-z]+="/#) == nil)
  }
}
