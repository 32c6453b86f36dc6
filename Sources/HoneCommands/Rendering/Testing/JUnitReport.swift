import Reports
import Statistics
import Suites
import Tuning

/// A regression test as JUnit XML: one case for each behavior.
///
/// ```
/// regressed        failed, with every example that was lost
/// undecided, new,  skipped, with its reason
/// gone
/// pass             passed; flips, where there are some, as output
/// ```
/// An undecided behavior is skipped whatever `--undecided` says: that is about the exit status. An
/// attempt on sealed examples is one more case: passed where it certified, else skipped.
package struct JUnitReport {
  private let report: TestReport

  package init(_ report: TestReport) {
    self.report = report
  }

  package var text: String {
    JUnitFile(
      name: report.suite,
      properties: [
        ("baseline", report.baseline.checkpoint), ("checkpoint", report.model.checkpoint),
        ("engine", report.model.engine), ("margin", "\(report.margin)"),
        ("alpha", "\(report.alpha)"), ("rows set aside", "\(report.rowsSetAside)"),
      ],
      cases: report.behaviors.map(testCase) + report.suiteChange.removedBehaviors.map(removed)
        + (report.certification.map { [attempt($0)] } ?? []),
      seconds: report.seconds
    ).text
  }

  private func testCase(_ row: TestReport.Row) -> JUnitFile.Case {
    let message = "\(row.verdict.rawValue): \(row.message)"
    let power =
      "sees a drop of \(TestSentence.points(report.margin, signed: false)) points: "
      + TestSentence.power(row.power)
    var lines = (row.power == nil ? [] : [power]) + row.flips.map(Self.line)
    let outcome: JUnitFile.Outcome
    switch row.verdict {
    case .regressed: outcome = .failed(message: message, type: row.verdict.rawValue)
    case .undecided, .new: outcome = .skipped(message: message)
    case .pass:
      outcome = .passed
      lines.insert(message, at: 0)
    }
    return JUnitFile.Case(
      name: row.behavior, location: row.location, outcome: outcome, lines: lines)
  }

  /// What guards a behavior must not vanish unseen with it.
  private func removed(_ behavior: String) -> JUnitFile.Case {
    JUnitFile.Case(
      name: behavior, location: SourceLocation(file: "hone.lock"),
      outcome: .skipped(
        message: "gone: the baseline in hone.lock has this behavior, and the suite does not. "
          + "`hone test --update-baseline` accepts that."), lines: [])
  }

  private func attempt(_ certification: Certification) -> JUnitFile.Case {
    JUnitFile.Case(
      name: "attempt \(certification.attempt) on the sealed examples",
      location: SourceLocation(file: "hone.lock"),
      outcome: certification.passed == true
        ? .passed : .skipped(message: certification.message),
      lines: certification.passed == true ? [certification.message] : [])
  }

  /// `- gate 0a1b…: 'other' where 'refill' is expected: I ran out of tablets`
  private static func line(_ flip: TestReport.Flip) -> String {
    let answer = flip.reply.map { "'\($0.harmless)'" } ?? "nothing usable"
    let wanted = flip.expected.worded { "'\($0.harmless)'" }
    let expected = flip.passes ? "" : " where \(wanted) is expected"
    return "\(flip.passes ? "+" : "-") \(flip.role.rawValue) \(flip.id): \(answer)\(expected)"
      + "\(TestSentence.tie(flip)): \(flip.text.harmless)"
  }
}
