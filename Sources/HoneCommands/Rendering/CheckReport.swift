import Reports
import Suites
import Tuning

/// What `hone check` says, for people and for programs.
struct CheckReport: Encodable {
  var behaviors: [Row]
  /// What the examples stand for, in the words of the suite.
  var population: String?
  var rows: RowCounts
  var rowsSetAside: Int
  var findings: [SuiteFinding]
  var errors: Int
  var warnings: Int

  struct Row: Encodable {
    var behavior: String
    var examples: Int
    /// Independent units: clusters.
    var units: Int
    var train: Int
    var dev: Int
    var gate: Int
    var sealed: Int
  }

  init(suite: DealtSuite, findings: [SuiteFinding]) {
    behaviors = suite.suite.behaviors.map { behavior in
      func units(_ role: Role) -> Int { suite.units(of: behavior, in: role) }
      return Row(
        behavior: behavior.name, examples: behavior.examples.count,
        units: Role.allCases.reduce(0) { $0 + units($1) }, train: units(.train), dev: units(.dev),
        gate: units(.gate), sealed: units(.sealed))
    }
    population = suite.suite.population
    rows = suite.suite.rows
    rowsSetAside = suite.suite.setAside.count
    self.findings = findings
    errors = findings.count { $0.severity == .error }
    warnings = findings.count { $0.severity == .warning }
  }

  func lines(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["behavior", "examples", "units", "train", "dev", "gate", "sealed"],
      alignments: [.left, .right, .right, .right, .right, .right, .right])
    for row in behaviors {
      table.add([
        row.behavior.harmless, "\(row.examples)", "\(row.units)", "\(row.train)", "\(row.dev)",
        "\(row.gate)", "\(row.sealed)",
      ])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    lines.append("")
    lines += listed(terminal)
    if !findings.isEmpty { lines.append("") }
    lines.append(
      "\(Format.count(rows.usable, "usable row")), \(rows.repeats) of them repeats; "
        + "\(Format.count(rows.clusters, "independent unit")); \(rowsSetAside) set aside.")
    if let population {
      lines += PopulationText.lines(population, terminal)
    }
    lines.append(verdict(terminal))
    return lines
  }

  /// All findings, but of the rows set aside no more than of errors.
  private func listed(_ terminal: Terminal) -> [String] {
    let hidden = Set(
      findings.indices.filter { findings[$0].kind == .setAside }.dropFirst(SuiteErrors.listed))
    let shown = findings.indices.filter { !hidden.contains($0) }.map {
      finding(findings[$0], terminal)
    }
    guard !hidden.isEmpty else { return shown }
    return shown + ["and \(Format.count(hidden.count, "more row")) set aside (all with --json)"]
  }

  /// Places of one finding that are listed after the first.
  private static let placesShown = 6

  private func finding(_ finding: SuiteFinding, _ terminal: Terminal) -> String {
    let style: Terminal.Style =
      switch finding.severity {
      case .error: .red
      case .warning: .yellow
      case .note: .dim
      }
    let places = finding.places.map(\.description)
    let others = places.dropFirst()
    let shown = others.prefix(Self.placesShown).joined(separator: ", ").harmless
    let rest = others.count - Self.placesShown
    let more =
      others.isEmpty
      ? "" : "\n    also \(shown)" + (rest > 0 ? " and \(rest) more (all with --json)" : "")
    let place = places.first.map { "\($0.harmless): " } ?? ""
    let suggestion = finding.suggestion.map { ". \($0.harmless)" } ?? ""
    return place + terminal.styled(finding.severity.rawValue, style) + ": "
      + finding.message.harmless + suggestion + more
  }

  private func verdict(_ terminal: Terminal) -> String {
    if errors > 0 {
      return terminal.styled("Not sound", .red)
        + ": \(Format.count(errors, "error")), \(Format.count(warnings, "warning"))."
    }
    return terminal.styled("Sound", .green)
      + (warnings > 0 ? ", with \(Format.count(warnings, "warning"))." : ".")
  }
}
