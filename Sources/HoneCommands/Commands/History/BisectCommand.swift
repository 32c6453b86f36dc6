import ArgumentParser
import EmbeddedModels
import Foundation
import RunStorage
import Suites
import Tuning

struct BisectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bisect",
    abstract: "Finds the round in which a behavior broke.",
    discussion: """
      Searches the champions between a good checkpoint and a bad one, by halves: each is held \
      against both ends by paired tests on the behavior's examples in `dev` and `gate`, and only \
      those examples are asked on which the ends differ. Sealed examples are left alone. Labels and \
      examples are those of now: a round that learned others than these is found by that.

        hone bisect emergency my-suite
        hone bisect emergency my-suite --good 1cd8 --bad champion

      Exit status: 0 found; 3 the ends do not differ beyond chance; 1 a failure; 64 bad arguments; \
      130 interrupted.
      """)

  @Argument(help: "The behavior that broke.")
  var behavior: String

  @OptionGroup var argument: SuiteArgument

  @Option(
    help: ArgumentHelp(
      "Where it held: \(CheckpointName.help) (default: where `dev` had it best, else, where the "
        + "suite was another then, any that held it).",
      valueName: "checkpoint"))
  var good: String?

  @Option(
    help: ArgumentHelp("Where it is broken (default: the champion).", valueName: "checkpoint"))
  var bad = "champion"

  @Option(help: ArgumentHelp("Level of each paired test.", valueName: "probability"))
  var alpha = 0.05

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard alpha > 0, alpha <= 0.5 else {
      throw ValidationError("--alpha takes a probability above 0 and at most 0.5, such as 0.05.")
    }
  }

  func run() async throws {
    let progress = ProgressLine(terminal: .errors, isQuiet: json)
    let report = try await Interruption.cancels(showing: progress) {
      try await bisect { progress.show($0) }
    }
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
    if !report.isShown { throw ExitCode(3) }
  }

  private func bisect(
    onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> BisectReport {
    let (suite, _) = try argument.read()
    let workspace = SuiteWorkspace(folder: argument.folder)
    guard let behavior = suite.suite[behavior: behavior] else {
      throw HistoryError.unknownBehavior(behavior, known: suite.suite.behaviors.map(\.name))
    }
    guard let store = try RunStore(reading: workspace.runs) else {
      throw HistoryError.noRuns(folder: argument.folder.path)
    }
    let history = try RunHistory(reading: store)
    let lines = try lines(of: behavior.name, in: history, of: suite.suite, workspace)
    let examples = [Role.dev, .gate].flatMap { suite.representatives(of: behavior, in: $0) }
    guard !examples.isEmpty else { throw HistoryError.noUnits(behavior: behavior.name) }
    let trainer = try EmbeddedTrainer(
      suite: suite.suite, threads: threads.count,
      onProgress: onProgress)
    var first: BisectReport?
    for line in lines {
      let bisection = Bisection(
        line: line.map(\.checkpoint), behavior: behavior.name, level: alpha)
      let finding = try await bisection.search(examples) { checkpoint, examples in
        let model = try await trainer.model(at: checkpoint)
        return try await model.replies(to: examples.map { Prompt($0.input) })
      }
      let report = BisectReport(
        behavior: behavior.name, line: line, units: examples.count, finding: finding, level: alpha)
      if report.isShown { return report }
      first = first ?? report
    }
    guard let first else { preconditionFailure("there is a line") }
    return first
  }

  /// The champions from a good end to the bad one; several where it is not known which is good, the
  /// likeliest first. There is one at least.
  private func lines(
    of behavior: String, in history: RunHistory, of suite: Suite, _ workspace: SuiteWorkspace
  ) throws -> [[RunHistory.Step]] {
    let names = CheckpointName(workspace: workspace, history: history)
    let bad = try names.resolve(self.bad)
    let lineage = history.lineage(of: bad)
    guard lineage.count > 1 else {
      throw HistoryError.notOnOneLine(good: good ?? "an earlier champion", bad: bad)
    }
    if let good {
      let id = try names.resolve(good)
      guard let place = lineage.dropLast().firstIndex(where: { $0.checkpoint.id == id }) else {
        throw HistoryError.notOnOneLine(good: id, bad: bad)
      }
      return [Array(lineage[place...])]
    }
    func rate(_ step: RunHistory.Step) -> Double {
      step.measurement?[behavior: behavior]?.passRate ?? -1
    }
    // Of equals the latest, so that as little as possible is searched.
    let starts = lineage.indices.dropLast().sorted {
      (rate(lineage[$0]), $0) > (rate(lineage[$1]), $1)
    }
    // Rates that were measured of the suite as it is now need no second look.
    let runs = Set(lineage.map(\.run))
    let isOfNow = history.runs.allSatisfy {
      !runs.contains($0.number) || $0.summary.header?.suite == suite.contentHash
    }
    return starts.prefix(isOfNow ? 1 : starts.count).map { Array(lineage[$0...]) }
  }
}
