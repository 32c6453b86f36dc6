import Foundation
import HTTPTypes
import Reports
import RunStorage
import Suites
import Tuning

/// What pages are made of, and how those that are sent often are made.
extension Dashboard {
  var layout: Layout { Layout(templates: templates, suite: suiteName) }

  private var suiteName: String { workspace.folder.lastPathComponent }

  var folderName: String { workspace.folder.path }

  /// The runs so far and the suite as it is.
  ///
  /// - Throws: `BrokenArchive`.
  func everything() async throws -> ([FoldedRun], SuiteTexts) {
    let snapshot = await watcher.snapshot()
    try snapshot.check()
    return (try await runs(at: snapshot), try await suite.current())
  }

  private func runs(at snapshot: Snapshot) async throws -> [FoldedRun] {
    guard let store = await watcher.archive() else { return [] }
    return try await folded.runs(at: snapshot, of: store)
  }

  func noRun(_ number: Int) -> Answer {
    .page(
      layout.message("There is no run \(number)", ["The archive of this suite has none."]),
      status: .notFound)
  }

  // MARK: - What is made once and sent often

  /// The list of runs, a run's page, its examples or its data: made anew where what it shows has changed.
  func document(_ route: Route) async throws -> Answer {
    if let document = fresh(route) { return .document(document) }
    return try await document(route, at: await watcher.look())
  }

  /// A document that need not be looked after now, as a fixed part never need be.
  ///
  /// Where it soon must be, that begins here: who asks next finds it done.
  func fresh(_ route: Route) -> Document? {
    switch route {
    case .style: return style
    case .script: return script
    default: break
    }
    guard let (document, endsSoon) = cache.fresh(route, changes: watcher.changes) else {
      return nil
    }
    if endsSoon {
      Task { _ = try await self.document(route, at: await watcher.look(lasting: cache.margin)) }
    }
    return document
  }

  private func document(_ route: Route, at look: ArchiveWatcher.Look) async throws -> Answer {
    let snapshot = look.snapshot
    try snapshot.check()
    let standing = route.run.flatMap { snapshot.standing(of: $0) }
    if let number = route.run, standing == nil { return noRun(number) }
    let texts = try await suite.current()
    let shown = standing.map { [$0] } ?? snapshot.standings
    let key = PageCache.Key(
      route: route, generation: snapshot.generation, standings: shown,
      liveRun: shown.map(\.number).first { $0 == snapshot.liveRun }, texts: texts.version)
    return .document(
      try await cache.document(key, at: look) { [self] in
        if let standing {
          return try await report(route, standing, snapshot, texts)
        }
        let runs = try await runs(at: snapshot)
        let list = ListPage(runs: runs, snapshot: snapshot, texts: texts, folder: folderName)
        return .page(list.html(layout))
      })
  }

  /// A run's page, its examples, or its data.
  private func report(
    _ route: Route, _ standing: RunStore.Standing, _ snapshot: Snapshot, _ texts: SuiteTexts
  ) async throws -> Document {
    let store = await watcher.archive()
    return try await Background.run { [folder = workspace.folder, read] in
      // No further than the page says that it goes: what follows it is told by its events.
      let events = try store.map {
        try read.events(of: standing, generation: snapshot.generation, from: $0)
      }
      var context = RunReport.Context(
        suite: texts.suite, folder: folder, certificate: texts.certificate,
        isAtWork: snapshot.liveRun == standing.number)
      context.ledger = texts.ledger
      if let store, let events {
        context.revealed = try texts.suite.map(store.revealed) ?? []
        context.base = try store.earlierBase(of: standing.number, events)
      }
      let report = RunReport(
        number: standing.number, isClosed: standing.isClosed, events: events ?? [], context: context
      )
      switch route {
      case .data: return Document(try report.json(), type: "application/json")
      case .exampleData: return Document(RunPage(report).examples(), type: "application/json")
      default: break
      }
      let path = Route.path(run: standing.number)
      let live = LivePage(
        style: "/style.css", script: "/page.js",
        examples: Route.path(examplesOf: standing.number),
        events: standing.isClosed ? "" : "\(path)/events?after=\(standing.sequence)",
        links: Layout.links)
      return .page(RunPage(report, live: live).html())
    }
  }
}
