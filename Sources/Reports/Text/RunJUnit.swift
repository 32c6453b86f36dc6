import Suites

/// A run as JUnit XML: one case for each behavior.
///
/// ```
/// below target, cannot be shown      failed
/// undecided, likely, not measured    skipped, with its reason
/// certified                          passed
/// ```
public struct RunJUnit {
  private let report: RunReport

  public init(_ report: RunReport) {
    self.report = report
  }

  public var text: String {
    let run = report.run
    return JUnitFile(
      name: run.suite,
      properties: [
        ("run", "\(run.number)"), ("checkpoint", run.champion ?? ""), ("suite", run.suiteHash),
        ("seed", "\(run.seed)"), ("confidence", "\(run.confidence)"),
        ("rows set aside", "\(run.rowsSetAside)"),
      ],
      cases: report.behaviors.map(testCase), seconds: run.duration ?? 0, tool: "hone train"
    ).text
  }

  private func testCase(_ row: BehaviorRow) -> JUnitFile.Case {
    let measured =
      row.trials == 0
      ? "not measured"
      : "\(row.passes) of \(row.trials) on dev (\(Format.percent(row.lower)) to "
        + "\(Format.percent(row.upper))), target \(Format.target(row.target))"
    let message = "\(row.verdict.word): \(measured)"
    let lines = row.advice.map { $0.shown(2000) }
    let outcome: JUnitFile.Outcome
    switch row.verdict {
    case .certified: outcome = .passed
    case .violated, .infeasible:
      outcome = .failed(message: message, type: row.verdict.rawValue)
    case .likely, .undecided, .unknown: outcome = .skipped(message: message)
    }
    return JUnitFile.Case(
      name: row.behavior, location: row.location, outcome: outcome,
      lines: row.verdict == .certified ? [message] : lines)
  }
}
