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
        hone test my-suite --certify             spend an attempt on the sealed examples
        hone test my-suite --on july.csv --input text --expected label

      With --certify the checkpoint is then tried on the sealed examples, unless it has regressed: \
      an attempt is charged in hone.lock first, one bit leaves it, and a pass issues \
      certificate.json. The same checkpoint, examples and targets replay the recorded verdict, free.

      With --on fresh labelled texts stand in for the examples, and the claim of the certificate \
      (else of the baseline, else of the suite) for the baseline. Per behavior: contradicted, the \
      pass rate is shown to be below the claim; consistent, it is not below it by more than the \
      margin; undecided, too few to tell. Texts that the suite has, or has nearly, are told apart \
      and not asked about. Nothing is written to the suite.

      Exit status: 0 every behavior passes (with --certify: certified; with --on: consistent); 2 \
      some behavior has regressed, or a claim is contradicted; 3 some behavior is undecided (0 with \
      --undecided pass), or not shown with --certify; 1 no baseline, or a failure; 64 bad \
      arguments; 130 interrupted.
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

  @OptionGroup var output: TestOutput

  @Flag(help: "Record what the model answers now as the baseline, in hone.lock; ends in 0.")
  var updateBaseline = false

  @Flag(help: "Spend an attempt on the sealed examples, on purpose.")
  var certify = false

  @OptionGroup var ledger: LedgerOption

  @OptionGroup(title: "Fresh data") var fresh: FreshDataOptions

  @OptionGroup var threads: ThreadsOption

  func validate() throws {
    guard margin > 0, margin < 1 else {
      throw ValidationError("--margin takes a rate above 0 and below 1, such as 0.05.")
    }
    if let alpha, !(alpha > 0 && alpha <= 0.5) {
      throw ValidationError("--alpha takes a probability above 0 and at most 0.5, such as 0.05.")
    }
    if certify && updateBaseline {
      throw ValidationError(
        "--certify records the baseline itself where it certifies; leave out --update-baseline.")
    }
    if fresh.on != nil && (certify || updateBaseline) {
      throw ValidationError(
        "--on writes nothing to the suite; leave out --certify and --update-baseline.")
    }
  }

  func run() async throws {
    let progress = ProgressLine(terminal: .errors, isQuiet: output.isForMachines)
    let status: Int32
    do {
      status = try await Interruption.cancels(showing: progress) {
        try await fresh.on == nil ? replay(progress) : look(progress)
      }
    } catch let refusal as SealedAttemptError {
      // A plan that cannot succeed, as `hone train` ends on it; no failure of the tool.
      guard case .cannotPass = refusal else { throw refusal }
      progress.clear()
      Terminal.errors.line("Error: \(refusal)")
      throw ExitCode(3)
    }
    if status != 0 { throw ExitCode(status) }
  }

  /// The regression test; with --certify the attempt that follows.
  private func replay(_ progress: ProgressLine) async throws -> Int32 {
    let test = TestRun(
      folder: argument.folder, model: model, margin: margin, alpha: alpha,
      updatesBaseline: updateBaseline, certifies: certify,
      refusal: ledger.refusal(for: argument.folder), threads: threads.count)
    let outcome = try await test.perform(
      announce: { lines in
        progress.clear()
        Terminal.errors.lines(lines)
      }, onProgress: { progress.show($0) })
    progress.clear()
    let report = TestReport(
      outcome.comparison, of: outcome.suite, recorded: outcome.recorded,
      certification: outcome.certification, undecidedPasses: undecided == .pass,
      duration: outcome.duration)
    try output.write(
      report, junit: { JUnitReport(report).text }, markdown: { MarkdownReport(report).text },
      text: { TestText(report, $0).lines })
    return report.exitStatus
  }

  /// Fresh data beside what is claimed.
  private func look(_ progress: ProgressLine) async throws -> Int32 {
    let look = FreshDataRun(
      folder: argument.folder, file: URL(fileURLWithPath: fresh.on ?? ""), fields: fresh.fields,
      onBadRow: fresh.skipBadRows ? .skip : .refuse, model: model, margin: margin, alpha: alpha,
      threads: threads.count)
    let outcome = try await look.perform { progress.show($0) }
    progress.clear()
    let report = ClaimReport(
      outcome.check, rows: outcome.rows, of: outcome.suite, certificate: outcome.certificate,
      undecidedPasses: undecided == .pass, duration: outcome.duration)
    try output.write(
      report, junit: { ClaimJUnit(report).text }, markdown: { ClaimMarkdown(report).text },
      text: { ClaimText(report, $0).lines })
    return report.exitStatus
  }

}

/// What undecided behaviors do to the exit status.
enum UndecidedPolicy: String, CaseIterable, ExpressibleByArgument {
  case pass
  case fail
}
