public import Foundation
import HTTPTypes
public import Hummingbird
import NIOCore
import Reports
import RunStorage
import Suites
import Synchronization
import Tuning

/// The runs of a suite as pages: a function from requests to responses.
///
/// Reads the archive and the suite's files, also while a run writes there; changes nothing. No path
/// leads to a file, and no example is shown whose role is not `train` or `dev`.
public final class Dashboard: Sendable {
  let workspace: SuiteWorkspace
  let watcher: ArchiveWatcher
  private let gate: Gate
  private let templates: Templates
  private let folded = FoldedRuns()
  private let suite: SuiteReader
  private let cache = PageCache()
  private let style: (text: String, tag: String)
  private let script: (text: String, tag: String)
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
    suite = SuiteReader(workspace)
    gate = Gate(token: token, checksHost: isLocal)
    templates = try Templates()
    self.port = Mutex(port)
    let style = PageParts.style + String(decoding: PackageResources.dashboard_css, as: UTF8.self)
    let script = PageParts.script + String(decoding: PackageResources.dashboard_js, as: UTF8.self)
    self.style = (style, Answer.tag(of: style))
    self.script = (script, Answer.tag(of: script))
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

  // MARK: - Answering

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
      return Answer(
        status: .seeOther, type: "text/plain; charset=utf-8", body: ResponseBody(),
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
      var answer = Answer.page(
        layout.message("This can only be read", ["The dashboard answers GET and HEAD."]),
        status: .methodNotAllowed)
      answer.fields[.allow] = "GET, HEAD"
      return answer
    }
    return try await self.answer(route, query, request)
  }

  /// Says what is missing, and nothing else.
  private func refusal(path: String, wasGiven: Bool) -> Answer {
    var answer = Answer.page(
      layout.message(
        wasGiven ? "This is not the token" : "A token is needed",
        [
          "Add ?token=… to the address once, with the token that the dashboard was started with, or "
            + "send it as Authorization: Bearer."
        ], link: Route(path: path) == nil ? nil : ("Try again", path)), status: .unauthorized)
    answer.fields[.wwwAuthenticate] = "Bearer"
    return answer
  }

  private func answer(_ route: Route, _ query: Query, _ request: Request) async throws -> Answer {
    switch route {
    case .style:
      return Answer(
        type: "text/css; charset=utf-8",
        body: ResponseBody(byteBuffer: ByteBuffer(string: style.text)), tag: style.tag)
    case .script:
      return Answer(
        type: "text/javascript; charset=utf-8",
        body: ResponseBody(byteBuffer: ByteBuffer(string: script.text)), tag: script.tag)
    case .icon:
      return Answer(status: .noContent, type: "image/x-icon", body: ResponseBody())
    case .list:
      let (snapshot, runs, texts) = try await everything()
      return .page(
        ListPage(runs: runs, snapshot: snapshot, texts: texts, folder: folderName).html(layout))
    case .compare:
      let (_, runs, texts) = try await everything()
      let page = ComparePage(
        choices: MeasuredCheckpoint.all(in: runs), texts: texts, query: query)
      return .page(page.html(layout))
    case .examples:
      let (_, runs, texts) = try await everything()
      return .page(
        ExamplesPage(runs: runs, texts: texts, query: query, folder: folderName).html(layout))
    case .run(let number):
      return try await page(of: number, .html)
    case .data(let number):
      return try await page(of: number, .json)
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
        return Answer(status: .noContent, type: "text/event-stream", body: ResponseBody())
      }
      return news(NewsFeed(run: number, after: max(0, after ?? 0)), request)
    }
  }

  private func news(_ feed: NewsFeed, _ request: Request) -> Answer {
    let stream = NewsStream(watcher: watcher)
    return Answer(
      type: "text/event-stream",
      body: ResponseBody { writer in
        try await request.body.consumeWithCancellationOnInboundClose { _ in
          try await stream.run(feed) { try await writer.write($0) }
        }
        try await writer.finish(nil)
      })
  }

  // MARK: - What pages need

  private var layout: Layout { Layout(templates: templates, suite: suiteName) }

  private var suiteName: String { workspace.folder.lastPathComponent }

  private var folderName: String { workspace.folder.path }

  /// The runs so far and the suite as it is.
  ///
  /// - Throws: `BrokenArchive`.
  private func everything() async throws -> (Snapshot, [FoldedRun], SuiteTexts) {
    let snapshot = await watcher.snapshot()
    if case .broken(let reason) = snapshot.archive { throw BrokenArchive(description: reason) }
    let store = await watcher.archive()
    let runs: [FoldedRun]
    if let store { runs = try await folded.runs(at: snapshot, of: store) } else { runs = [] }
    return (snapshot, runs, try await suite.current())
  }

  private func noRun(_ number: Int) -> Answer {
    .page(
      layout.message("There is no run \(number)", ["The archive of this suite has none."]),
      status: .notFound)
  }

  private func page(of number: Int, _ kind: PageCache.Kind) async throws -> Answer {
    let snapshot = await watcher.snapshot()
    if case .broken(let reason) = snapshot.archive { throw BrokenArchive(description: reason) }
    guard let standing = snapshot.standing(of: number), let store = await watcher.archive() else {
      return noRun(number)
    }
    let texts = try await suite.current()
    let isLive = snapshot.liveRun == number
    let key = PageCache.Key(
      run: number, kind: kind, generation: snapshot.generation, sequence: standing.sequence,
      isClosed: standing.isClosed, isLive: isLive, texts: texts.version)
    let bytes = try await cache.bytes(key) { [folder = workspace.folder] in
      var context = RunReport.Context(
        suite: texts.suite, folder: folder, certificate: texts.certificate, isAtWork: isLive)
      context.revealed = try texts.suite.map(store.revealed) ?? []
      let events = try store.events(of: number)
      context.base = try store.earlierBase(of: number, events)
      let report = RunReport(
        number: number, isClosed: standing.isClosed, events: events, context: context)
      if kind == .json { return ByteBuffer(string: try report.json()) }
      let live = LivePage(
        style: "/style.css", script: "/page.js",
        events: standing.isClosed ? "" : "/runs/\(number)/events?after=\(standing.sequence)",
        links: Layout.links)
      return ByteBuffer(string: RunPage(report, live: live).html())
    }
    return kind == .html ? .page(bytes) : .json(bytes)
  }
}

/// An archive that cannot be read, in the words of a run.
struct BrokenArchive: Error, CustomStringConvertible {
  var description: String
}
