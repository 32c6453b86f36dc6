import Foundation
import HoneCommands
import Suites
import Testing
import Tuning

/// What a regression test prints, with texts and labels that are out to do harm.
@Suite("Regression tests in words")
struct TestReportTests {
  /// Markup of XML, HTML and Markdown, a mention, what XML 1.0 forbids, what terminals obey.
  static let hostile =
    " ]]></failure><script>&amp;'\" | `` **b** @all [x](http://e) #1 \u{1B}[31m \u{0} \u{FFFE} \u{202E}\n# h"

  static let names = ["calm", "hos|tile `<b>` \u{7}", "small", "worse"]

  static let suite: DealtSuite? = {
    func examples(_ name: String, _ count: Int, _ text: String = "") -> [Example] {
      (0..<count).map {
        Example(
          input: "\(name) \($0)\(text)", expected: "label\(text)", declaredRoles: [.gate])
      }
    }
    let counts = [70, 100, 20, 90]
    return try? deal(
      Suite(
        folder: URL(fileURLWithPath: "/suites/my <suite>"),
        behaviors: names.indices.map { index in
          Behavior(
            name: names[index], requires: "", target: 0.8,
            examples: examples(names[index], counts[index], index == 1 ? hostile : ""),
            location: SourceLocation(file: "behaviors/\(index).yaml", line: 1, column: 1))
        }), lock: nil
    ).0
  }()

  /// The first `wrong[i]` texts of behavior i are answered wrongly.
  static func replay(_ suite: DealtSuite, wrong: [Int], checkpoint: String) -> Replay {
    var behaviors: [BehaviorReplay] = []
    for (behavior, count) in zip(suite.suite.behaviors, wrong) {
      let failed = behavior.examples.prefix(count).map {
        Failure(
          example: $0.id, expected: $0.expected, reply: "wrong " + $0.expected.named,
          probability: 0.5)
      }
      behaviors.append(
        BehaviorReplay(
          behavior: behavior.name, asked: Set(behavior.examples.map(\.id)),
          failures: Dictionary(uniqueKeysWithValues: failed.map { ($0.example, $0) })))
    }
    return Replay(
      model: TestedModel(base: "base", checkpoint: checkpoint, engine: "engine"),
      behaviors: behaviors)
  }

  static func report() throws -> TestReport {
    let suite = try #require(suite)
    var baseline = Baseline(
      replay(suite, wrong: [1, 4, 0, 2], checkpoint: "one"), suite: suite, ledger: Ledger())
    baseline.behaviors.removeAll { $0.name == "small" }
    let comparison = Comparison(
      baseline, with: replay(suite, wrong: [1, 7, 3, 14], checkpoint: "two"), on: suite)
    return TestReport(comparison, of: suite, duration: .milliseconds(1234))
  }

  @Test("Ties are told in every form, and an attempt closes what is printed")
  func tiesAndAttempt() throws {
    let suite = try #require(Self.suite)
    let baseline = Baseline(
      Self.replay(suite, wrong: [0, 0, 0, 0], checkpoint: "one"), suite: suite, ledger: Ledger())
    var replay = Self.replay(suite, wrong: [0, 0, 0, 2], checkpoint: "two")
    let id = try #require(suite.suite.behaviors[3].examples.first?.id)
    replay.behaviors[3].ties = [id: 2e-5]
    let claim = AttemptClaim(
      behavior: "worse", target: 0.8, units: 90, missing: 0, maximumFailures: 9, level: 0.0304,
      index: 1)
    func report(_ passed: Bool?, isReplayed: Bool = false) -> TestReport {
      TestReport(
        Comparison(baseline, with: replay, on: suite), of: suite,
        certification: Certification(
          attempt: 1, checkpoint: "two", passed: passed, isReplayed: isReplayed, claims: [claim]),
        duration: .zero)
    }
    let terminal = Terminal(isInteractive: false, usesColor: false, usesUnicode: true, width: 100)
    let text = TestText(report(true), terminal).lines.joined(separator: "\n")
    #expect(text.contains("is expected (numerical tie)\n"))
    #expect(text.contains("Among the flips: 1 numerical tie, margin below 0.0001;"))
    #expect(text.contains("\nCertified by attempt 1: every behavior passes"))
    let markdown = MarkdownReport(report(false)).text
    #expect(markdown.contains("(numerical tie): "))
    #expect(markdown.contains("Not shown by attempt 1. That is all that leaves an attempt;"))
    let junit = JUnitReport(report(nil)).text
    #expect(junit.contains("(numerical tie): worse"))
    #expect(junit.contains("<skipped message=\"Not attempted, and nothing spent"))
    let json = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(report(false, isReplayed: true)))
    let object = try #require(json as? [String: Any])
    #expect(object["exitStatus"] as? Int == 3)
    let certification = try #require(object["certification"] as? [String: Any])
    #expect(certification["passed"] as? Bool == false)
    let behaviors = try #require(object["behaviors"] as? [[String: Any]])
    let flips = try #require(behaviors[3]["flips"] as? [[String: Any]])
    #expect(flips.compactMap { $0["margin"] as? Double } == [2e-5])
    #expect(flips.count { $0["isTie"] as? Bool == true } == 1)
  }

  @Test("A behavior that is gone stays a case of its own, skipped")
  func gone() throws {
    let suite = try #require(Self.suite)
    var baseline = Baseline(
      Self.replay(suite, wrong: [0, 0, 0, 0], checkpoint: "one"), suite: suite, ledger: Ledger())
    var old = try #require(baseline.behaviors.last)
    old.name = "vanished"
    baseline.behaviors.append(old)
    let comparison = Comparison(
      baseline, with: Self.replay(suite, wrong: [0, 0, 0, 0], checkpoint: "one"), on: suite)
    let junit = JUnitReport(TestReport(comparison, of: suite, duration: .zero)).text
    #expect(junit.contains("name=\"vanished\""))
    #expect(junit.contains("<skipped message=\"gone: the baseline in hone.lock has this behavior"))
  }

  @Test("At a terminal")
  func text() throws {
    let terminal = Terminal(isInteractive: false, usesColor: false, usesUnicode: true, width: 100)
    let text = TestText(try Self.report(), terminal).lines.joined(separator: "\n") + "\n"
    try expectSnapshot(text, "test-text")
    #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
  }

  @Test("As Markdown")
  func markdown() throws {
    let text = MarkdownReport(try Self.report()).text
    try expectSnapshot(text, "test-markdown")
    #expect(!text.contains("\n# h"))
    let row = text.split(separator: "\n").first { $0.contains("tile") && $0.hasPrefix("| ") }
    #expect(row?.count { $0 == "|" } == 9)
  }

  @Test("As JUnit XML: well-formed, regressed failed, undecided and new skipped")
  func junit() throws {
    let text = JUnitReport(try Self.report()).text
    try expectSnapshot(text, "test-junit")
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(text.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\""))
  }
}
