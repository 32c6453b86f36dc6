import ArgumentParser
import EmbeddedModels
import Foundation
import RunStorage
import Suites
import Tuning

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Two checkpoints, paired on the same examples.",
    discussion: """
      Asks both for every example in `train`, `dev` and `gate` (sealed ones are left alone), and \
      holds the second against the first as `hone test` holds a model against the baseline: per \
      behavior pass, regressed or undecided, with every flip. Swap the two to ask the other way \
      round.

        hone compare base champion my-suite
        hone compare 1cd8 77ab my-suite --format markdown

      Exit status: 0 the second is not worse; 2 it is worse in some behavior; 3 undecided; 1 a \
      failure; 64 bad arguments; 130 interrupted.
      """)

  @Argument(help: "The checkpoint to compare with: \(CheckpointName.help).")
  var first: String

  @Argument(help: "The checkpoint that is compared.")
  var second: String

  @OptionGroup var argument: SuiteArgument

  @Option(help: ArgumentHelp("The drop of a pass rate that is put up with.", valueName: "rate"))
  var margin = GatePlan.defaultMargin

  @OptionGroup var output: TestOutput

  @OptionGroup var threads: ThreadsOption

  func validate() throws {
    guard margin > 0, margin < 1 else {
      throw ValidationError("--margin takes a rate above 0 and below 1, such as 0.05.")
    }
  }

  func run() async throws {
    let progress = ProgressLine(terminal: .errors, isQuiet: output.isForMachines)
    let report = try await Interruption.cancels(showing: progress) {
      try await compare { progress.show($0) }
    }
    try output.write(
      report, junit: { JUnitReport(report).text }, markdown: { MarkdownReport(report).text },
      text: { TestText(report, $0).lines })
    if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
  }

  private func compare(
    onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> TestReport {
    let started = ContinuousClock.now
    let (suite, lock) = try argument.read()
    let workspace = SuiteWorkspace(folder: argument.folder)
    let history =
      try RunStore(reading: workspace.runs).map(RunHistory.init(reading:)) ?? RunHistory()
    let names = CheckpointName(workspace: workspace, history: history)
    var replays: [Replay] = []
    for name in [first, second] {
      let folder = try CheckpointFolder(try names.resolve(name), suite: suite.suite)
      replays.append(
        try await ReplayCache(folder: workspace.caches, key: folder.stamp).replay(suite) {
          try folder.load(threads: threads.count, onProgress: onProgress)
        })
      try Task.checkCancellation()
    }
    let comparison = Comparison(
      Baseline(
        replays[0], suite: suite, ledger: lock.ledger,
        candidates: history.candidates(for: replays[0].model.checkpoint)), with: replays[1],
      on: suite,
      margin: margin)
    return TestReport(comparison, of: suite, duration: ContinuousClock.now - started)
  }
}
