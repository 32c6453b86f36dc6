import ArgumentParser
import EmbeddedModels
import Foundation
import Reports
import RunStorage
import Suites
import Tuning

struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Tunes until every behavior is certified, or says why it cannot be.",
    discussion: """
      Measures where it begins on `dev`, proposes a candidate each round, accepts it only if the \
      chance of certifying rises and no behavior that held gets worse, and tries to certify on the \
      sealed examples when that is worth its share of the error budget. One bit leaves an attempt: \
      all error bars and diagnoses come from `dev`.

      It begins at the checkpoint that was certified last: what holds there is replayed and \
      guarded, and only what a new or changed behavior needs is tuned. --dry-run tells where it \
      would begin and what it would do. A run that was interrupted is gone on with.

      When it has ended it looks at `train` and `dev` once more, for learning curves, groups of \
      failures and labels to look at; a certificate is written before that.

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
    name: .customLong("budget"),
    help: ArgumentHelp(
      "The most time to spend, such as 20m (default: the suite's budget, else none).",
      valueName: "time"))
  var budget: String?

  @Option(
    help: ArgumentHelp(
      "Tune for this behavior alone; the others are replayed and guarded. May be repeated.",
      valueName: "behavior"))
  var only: [String] = []

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "Begin at this checkpoint of the suite, or at `base`.", valueName: "checkpoint"))
  var start: String?

  @Option(
    help: ArgumentHelp(
      "Tune from the base under so many seeds, and tell mean and spread on dev: a claim about the "
        + "recipe. Makes no attempt.", valueName: "count"))
  var seeds: Int?

  @Flag(
    help: ArgumentHelp(
      "Do not look at train and dev once more at the end: no learning curve, groups of failures or "
        + "suspected labels."))
  var noStudy = false

  @Flag(help: "Tell what a run would do, and do nothing.")
  var dryRun = false

  @OptionGroup var ledger: LedgerOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Print one JSON object at the end, nothing before.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print the closing table only.")
  var quiet = false

  func validate() throws {
    if let rounds, rounds < 0 { throw ValidationError("--rounds takes 0 or more.") }
    if let budget, Duration(suiteText: budget) == nil {
      throw ValidationError("--budget takes a time such as 90s, 20m or 1h30m.")
    }
    if let seeds, !(2...1000).contains(seeds) {
      throw ValidationError("--seeds takes a number from 2 to 1000.")
    }
    if seeds != nil, dryRun || start != nil {
      throw ValidationError(
        "--seeds starts at the base, and goes with neither --from nor --dry-run.")
    }
  }

  func run() async throws {
    if dryRun { return try await preview() }
    let screen = RunScreen(isSilent: quiet || json)
    try await Interruption.cancels(
      showing: screen,
      ending:
        "Stopped. Nothing is lost: run the same command again, and it goes on from what is on "
        + "disk."
    ) {
      seeds == nil ? try await certify(on: screen) : try await study(on: screen)
    }
  }

  private func certify(on screen: RunScreen) async throws {
    if options.attempts, options.refusal != nil {
      Terminal.errors.line(
        "note: in CI no new attempt is charged without --keeps-ledger; verdicts that hone.lock has "
          + "are replayed.")
    }
    let report = try await train(on: screen)
    screen.clear()
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
    if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
  }

  private func study(on screen: RunScreen) async throws {
    let (suite, lock) = try argument.read()
    var options = options
    options.attempts = false
    options.start = .base
    options.studies = false
    options.isOfSeveral = true
    let report = try await SeedsRun(
      suite: suite, lock: lock, options: options, threads: threads.count, count: seeds ?? 0
    ).perform(on: screen)
    screen.clear()
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
  }

  private func train(on screen: RunScreen) async throws -> TrainReport {
    let (suite, lock) = try argument.read()
    let plan = PlanReport(
      suite: suite.suite, behaviors: LoopBehavior.all(in: suite, ledger: lock.ledger))
    let result = try await screen.show(makeRun(of: suite, telling: screen.monitor), lock: lock)
    return TrainReport(result, suite: suite, plan: plan)
  }

  private func preview() async throws {
    let (suite, lock) = try argument.read()
    let progress = ProgressLine(terminal: .errors, isQuiet: quiet || json)
    let monitor = RunMonitor { if case .work(let work) = $0 { progress.show(work) } }
    let run = try makeRun(of: suite, telling: monitor)
    let preview = PreviewReport(try await run.preview(lock: lock), suite: suite.suite)
    progress.clear()
    if json {
      try printJSON(preview)
    } else {
      Terminal.output.lines(preview.lines(Terminal.output))
    }
  }

  private func makeRun(of suite: DealtSuite, telling monitor: RunMonitor) throws -> TuningRun {
    let names = suite.suite.behaviors.map(\.name)
    for name in only where !names.contains(name) {
      throw TrainError.unknownBehavior(name, known: names)
    }
    try Task.checkCancellation()
    let trainer = try EmbeddedTrainer(suite: suite.suite, threads: threads.count) {
      monitor.note($0)
    }
    try Task.checkCancellation()
    return TuningRun(
      suite: suite, trainer: trainer,
      archive: try RunStore(SuiteWorkspace(folder: suite.suite.folder).runs), options: options,
      monitor: monitor)
  }

  private var options: TuningRun.Options {
    TuningRun.Options(
      attempts: !noAttempt, refusal: ledger.refusal(for: argument.folder), rounds: rounds,
      time: budget.flatMap { Duration(suiteText: $0) },
      start: start.map { $0 == "base" ? .base : .checkpoint($0) } ?? .lastCertified, only: only,
      studies: !noStudy)
  }
}

/// What can be wrong with the arguments of `hone train`.
enum TrainError: Error, Hashable {
  case unknownBehavior(String, known: [String])
}

extension TrainError: DescribedError {
  var description: String {
    switch self {
    case .unknownBehavior(let name, let known):
      "--only: there is no behavior '\(UnknownName.harmless(name))'. "
        + UnknownName.advice(for: name, among: known)
    }
  }
}
