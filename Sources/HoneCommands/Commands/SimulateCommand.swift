import ArgumentParser
import Foundation
import Reports
import Suites
import Tuning

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "What would the loop do, if the truth were known?",
    discussion: """
      Runs the real loop thousands of times against simulated models whose true pass rates you \
      give, and counts: how often it certifies, how often falsely, and what it spends. Targets, \
      confidence, numbers of units and what the ledger leaves come from the suite; its examples \
      are not looked at, and nothing is changed.

        hone simulate my-suite --truth 0.95                     every checkpoint passes with 0.95
        hone simulate my-suite --truth 0.7,0.8,0.9              base, first candidate, later ones
        hone simulate my-suite --truth refill=0.9 --truth 1     refill is at its target of 0.9
        hone simulate my-suite --truth 0.8 --truth lora:0.95    heads stay at 0.8, lora lifts them

      A behavior at or below its target makes every certificate false: at most 5 % of runs (at \
      `confidence: 0.95`) may end with one, whatever the loop does. Candidates resemble their \
      parents (--redraw), so choosing the best on dev by chance is possible, as it is in life.

      Exit status: 0; 1 a suite that cannot be read; 64 bad arguments; 130 interrupted.
      """)

  @OptionGroup var argument: SuiteArgument

  @Option(
    help: ArgumentHelp(
      "True pass rates; repeat for several behaviors (default: each at its hope).",
      valueName: "[behavior=][rung:]rates"),
    transform: TruthOption.init)
  var truth: [TruthOption] = []

  @Option(help: ArgumentHelp("Runs to simulate.", valueName: "count"))
  var runs = 2000

  @Option(
    help: ArgumentHelp(
      "Candidates of a run at most (default: the suite's budget, else 12).", valueName: "count"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      "Where random numbers come from (default: the suite's).", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Share of units whose grade a candidate draws anew; it has the others from its parent.",
      valueName: "share"))
  var redraw = 0.12

  @Option(
    help: ArgumentHelp(
      "Correlation of the grades that two behaviors give to one text.", valueName: "share"))
  var correlation = 0.0

  @Option(
    help: ArgumentHelp(
      "How attempts use sealed examples: verdict-only (again and again) or fresh (never-exposed "
        + "ones each time; those used move to dev). Default: as the suite says.", valueName: "use"))
  var sealed: String?

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if runs < 1 || runs > 10_000_000 { throw ValidationError("--runs takes 1 to 10000000.") }
    if let rounds, rounds < 0 || rounds > 1_000_000 {
      throw ValidationError("--rounds takes 0 to 1000000.")
    }
    for (name, share) in [("--redraw", redraw), ("--correlation", correlation)]
    where !(0...1).contains(share) {
      throw ValidationError("\(name) takes a share from 0 to 1.")
    }
    if let sealed, Claims.SealedUse(rawValue: sealed) == nil {
      throw ValidationError(
        "--sealed takes no '\(sealed.harmless)'. "
          + UnknownName.advice(for: sealed, among: Claims.SealedUse.allCases.map(\.rawValue)))
    }
  }

  func run() async throws {
    let (suite, lock) = try argument.read()
    let tuning = suite.suite.tuning
    let study = SimulatedStudy(
      world: try world(of: suite, ledger: lock.ledger), runs: runs,
      rounds: rounds ?? tuning.rounds ?? LoopSettings.defaultRounds, seed: seed ?? tuning.seed)
    let progress = ProgressLine(terminal: .errors, isQuiet: json)
    let cores = threads.count
    let results = try await Interruption.cancels(showing: progress, ending: "Stopped.") {
      try await study.results(threads: cores) { done in
        progress.show(
          WorkProgress(activity: "simulating", unit: "runs", done: done, total: study.runs))
      }
    }
    let report = SimulateReport(study, results)
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
  }

  private func world(of suite: DealtSuite, ledger: Ledger) throws -> SimulatedWorld {
    var suite = suite
    if let use = sealed.flatMap(Claims.SealedUse.init) { suite.suite.claims.sealed = use }
    let behaviors = LoopBehavior.all(in: suite, ledger: ledger)
    let ladder = suite.suite.tuning.ladder
    let truths = try TruthOption.truths(truth, of: behaviors, ladder: ladder)
    return SimulatedWorld(
      behaviors: behaviors.map { behavior in
        let truth = truths[behavior.name]
        return SimulatedBehavior(
          behavior, truth: truth?.path ?? TruthPath(always: behavior.hope),
          upperTruth: truth?.upper ?? [:])
      },
      confidence: suite.suite.claims.confidence, ladder: ladder, redraw: redraw,
      correlation: correlation)
  }
}
