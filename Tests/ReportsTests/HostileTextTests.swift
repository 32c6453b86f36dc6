import Foundation
import Reports
import Suites
import Testing
import Tuning

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Texts that a model or a stranger wrote, in every place where a report shows one.
@Suite("Hostile texts in reports")
struct HostileTextTests {
  static let texts = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</script><script>alert(2)//",
    "{{{version}}} {{#next}}", "`code` | bar [link](http://evil.example) @everyone <!-- -->",
    "safe\u{202E}gnp.exe", "\u{1B}[31mred\u{1B}]0;title\u{07}", "nul\u{0}byte", "]]>&amp;<b>",
    "a\u{2028}b\u{2029}c", "'; DROP TABLE runs; --",
  ]

  /// Each text is the name of a behavior, a label, an input and a reply.
  static func report(_ text: String) -> RunReport {
    let names = [text, "other"]
    let behaviors = names.map { name in
      Behavior(
        name: name, requires: "needs \(text)", target: 0.8,
        examples: (0..<40).map {
          Example(input: "\(name == text ? text : "plain") \($0)", expected: name)
        }, location: SourceLocation(file: "\(text).yaml"))
    }
    let suite = Suite(
      folder: RecordedRun.folder, population: text, behaviors: behaviors)
    let roles = Dictionary(
      uniqueKeysWithValues: suite.clusters.enumerated().map {
        ($1.id, [Role.train, .dev, .gate, .sealed][$0 % 4])
      })
    let dealt = DealtSuite(suite: suite, roles: roles)
    let base = Checkpoint(id: "b0", rung: nil)
    let tuned = Checkpoint(id: "c0", rung: .head)
    let worse = Checkpoint(id: "d0", rung: .head)
    func measured(_ checkpoint: Checkpoint, failing: Int) -> RunEvent {
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: suite.behaviors.map { behavior in
            let units = dealt.representatives(of: behavior, in: .dev)
            return BehaviorMeasurement(
              behavior: behavior.name, trials: units.count,
              failures: units.prefix(failing).map {
                Failure(
                  example: $0.id, expected: $0.expected, reply: "reply \(text)", probability: 0.9)
              })
          }))
    }
    let events: [RunEvent] = [
      .started(
        RunHeader(
          suite: suite.contentHash, model: ModelIdentity("m"), base: base, seed: 7,
          settings: LoopSettings(
            behaviors: suite.behaviors.map {
              LoopBehavior(
                name: $0.name, target: 0.8, hope: 0.95, trainUnits: 10, devUnits: 10,
                sealed: SealedPool(units: 60, budget: 0.05))
            }, confidence: 0.95), setAsideRows: 0, repeatedRows: 0, notes: ["note \(text)"])),
      measured(base, failing: 5),
      .proposed(TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "why \(text)")),
      .tuned(TunedCheckpoint(checkpoint: tuned, l2: 0.01, trainingLoss: 0.5, iterations: 3)),
      measured(tuned, failing: 2),
      .accepted(
        Decision(
          round: 1, checkpoint: tuned, reason: .betterChance, championChance: 0.1,
          candidateChance: 0.4, flips: [Decision.Flips(behavior: text, gained: 3, lost: 0)])),
      .proposed(TuningPlan(round: 2, rung: .head, l2: nil, focus: [:], reason: "again")),
      .tuned(TunedCheckpoint(checkpoint: worse, l2: 0.01, trainingLoss: 0.5, iterations: 3)),
      measured(worse, failing: 4),
      .rejected(
        Decision(
          round: 2, checkpoint: worse,
          reason: .guardRegressed(behavior: text, adjustedP: 0.01, against: .champion),
          championChance: 0.4, candidateChance: 0.1,
          flips: [Decision.Flips(behavior: text, gained: 0, lost: 2)],
          broken: dealt.representatives(of: suite[behavior: text]!, in: .dev).prefix(4).suffix(2)
            .map(\.id))),
      .finished(.unsatisfied(champion: tuned, reason: .rounds, violated: [text])),
    ]
    return RunReport(
      number: 1, isClosed: true,
      events: events.enumerated().map {
        StampedEvent(
          sequence: $0 + 1, time: Date(timeIntervalSince1970: Double($0)), event: $1)
      }, context: RunReport.Context(suite: dealt, folder: RecordedRun.folder))
  }

  /// Characters that command terminals, or turn the direction of what follows.
  private static func commands(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
        || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }
  }

  @Test("HTML: no text becomes markup, and characters that mislead are seen", arguments: texts)
  func html(_ text: String) throws {
    let page = RunPage(Self.report(text)).html()
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("<b>"))
    #expect(page.components(separatedBy: "</script>").count == 3)
    #expect(Self.commands(in: page).isEmpty)
    // The data of examples is JSON, and says the same as the suite.
    let match = try #require(
      page.firstMatch(of: /<script type="application\/json" id="examples-data">(.*?)<\/script>/))
    let data = try JSONSerialization.jsonObject(with: Data(match.output.1.utf8))
    let rows = try #require((data as? [String: Any])?["rows"] as? [[Any]])
    #expect(rows.count > 4)
    // A template in a text is a text.
    if text.contains("{{{version}}}") {
      #expect(page.contains("{{{version}}}") || page.contains("&#123;"))
    }
  }

  @Test("Markdown: texts are code, and no line of a table is broken", arguments: texts)
  func markdown(_ text: String) {
    let markdown = RunMarkdown(Self.report(text)).text
    #expect(Self.commands(in: markdown).isEmpty)
    let table = markdown.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(table.count >= 4)
    // Outside of code there is no markup of the text's.
    let outside = markdown.replacing(/(`+) .*? \1/, with: "")
    #expect(!outside.contains("<script"))
    #expect(!outside.contains("<img"))
    #expect(!outside.contains("http://evil"))
    #expect(!outside.contains("@everyone"))
  }

  @Test("JUnit: well-formed XML with all cases", arguments: texts)
  func junit(_ text: String) throws {
    let xml = RunJUnit(Self.report(text)).text
    let parser = XMLParser(data: Data(xml.utf8))
    let cases = CaseCounter()
    parser.delegate = cases
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(cases.count == 2)
    #expect(Self.commands(in: xml).isEmpty)
  }

  private final class CaseCounter: NSObject, XMLParserDelegate {
    var count = 0

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      if name == "testcase" { count += 1 }
    }
  }

  @Test("A megabyte of text is cut, and says so")
  func megabyte() throws {
    let report = Self.report(String(repeating: "long ", count: 200_000))
    let page = RunPage(report).html()
    #expect(page.utf8.count < 10_000_000)
    #expect(RunMarkdown(report).text.utf8.count < 1_000_000)
    // Names of cases and files stay whole there: they tell one from another.
    #expect(RunJUnit(report).text.utf8.count < 4_000_000)
    #expect(report.examples.allSatisfy { ($0.input?.count ?? 0) <= 2000 })
    #expect(report.examples.contains { ($0.inputLength ?? 0) > 1_000_000 })
  }
}
