import ArgumentParser
import Foundation
import Suites
import Tuning

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "What can be certified with these examples, and at what cost?",
    discussion: """
      Per behavior: the sealed units there are, how many of them may fail, and the chance of being \
      shown if the true pass rate is at `hope`, alone and all together, by the next attempt and by \
      the two after it. Then the highest target that the units can show, the units that the target \
      takes, and what the regression test can see. Then model calls, time, and role shares that \
      would do better. Nothing is spent and nothing is changed.

      Exit status: 0; 3 if some target cannot be shown with what is there.
      """)

  @OptionGroup var argument: SuiteArgument

  @Option(
    help: ArgumentHelp(
      "Texts embedded per second, for the time; `make bench` measures it.", valueName: "texts"))
  var rate = CallsPlan.assumedTextsPerSecond

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard rate > 0, rate.isFinite else { throw ValidationError("--rate takes a positive number.") }
  }

  func run() async throws {
    let (suite, lock) = try argument.read()
    let isDealt = FileManager.default.fileExists(
      atPath: SuiteWorkspace(folder: argument.folder).lock.path)
    let report = PlanReport(
      SuitePlan(suite, ledger: lock.ledger, textsPerSecond: rate), suite: suite.suite,
      rolesAreDealt: isDealt)
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
    if !report.isFeasible { throw ExitCode(3) }
  }
}
