import Reports
import Statistics
import Suites
import Tuning

/// Fresh data beside a claim, as JUnit XML: contradicted has failed, undecided was skipped.
package struct ClaimJUnit {
  private let report: ClaimReport

  package init(_ report: ClaimReport) {
    self.report = report
  }

  package var text: String {
    let rows = report.rows
    return JUnitFile(
      name: report.suite,
      properties: [
        ("data", report.file), ("checkpoint", report.model.checkpoint),
        ("engine", report.model.engine), ("margin", "\(report.margin)"),
        ("alpha", "\(report.alpha)"), ("fresh units", "\(rows.freshUnits)"),
        ("rows of the suite", "\(rows.known)"), ("rows unmatched", "\(rows.unmatched)"),
        ("rows set aside", "\(rows.setAside)"),
      ], cases: report.behaviors.map(testCase), seconds: report.seconds
    ).text
  }

  private func testCase(_ row: ClaimReport.Row) -> JUnitFile.Case {
    let message = "\(row.verdict.rawValue): \(row.message)"
    var lines = row.failures.map { failed in
      let place = failed.location.map { "\($0)".harmless } ?? "?"
      let answer = failed.reply.map { "'\($0.harmless)'" } ?? "nothing usable"
      return "- \(place): \(answer) where '\(failed.expected.harmless)' is expected: "
        + failed.text.harmless
    }
    let outcome: JUnitFile.Outcome
    switch row.verdict {
    case .contradicted: outcome = .failed(message: message, type: row.verdict.rawValue)
    case .undecided: outcome = .skipped(message: message)
    case .consistent:
      outcome = .passed
      lines.insert(message, at: 0)
    }
    return JUnitFile.Case(
      name: row.behavior, location: row.location, outcome: outcome, lines: lines)
  }
}
