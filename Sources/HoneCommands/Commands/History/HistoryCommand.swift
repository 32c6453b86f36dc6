import ArgumentParser
import Foundation
import RunStorage
import Suites
import Tuning

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "The line of checkpoints, and what each did to every behavior.",
    discussion: """
      Reads .hone/runs.sqlite, also while a run writes there. Rates and flips are those of `dev`; \
      nothing is known of sealed examples but the one bit of each attempt. Of a candidate that was \
      rejected because a guard got worse, --run and --json name the examples of `dev` that it lost.

        hone history my-suite
        hone history my-suite --run 3          with the candidates that were rejected, and why
        hone history my-suite --events 3       the event stream: JSON, one event a line
      """)

  @OptionGroup var argument: SuiteArgument

  @Option(help: ArgumentHelp("Tell one run in full.", valueName: "number"))
  var run: Int?

  @Option(help: ArgumentHelp("Print the event stream of one run.", valueName: "number"))
  var events: Int?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let workspace = SuiteWorkspace(folder: argument.folder)
    guard let store = try RunStore(reading: workspace.runs), let last = try store.runs().last else {
      throw HistoryError.noRuns(folder: argument.folder.path)
    }
    for number in [run, events].compactMap({ $0 }) where !(1...last.number).contains(number) {
      throw HistoryError.unknownRun(number, known: last.number)
    }
    if let events {
      Terminal.output.lines(try store.lines(of: events))
      return
    }
    var report = HistoryReport(try RunHistory(reading: store))
    if let run { report.runs.removeAll { $0.number != run } }
    // Without the suite, or with one that cannot be read, ids have to do.
    if report.namesExamples, run != nil || json,
      let suite = try? Suite.read(folder: argument.folder, caches: workspace.caches)
    {
      report.locate(in: suite)
    }
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(
        HistoryText(report, showsRejected: run != nil, Terminal.output).lines)
    }
  }
}
