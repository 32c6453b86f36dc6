import Foundation
import Statistics
import Suites
import Tuning

/// A regression test as JUnit XML: one case for each behavior.
///
/// ```
/// regressed        <failure>, with every example that was lost
/// undecided, new   <skipped>, with its reason
/// pass             nothing; flips, where there are some, in <system-out>
/// ```
/// An undecided behavior is skipped whatever `--undecided` says: that is about the exit status.
package struct JUnitReport {
  private let report: TestReport

  package init(_ report: TestReport) {
    self.report = report
  }

  package var text: String {
    let counts =
      "tests=\"\(report.behaviors.count)\" failures=\"\(report.count(.regressed))\" errors=\"0\" "
      + "skipped=\"\(report.count(.undecided) + report.count(.new))\" time=\"\(seconds)\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"hone test\" \(counts)>",
      "  <testsuite name=\"\(name(report.suite))\" \(counts)>",
      "    <properties>",
    ]
    lines += properties.map { key, value in
      "      <property name=\"\(key)\" value=\"\(XMLText.escaped(value))\"/>"
    }
    lines.append("    </properties>")
    for row in report.behaviors { lines += testCase(row) }
    return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private var seconds: String { String(format: "%.3f", report.seconds) }

  private var properties: [(String, String)] {
    [
      ("baseline", report.baseline.checkpoint), ("checkpoint", report.model.checkpoint),
      ("engine", report.model.engine), ("margin", "\(report.margin)"),
      ("alpha", "\(report.alpha)"), ("rows set aside", "\(report.rowsSetAside)"),
    ]
  }

  private func testCase(_ row: TestReport.Row) -> [String] {
    let head =
      "    <testcase classname=\"\(name(report.suite))\" name=\"\(name(row.behavior))\" "
      + "file=\"\(XMLText.escaped(row.location.file))\" line=\"\(max(1, row.location.line))\" "
      + "time=\"0.000\""
    let message = XMLText.escaped("\(row.verdict.rawValue): \(row.message)")
    let flips = row.flips.map(Self.line).map(XMLText.escaped)
    let power =
      "sees a drop of \(TestSentence.points(report.margin, signed: false)) points: "
      + TestSentence.power(row.power)
    let body = (row.power == nil ? [] : [XMLText.escaped(power)]) + flips
    switch row.verdict {
    case .regressed:
      return [head + ">", "      <failure message=\"\(message)\" type=\"regressed\">"]
        + body + ["</failure>", "    </testcase>"]
    case .undecided, .new:
      return [head + ">", "      <skipped message=\"\(message)\"/>"] + output(body)
        + ["    </testcase>"]
    case .pass:
      return [head + ">"] + output([message] + body) + ["    </testcase>"]
    }
  }

  private func output(_ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["      <system-out>"] + lines + ["</system-out>"]
  }

  private func name(_ text: String) -> String { XMLText.escaped(text.harmless) }

  /// `- gate 0a1b…: 'other' where 'refill' is expected: I ran out of tablets`
  private static func line(_ flip: TestReport.Flip) -> String {
    let answer = flip.reply.map { "'\($0.harmless)'" } ?? "nothing usable"
    let wanted = flip.expected.worded { "'\($0.harmless)'" }
    let expected = flip.passes ? "" : " where \(wanted) is expected"
    return "\(flip.passes ? "+" : "-") \(flip.role.rawValue) \(flip.id): \(answer)\(expected): "
      + flip.text.harmless
  }
}
