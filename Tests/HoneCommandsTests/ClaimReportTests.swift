import Foundation
import HoneCommands
import Statistics
import Suites
import Testing
import Tuning

/// What fresh data says, with texts and labels that are out to do harm.
@Suite("Fresh data in words")
struct ClaimReportTests {
  private static let hostile = TestReportTests.hostile

  private static let names = ["calm", "hos|tile `<b>` \u{7}", "none", "small", "worse"]

  static func report() -> ClaimReport {
    let suite = Suite(
      folder: URL(fileURLWithPath: "/suites/my <suite>"),
      behaviors: names.enumerated().map { index, name in
        Behavior(
          name: name, requires: "", target: 0.8,
          examples: [Example(input: "old \(name)", expected: name)],
          location: SourceLocation(file: "behaviors/\(index).yaml", line: 1, column: 1))
      })
    let counts = [(70, 3), (40, 22), (0, 0), (12, 1), (90, 40)]
    var units: [String: [Example]] = [:]
    var line = 1
    for (name, (count, _)) in zip(names, counts) {
      units[name] = (0..<count).map { number in
        line += 1
        var example = Example(input: "\(name) \(number)\(hostile)", expected: name)
        example.locations = [SourceLocation(file: "new \u{1B}.csv", line: line, column: 1)]
        return example
      }
    }
    let rows = FreshRows(
      file: "new \u{1B}.csv", rows: 230, units: units,
      known: [
        FreshRows.KnownRow(
          location: SourceLocation(file: "new \u{1B}.csv", line: 300, column: 1),
          isSameText: true, isRelabelled: true),
        FreshRows.KnownRow(
          location: SourceLocation(file: "new \u{1B}.csv", line: 301, column: 1),
          isSameText: false, isRelabelled: false),
      ],
      unmatched: [
        FreshRows.UnmatchedRow(
          location: SourceLocation(file: "new \u{1B}.csv", line: 302, column: 1),
          label: "| `x` \u{7}", behaviors: [])
      ],
      setAside: [
        SetAsideRow(
          location: SourceLocation(file: "new \u{1B}.csv", line: 303, column: 1),
          behavior: "new \u{1B}.csv", reason: .empty(key: "input"))
      ])
    let claims = zip(
      names, [ClaimedRate.Source.certificate, .certificate, .baseline, .suite, .suite]
    )
    .map { ClaimedRate(behavior: $0, target: 0.8, source: $1) }
    let replies = zip(claims, counts).flatMap { claim, count in
      (0..<count.0).map {
        Reply.label($0 < count.1 ? "wrong \(claim.behavior)" : claim.behavior, probability: 0.9)
      }
    }
    let check = ClaimCheck(
      claims, model: TestedModel(base: "base", checkpoint: "one", engine: "engine"),
      replies: replies, rows: rows, test: ClaimTest(margin: 0.05, alpha: 0.05))
    return ClaimReport(
      check, rows: rows, of: suite, certificate: nil, duration: .milliseconds(1234))
  }

  @Test("At a terminal")
  func text() throws {
    let terminal = Terminal(isInteractive: false, usesColor: false, usesUnicode: true, width: 100)
    let text = ClaimText(Self.report(), terminal).lines.joined(separator: "\n") + "\n"
    try expectSnapshot(text, "test-on-text")
    #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
  }

  @Test("As Markdown")
  func markdown() throws {
    let text = ClaimMarkdown(Self.report()).text
    try expectSnapshot(text, "test-on-markdown")
    #expect(!text.contains("\n# h") && !text.unicodeScalars.contains("\u{1B}"))
    let row = text.split(separator: "\n").first { $0.contains("tile") && $0.hasPrefix("| ") }
    #expect(row?.count { $0 == "|" } == 10)
  }

  @Test("As JUnit XML: well-formed, contradicted failed, undecided skipped")
  func junit() throws {
    let text = ClaimJUnit(Self.report()).text
    try expectSnapshot(text, "test-on-junit")
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(text.contains("tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"2\""))
  }
}
