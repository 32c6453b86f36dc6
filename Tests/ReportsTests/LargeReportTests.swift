import Foundation
import Reports
import Suites
import Testing
import Tuning

@Suite("The report of a large run")
struct LargeReportTests {
  /// 150 behaviors with 133 or 134 examples each, all on `dev`, all failed by a model that always says
  /// the same.
  ///
  /// - Parameter right: The first of each behavior that it answers rightly all the same.
  private static func report(characters: Int, right: Int = 0) -> RunReport {
    let behaviors = (0..<150).map { index in
      Behavior(
        name: "behavior \(index)", requires: "It is \(index).", target: 0.8,
        examples: (0..<(index < 50 ? 134 : 133)).map {
          Example(
            input: "\(index) \($0) " + String(repeating: "<é>", count: characters / 3),
            expected: .label("label \(index)"))
        }, location: SourceLocation(file: "behaviors/\(index).yaml"))
    }
    let suite = Suite(folder: RecordedRun.folder, behaviors: behaviors)
    let dealt = DealtSuite(
      suite: suite, roles: Dictionary(uniqueKeysWithValues: suite.clusters.map { ($0.id, .dev) }))
    let base = Checkpoint(id: "b0", rung: nil)
    let measurement = Tuning.Measurement(
      checkpoint: base,
      behaviors: suite.behaviors.map { behavior in
        BehaviorMeasurement(
          behavior: behavior.name, trials: behavior.examples.count,
          failures: behavior.examples.dropFirst(right).map {
            Failure(example: $0.id, expected: $0.expected, reply: "label 0", probability: 0.5)
          })
      })
    let events: [RunEvent] = [
      .started(
        RunHeader(
          suite: suite.contentHash, model: ModelIdentity("m"), base: base, seed: 7,
          settings: LoopSettings(
            behaviors: suite.behaviors.map {
              LoopBehavior(
                name: $0.name, target: 0.8, hope: 0.95, trainUnits: 10,
                devUnits: $0.examples.count, sealed: SealedPool(units: 60, budget: 0.05))
            }, confidence: 0.95), setAsideRows: 0, repeatedRows: 0, notes: [])),
      .measured(measurement),
    ]
    return RunReport(
      number: 1, isClosed: false,
      events: events.enumerated().map {
        StampedEvent(
          sequence: $0 + 1, time: Date(timeIntervalSince1970: Double($0)), event: $1)
      }, context: RunReport.Context(suite: dealt, folder: RecordedRun.folder))
  }

  @Test(
    "20,000 failures, however long their texts, are a page of less than 10 MB",
    arguments: [30, 60, 1800])
  func size(characters: Int) throws {
    let report = Self.report(characters: characters)
    #expect(report.examples.count == 20_000)
    let page = RunPage(report).html()
    #expect(page.utf8.count < 10_000_000)
    let match = try #require(
      page.firstMatch(of: /<script type="application\/json" id="examples-data">(.*?)<\/script>/))
    #expect(match.output.1.utf8.count < 6_500_000)
    let data = try JSONSerialization.jsonObject(with: Data(match.output.1.utf8))
    let rows = try #require((data as? [String: Any])?["rows"] as? [[Any]])
    #expect(rows.count == 20_000)
    #expect(page.contains("Texts are cut after") == (characters > 30))
  }

  @Test("What fails has room before what passes")
  func room() throws {
    let report = Self.report(characters: 900, right: 130)
    #expect(report.examples.count == 20_000)
    let page = RunPage(report).html()
    #expect(page.utf8.count < 10_000_000)
    #expect(page.contains("Texts of what passes are cut after") && !page.contains(" Texts are cut"))
    let match = try #require(
      page.firstMatch(of: /<script type="application\/json" id="examples-data">(.*?)<\/script>/))
    let data = try JSONSerialization.jsonObject(with: Data(match.output.1.utf8))
    let rows = try #require((data as? [String: Any])?["rows"] as? [[Any]])
    let failing = report.examples.count { $0.state == .fails }
    #expect(failing == 500)
    #expect(rows.prefix(failing).allSatisfy { ($0[1] as? String)?.hasSuffix("<é>") == true })
  }
}
