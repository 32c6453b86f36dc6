import ArgumentParser
import Charts
import Foundation
import Reports
import RunStorage
import Suites
import Tuning

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "A run as a page: what holds, how sure that is, what fails and why.",
    discussion: """
      Writes one HTML file that needs no network and nothing beside it. It is folded from the events \
      of the run, also of one that is at work or was interrupted; texts of examples come from the \
      suite. Sealed examples are never shown.

        hone report                        the newest run of the suite in this folder
        hone report my-suite 3 --open      run 3, in the browser
        hone report my-suite --format markdown > run.md
        hone report my-suite --plots figures    the pictures, as SVG files

      Exit status: 0 written; 1 a failure; 64 bad arguments.
      """)

  @Argument(
    help: ArgumentHelp(
      "The suite's folder (default: this one), and the number of a run (default: the newest).",
      valueName: "suite-or-run"))
  var names: [String] = []

  @Option(help: "What is written.")
  var format = RunFormat.html

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where to (default: .hone/report-N.html for HTML, standard output for all else; - is "
        + "standard output).", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Also write each picture as an SVG file here.", valueName: "folder"),
    completion: .directory)
  var plots: String?

  @Flag(help: "Open the page in the browser.")
  var open = false

  func validate() throws {
    guard names.count <= 2 else {
      throw ValidationError("Give a suite's folder, the number of a run, or both in this order.")
    }
    if names.count == 2, Int(names[1]) == nil {
      throw ValidationError("'\(UnknownName.harmless(names[1]))' is not the number of a run.")
    }
    if open, format != .html || output == "-" {
      throw ValidationError("--open takes an HTML file.")
    }
  }

  func run() async throws {
    let report = try RunReport.read(folder: suite, run: number)
    if let plots { try writePlots(of: report, to: URL(fileURLWithPath: plots)) }
    let text = try text(of: report)
    guard let path = path(of: report) else {
      Terminal.output.write(text)
      return
    }
    try ReportFile.write(text, to: path)
    Terminal.output.line(path)
    if open { try Browser.open(path) }
  }

  // MARK: - Arguments

  /// A lone number is a run of the suite in this folder, unless a folder has that name.
  private var isLoneRun: Bool {
    names.count == 1 && Int(names[0]) != nil && !FileManager.default.fileExists(atPath: names[0])
  }

  private var suite: URL {
    let name = isLoneRun ? "." : names.first ?? "."
    return URL(fileURLWithPath: name, isDirectory: true).standardizedFileURL
  }

  private var number: Int? {
    (names.count == 2 || isLoneRun ? names.last : nil).flatMap { Int($0) }
  }

  /// Nil is standard output.
  private func path(of report: RunReport) -> String? {
    if output == "-" { return nil }
    if let output { return output }
    guard format == .html else { return nil }
    return SuiteWorkspace(folder: suite).hidden
      .appendingPathComponent("report-\(report.run.number).html").path
  }

  // MARK: - Writing

  private func text(of report: RunReport) throws -> String {
    switch format {
    case .html: RunPage(report).html()
    case .json: try report.json()
    case .markdown: RunMarkdown(report).text
    case .junit: RunJUnit(report).text
    }
  }

  private func writePlots(of report: RunReport, to folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw RunError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
    for figure in report.figures {
      try ReportFile.write(
        figure.svg(.paper), to: folder.appendingPathComponent("\(figure.name).svg").path)
    }
    Terminal.errors.line(
      "\(folder.path): \(Format.count(report.figures.count, "picture")) written")
  }
}

/// What `hone report` writes.
enum RunFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case json
  case markdown
  case junit
}

extension RunReport {
  /// Reads a run of a suite.
  ///
  /// - Parameter run: Its number; nil takes the newest.
  /// - Throws: `HistoryError` where there is none, `RunError.brokenArchive`.
  static func read(folder: URL, run: Int?) throws -> RunReport {
    let workspace = SuiteWorkspace(folder: folder)
    let store = try RunStore(reading: workspace.runs)
    let runs = try store?.runs() ?? []
    guard let store, let last = runs.last else {
      throw HistoryError.noRuns(folder: folder.path)
    }
    let wanted = run ?? last.number
    guard let entry = runs.first(where: { $0.number == wanted }) else {
      throw HistoryError.unknownRun(wanted, known: last.number)
    }
    // Without its suite a run can still be shown, but for the texts of its examples.
    let suite = try? SuiteArgument.read(folder).suite
    var context = RunReport.Context(
      suite: suite, folder: folder, certificate: Certificate.read(from: workspace.certificate),
      isAtWork: workspace.liveProgress()?.run == entry.number)
    context.revealed = try suite.map(store.revealed) ?? []
    let events = try store.events(of: entry.number)
    context.base = try store.earlierBase(of: entry.number, events)
    return RunReport(
      number: entry.number, isClosed: entry.isClosed, events: events, context: context)
  }
}
