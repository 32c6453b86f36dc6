public import Foundation
import HTTPTypes
public import Hummingbird
import NIOCore
import Reports
import RunStorage
import Suites
package import Synchronization
import Tuning

/// The runs of a suite as pages: a function from requests to responses.
///
/// Reads the archive and the suite's files, also while a run writes there; changes nothing. No path
/// leads to a file, and no example is shown whose role is not `train` or `dev`.
public final class Dashboard: Sendable {
  let workspace: SuiteWorkspace
  let watcher: ArchiveWatcher
  private let gate: Gate
  let templates: Templates
  let folded = FoldedRuns()
  let read = ReadEvents()
  let suite: SuiteReader
  let cache: PageCache
  let style: Document
  let script: Document
  private let port: Mutex<Int?>

  /// - Parameters:
  ///   - folder: The suite's.
  ///   - port: On which it is served; nil where that is not known yet.
  ///   - isLocal: Whether it is served on the loopback interface.
  ///   - token: Opens it; nil lets in whoever is on this machine.
  ///   - pause: Between two looks at the archive while somebody watches.
  public init(
    folder: URL, port: Int?, isLocal: Bool, token: AccessToken? = nil,
    pause: Duration = .milliseconds(500)
  ) throws {
    precondition(isLocal || token != nil, "from other machines a token is needed")
    workspace = SuiteWorkspace(folder: folder)
    watcher = ArchiveWatcher(workspace, pause: pause)
    cache = PageCache(margin: pause / 8)
    suite = SuiteReader(workspace)
    gate = Gate(token: token, checksHost: isLocal)
    templates = try Templates()
    self.port = Mutex(port)
    let style = PageParts.style + String(decoding: PackageResources.dashboard_css, as: UTF8.self)
    let script = PageParts.script + String(decoding: PackageResources.dashboard_js, as: UTF8.self)
    self.style = Document(style, type: "text/css; charset=utf-8")
    self.script = Document(script, type: "text/javascript; charset=utf-8")
  }

  /// Takes the port that the system chose.
  func isServed(on port: Int) {
    self.port.withLock { $0 = port }
  }

  /// Keeps those who watch up to date, until it is cancelled.
  func watch() async { await watcher.run() }

  /// How many streams of events are open.
  package var watching: Int {
    get async { await watcher.listenerCount }
  }

  /// Whether a run was at work, or a test, when the archive was looked at last.
  var isRunAtWork: Bool { watcher.isHeld.load(ordering: .relaxed) }

  /// How often a request was answered with what is kept, where it was read.
  package let sentAtOnce = Atomic(0)

  /// How often a list of runs, a run's page or its data was made.
  package var documentsMade: Int { cache.made }

  // MARK: - Answering

  /// What a request is for, where it is kept and who asks may see it; nil where it takes more to answer.
  func kept(_ asked: Gate.Asked) -> Document? {
    guard let route = Route(path: asked.path) else { return nil }
    var asked = asked
    asked.port = port.withLock { $0 }
    return gate.decide(asked) == .open ? fresh(route) : nil
  }

  /// Answers a request; whatever goes wrong becomes a page that says so.
  public func answer(_ request: Request) async -> Response {
    let answer: Answer
    do {
      answer = try await self.answer(to: request)
    } catch {
      answer = .page(
        layout.message("This cannot be shown", "\(error)".split(separator: "\n").map(String.init)),
        status: .internalServerError)
    }
    return answer.response(to: request)
  }

  private func answer(to request: Request) async throws -> Answer {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts[0])
    let query = Query(parts.count > 1 ? String(parts[1]) : "")
    let asked = Gate.Asked(
      path: path, query: query, host: request.head.authority,
      authorization: request.headers[.authorization],
      cookies: request.headers[values: .cookie].joined(separator: ";"),
      port: port.withLock { $0 })
    switch gate.decide(asked) {
    case .open: break
    case .signIn(let cookie, let location):
      return .empty(
        .seeOther, type: "text/plain; charset=utf-8",
        fields: [.location: location, .setCookie: cookie])
    case .strangeHost:
      return .page(
        layout.message(
          "Not under this name",
          ["This dashboard is for this machine. Open it as http://localhost, with its port."],
          link: nil), status: .misdirectedRequest)
    case .tokenNeeded(let wasGiven):
      return refusal(path: path, wasGiven: wasGiven)
    }
    guard let route = Route(path: path) else {
      return .page(
        layout.message("There is no such page", ["The address leads to nothing here."]),
        status: .notFound)
    }
    guard request.method == .get || request.method == .head else {
      return .page(
        layout.message("This can only be read", ["The dashboard answers GET and HEAD."]),
        status: .methodNotAllowed, fields: [.allow: "GET, HEAD"])
    }
    return try await self.answer(route, query, request)
  }

  /// Says what is missing, and nothing else.
  private func refusal(path: String, wasGiven: Bool) -> Answer {
    .page(
      layout.message(
        wasGiven ? "This is not the token" : "A token is needed",
        [
          "Add ?token=… to the address once, with the token that the dashboard was started with, or "
            + "send it as Authorization: Bearer."
        ], link: Route(path: path) == nil ? nil : ("Try again", path)),
      status: .unauthorized, fields: [.wwwAuthenticate: "Bearer"])
  }

  private func answer(_ route: Route, _ query: Query, _ request: Request) async throws -> Answer {
    switch route {
    case .icon: return .empty(.noContent, type: "image/x-icon")
    case .style, .script, .list, .run, .data, .exampleData:
      return try await document(route)
    case .compare:
      let (runs, texts) = try await everything()
      return try await once {
        ComparePage(choices: MeasuredCheckpoint.all(in: runs), texts: texts, query: query)
          .html($0)
      }
    case .examples:
      let (runs, texts) = try await everything()
      return try await once { [folderName] in
        ExamplesPage(runs: runs, texts: texts, query: query, folder: folderName).html($0)
      }
    case .listEvents:
      return news(NewsFeed(listAt: query["seen"]), request)
    case .events(let number):
      guard let standing = await watcher.snapshot().standing(of: number) else {
        return noRun(number)
      }
      // A browser that comes back says where it was, and keeps the address that it came by first.
      let after = (request.headers[.lastEventID] ?? query["after"]).flatMap { Int($0) }
      if standing.isClosed, let after, after >= standing.sequence {
        // Tells a browser not to come back.
        return .empty(.noContent, type: "text/event-stream")
      }
      return news(NewsFeed(run: number, after: max(0, after ?? 0)), request)
    }
  }

  /// A page for one request.
  private func once(
    _ html: @escaping @Sendable (Layout) -> String
  ) async throws -> Answer {
    // A search goes through all examples.
    .page(try await Background.run { [layout] in html(layout) })
  }

  private func news(_ feed: NewsFeed, _ request: Request) -> Answer {
    let stream = NewsStream(watcher: watcher)
    let body = ResponseBody { writer in
      try await request.body.consumeWithCancellationOnInboundClose { _ in
        try await stream.run(feed) { try await writer.write($0) }
      }
      try await writer.finish(nil)
    }
    return .once(status: .ok, type: "text/event-stream", body: body, fields: [:])
  }
}
