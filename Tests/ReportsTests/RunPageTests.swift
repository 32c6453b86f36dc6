import Charts
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

  /// The recorded run, studied as if its failures of `other` had been in two groups.
  private static func grouped() throws -> (report: RunReport, groups: [[String]]) {
    let events = try RecordedRun.events()
    let champion = try #require(RunSummary(events).champion?[behavior: "other"])
    let ids = champion.failures.map(\.example)
    #expect(ids.count >= 3)
    let groups = [Array(ids.dropFirst()), Array(ids.prefix(1))]
    let studied = events.map { stamped in
      guard case .studied(var study) = stamped.event else { return stamped }
      study.groups = groups.map {
        FailureGroup(
          behavior: "other", words: ["<b>pills"], count: $0.count, examples: $0, inputs: ["x"],
          neighbors: [], similarity: 1)
      }
      return StampedEvent(
        sequence: stamped.sequence, time: stamped.time, event: .studied(study))
    }
    let report = RunReport(
      number: 1, isClosed: true, events: studied,
      context: RunReport.Context(suite: try RecordedRun.suite(), folder: RecordedRun.folder))
    return (report, groups)
  }

  /// What links and cells of a page choose, as a place in its data, and the rows there.
  private static func data(
    of page: String
  ) throws -> (links: [(kind: String, place: Int)], rows: [[Any]], json: [String: Any]) {
    let match = try #require(
      page.firstMatch(of: /<script type="application\/json" id="examples-data">(.*?)<\/script>/))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(match.output.1.utf8)) as? [String: Any])
    let names = [
      "behavior": try #require(json["behaviors"] as? [String]),
      "group": try #require(json["groups"] as? [String]),
      "pair": try #require(json["pairs"] as? [[String]]).map { $0.joined(separator: " → ") },
    ]
    let links = page.matches(of: /data-examples="([a-z]+)" data-value="([^"]+)"/).map { match in
      let name = match.output.2.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      let kind = String(match.output.1)
      return (kind: kind, place: names[kind]?.firstIndex(of: String(name)) ?? -1)
    }
    return (links, try #require(json["rows"] as? [[Any]]), json)
  }

  @Test("A group leads to exactly its failing examples; where a run did not note them, to none")
  func groups() throws {
    let (report, groups) = try Self.grouped()
    let page = RunPage(report).html()
    let (links, rows, json) = try Self.data(of: page)
    #expect(links.filter { $0.kind == "group" }.map(\.place) == [0, 1])
    for (place, ids) in groups.enumerated() {
      let inputs = Set(report.examples.filter { ids.contains($0.example) }.compactMap(\.input))
      let found = rows.filter { $0.count == 7 && $0[6] as? Int == place }
      #expect(found.count == ids.count)
      #expect(Set(found.compactMap { $0[1] as? String }) == inputs)
    }
    #expect(rows.count { $0.count == 7 } == groups.joined().count)
    let titles = try #require(json["groups"] as? [String])
    #expect(titles[0] == "1. other: \(groups[0].count) failures with “<b>pills”")
    #expect(!page.contains("<b>pills"))

    // A recording from before has its groups without a link.
    let old = RunReport(
      number: 1, isClosed: true,
      events: try RecordedRun.events().map { stamped in
        guard case .studied(var study) = stamped.event else { return stamped }
        study.groups = [
          FailureGroup(
            behavior: "refill", words: [], count: 3, inputs: ["x"], neighbors: [], similarity: 1)
        ]
        return StampedEvent(
          sequence: stamped.sequence, time: stamped.time, event: .studied(study))
      },
      context: RunReport.Context(suite: try RecordedRun.suite(), folder: RecordedRun.folder))
    let before = RunPage(old).html()
    #expect(before.contains("1. refill: 3 failures"))
    #expect(try Self.data(of: before).links.allSatisfy { $0.kind != "group" })
  }

  @Test("A pair of labels, in the list and in the matrix, leads to exactly its failing examples")
  func pairs() throws {
    let report = try RecordedRun.report()
    let confused = try #require(report.confusion).confused
    #expect(!confused.isEmpty)
    let (links, rows, json) = try Self.data(of: RunPage(report).html())
    let pairs = try #require(json["pairs"] as? [[String]])
    let states = try #require(json["states"] as? [[String]]).map { $0[0] }
    for pair in confused {
      let place = try #require(pairs.firstIndex(of: [pair.expected, pair.reply]))
      // Once in the list, once in the picture.
      #expect(links.count { $0.kind == "pair" && $0.place == place } == 2)
      let found = rows.filter { $0[4] as? Int == place }
      #expect(found.count == pair.count)
      #expect(
        found.allSatisfy { ["fails", "lost"].contains(states[$0[5] as? Int ?? 0]) })
    }
    #expect(links.count { $0.kind == "pair" } == 2 * confused.count)
    let behaviors = try #require(json["behaviors"] as? [String])
    for link in links where link.kind == "behavior" {
      let name = try #require(behaviors.indices.contains(link.place) ? behaviors[link.place] : nil)
      let row = try #require(report.behaviors.first { $0.behavior == name })
      #expect(row.passes < row.trials)
    }
    // Files of pictures have nothing for a script.
    #expect(report.figures.allSatisfy { !$0.svg(.paper).contains("data-") })
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
        style: "/style.css", script: "/page.js", examples: "/runs/1/examples",
        events: "/runs/1/events", links: [("All runs", "/")])
    ).html()
    // Its examples come when somebody wants them.
    #expect(served.contains(#/id="examples-data" data-from="[^"]+runs[^"]+examples"><\/script>/#))
    #expect(file.contains("id=\"examples-data\">" + RunPage(report).examples() + "</script>"))
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
