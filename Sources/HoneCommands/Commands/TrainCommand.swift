import ArgumentParser
import EmbeddedModels
import Foundation
import Suites
import Tuning

struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Tunes until every behavior is certified, or says why it cannot be.",
    discussion: """
      Measures the base model on `dev`, proposes a candidate each round, accepts it only if the \
      chance of certifying rises and no behavior that held gets worse, and tries to certify on the \
      sealed examples when that is worth its share of the error budget. One bit leaves an attempt: \
      all error bars and diagnoses come from `dev`.

      Writes certificate.json and hone.lock (commit both), and .hone/ (local). Running it again \
      takes the same way from caches; an attempt is never charged twice.

      Exit status: 0 certified; 2 some behavior is shown to be below its target on dev; 3 not \
      shown; 1 failure; 130 interrupted.
      """)

  @OptionGroup var argument: SuiteArgument

  @Flag(help: "Tune and measure without looking at any sealed example.")
  var noAttempt = false

  @Option(
    help: ArgumentHelp(
      "Candidates at most (default: the suite's budget, else 12).", valueName: "count"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      "Threads at most (default: all cores). The result does not depend on it.",
      valueName: "count"))
  var threads: Int?

  @Flag(help: "Print one JSON object at the end, nothing before.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print the closing table only.")
  var quiet = false

  func validate() throws {
    if let rounds, rounds < 0 { throw ValidationError("--rounds takes 0 or more.") }
    if let threads, threads < 1 { throw ValidationError("--threads takes 1 or more.") }
  }

  func run() async throws {
    let progress = ProgressLine(terminal: .errors, isQuiet: quiet || json)
    let report: TrainReport
    do {
      report = try await Interruption.cancels {
        progress.clear()
        Terminal.errors.line("stopping …")
      } _: {
        try await train(showing: progress)
      }
    } catch is CancellationError {
      progress.clear()
      Terminal.errors.line(
        "Stopped. Nothing is lost: run the same command again, and it goes on from what is on "
          + "disk.")
      throw ExitCode(130)
    }
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
    if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
  }

  private func train(showing progress: ProgressLine) async throws -> TrainReport {
    let (suite, lock) = try argument.read()
    let plan = PlanReport(
      suite: suite.suite, behaviors: LoopBehavior.all(in: suite, ledger: lock.ledger))
    try Task.checkCancellation()
    let trainer = try EmbeddedTrainer(
      suite: suite.suite, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount
    ) { progress.show($0) }
    try Task.checkCancellation()
    let run = TuningRun(
      suite: suite, trainer: trainer,
      options: TuningRun.Options(attempts: !noAttempt, rounds: rounds))
    let narrator = RunNarrator(terminal: .output)
    let isSilent = quiet || json
    let result = try await run.run(lock: lock) { stamped in
      progress.clear()
      if !isSilent { Terminal.output.lines(narrator.lines(for: stamped)) }
    }
    return TrainReport(result, suite: suite, plan: plan)
  }
}
