import Foundation
import Reports
import Testing
import Tuning

@Suite("The page of a run")
struct RunPageTests {
  @Test("One recorded run, folded into all of its forms")
  func snapshots() throws {
    let report = try RecordedRun.report()
    try expectReport(RunPage(report).html(), "run.html")
    try expectReport(report.json(), "run.json")
    try expectReport(RunMarkdown(report).text, "run.md")
    try expectReport(RunJUnit(report).text, "run.xml")
  }

  @Test("Ids are unique, and links within the page lead somewhere")
  func links() throws {
    let page = RunPage(try RecordedRun.report()).html()
    let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
    #expect(ids.count > 20)
    #expect(Set(ids).count == ids.count)
    let targets = page.matches(of: /href="#([^"]*)"/).map { String($0.output.1) }
    #expect(targets.count > 15)
    for target in targets { #expect(ids.contains(target), "nothing is called \(target)") }
  }

  @Test("Every picture has a name, a description and a table behind it")
  func pictures() throws {
    let page = RunPage(try RecordedRun.report()).html()
    let pictures = page.matches(of: /<svg[^>]*>/).map { String($0.output) }
    #expect(pictures.count > 8)
    for picture in pictures {
      #expect(picture.contains("role=\"img\"") || picture.contains("aria-hidden"))
    }
    let figures = page.components(separatedBy: "<figure>").dropFirst()
    #expect(figures.count >= 7)
    for figure in figures { #expect(figure.contains("as a table</summary>")) }
  }

  @Test("A file needs nothing beside it; a served page links its parts and nothing stands inline")
  func parts() throws {
    let report = try RecordedRun.report()
    let file = RunPage(report).html()
    #expect(!file.contains(" src="))
    #expect(file.matches(of: /(href|url\()="?https?:/).isEmpty)
    #expect(file.contains(PageParts.script))
    let served = RunPage(
      report,
      live: LivePage(
        style: "/style.css", script: "/page.js", events: "/runs/1/events",
        links: [("All runs", "/")])
    ).html()
    #expect(!served.contains("<style>"))
    #expect(!served.contains("style=\""))
    #expect(served.matches(of: /<script>/).isEmpty)
    #expect(
      served.contains("data-events=\"&#x2F;runs&#x2F;1&#x2F;events\"")
        || served.contains("data-events=\"/runs/1/events\""))
  }

  @Test("A run that is at work, interrupted, or has only begun has a page too")
  func unfinished() throws {
    let events = try RecordedRun.events()
    for count in 0...events.count {
      for isAtWork in [false, true] {
        let report = RunReport(
          number: 2, isClosed: false, events: Array(events.prefix(count)),
          context: RunReport.Context(
            suite: try RecordedRun.suite(), folder: RecordedRun.folder, isAtWork: isAtWork))
        let page = RunPage(report).html()
        #expect(page.hasSuffix("</html>\n"))
        let isOver = events.prefix(count).contains { $0.event.isEnd }
        if !isOver { #expect(page.contains(isAtWork ? "At work" : "Interrupted")) }
        _ = RunMarkdown(report).text
        _ = RunJUnit(report).text
        _ = try report.json()
      }
    }
  }

  @Test("Without its suite a run is shown but for the texts")
  func withoutSuite() throws {
    let report = RunReport(
      number: 1, isClosed: true, events: try RecordedRun.events(),
      context: RunReport.Context(suite: nil, folder: RecordedRun.folder))
    let page = RunPage(report).html()
    #expect(page.contains("The suite cannot be read"))
    #expect(report.behaviors.map(\.passes) == (try RecordedRun.report()).behaviors.map(\.passes))
  }
}

extension RunEvent {
  fileprivate var isEnd: Bool { if case .finished = self { true } else { false } }
}
