import ArgumentParser
import EmbeddedModels
import Foundation
import Suites
import Tuning

struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "The regression gate: has a behavior become worse than it was certified?",
    discussion: """
      Replays the examples in `train`, `dev` and `gate` with the certified checkpoint, or with \
      --model, and compares with the baseline in hone.lock. Per behavior: pass, it is not worse by \
      more than the margin; regressed, it is worse; undecided, neither is shown, with the units \
      that would decide it. Verdicts rest on `gate`, which chose nothing; where the gate is too \
      small `dev` serves, and that is said. Every example that was graded otherwise than before is \
      listed. Sealed examples are left alone.

      Examples that only one side has take no part: what changed in the suite is told apart from \
      what changed in the model. Replies are kept under .hone/, so nothing is computed twice.

        hone test my-suite --junit results.xml
        hone test my-suite --model .hone/checkpoints/1cd851145bbcc973
        hone test my-suite --format markdown >> "$GITHUB_STEP_SUMMARY"
        hone test my-suite --update-baseline     accept what is now as what to compare with

      Exit status: 0 every behavior passes; 2 some behavior has regressed; 3 some behavior is \
      undecided (0 with --undecided pass); 1 no baseline, or a failure; 64 bad arguments; 130 \
      interrupted.
      """)

  @OptionGroup var argument: SuiteArgument

  @Option(
    help: ArgumentHelp(
      "A checkpoint's id, or its folder (default: the certified one).",
      valueName: "checkpoint|folder"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "The drop of a pass rate that is put up with, in 0...1.", valueName: "rate"))
  var margin = GatePlan.defaultMargin

  @Option(
    help: ArgumentHelp(
      "The chance of a false alarm, all behaviors together (default: 1 − the suite's confidence). "
        + "For a test that runs every night: 0.01.", valueName: "probability"))
  var alpha: Double?

  @Option(help: "What undecided behaviors do to the exit status.")
  var undecided = UndecidedPolicy.fail

  @Option(help: "What standard output shows.")
  var format = TestFormat.text

  @Flag(help: "The same as --format json.")
  var json = false

  @Option(
    help: ArgumentHelp("Also write a JUnit XML file.", valueName: "file"), completion: .file())
  var junit: String?

  @Option(
    help: ArgumentHelp("Also write a Markdown file, for a pull request.", valueName: "file"),
    completion: .file())
  var markdown: String?

  @Flag(help: "Record what the model answers now as the baseline, in hone.lock; ends in 0.")
  var updateBaseline = false

  @Option(
    help: ArgumentHelp(
      "Threads at most (default: all cores). The result does not depend on it.",
      valueName: "count"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads takes 1 or more.") }
    guard margin > 0, margin < 1 else {
      throw ValidationError("--margin takes a rate above 0 and below 1, such as 0.05.")
    }
    if let alpha, !(alpha > 0 && alpha <= 0.5) {
      throw ValidationError("--alpha takes a probability above 0 and at most 0.5, such as 0.05.")
    }
    if json && format != .text && format != .json {
      throw ValidationError("Give --json or --format, not both.")
    }
  }

  func run() async throws {
    let progress = ProgressLine(terminal: .errors, isQuiet: json || format != .text)
    let outcome: TestRun.Outcome
    do {
      outcome = try await Interruption.cancels {
        progress.clear()
        Terminal.errors.line("stopping …")
      } _: {
        try await testRun.perform { progress.show($0) }
      }
    } catch is CancellationError {
      progress.clear()
      Terminal.errors.line("Stopped. Run the same command again; what was computed is kept.")
      throw ExitCode(130)
    }
    progress.clear()
    let report = TestReport(
      outcome.comparison, of: outcome.suite, recorded: outcome.recorded,
      undecidedPasses: undecided == .pass, duration: outcome.duration)
    if let junit { try ReportFile.write(JUnitReport(report).text, to: junit) }
    if let markdown { try ReportFile.write(MarkdownReport(report).text, to: markdown) }
    switch json ? .json : format {
    case .text: Terminal.output.lines(TestText(report, Terminal.output).lines)
    case .json: try printJSON(report)
    case .junit: Terminal.output.write(JUnitReport(report).text)
    case .markdown: Terminal.output.write(MarkdownReport(report).text)
    }
    if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
  }

  private var testRun: TestRun {
    TestRun(
      folder: argument.folder, model: model, margin: margin, alpha: alpha,
      updatesBaseline: updateBaseline,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }
}

/// What undecided behaviors do to the exit status.
enum UndecidedPolicy: String, CaseIterable, ExpressibleByArgument {
  case pass
  case fail
}

/// What standard output shows.
enum TestFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case junit
  case markdown
}
