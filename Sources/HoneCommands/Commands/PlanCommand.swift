import ArgumentParser
import Foundation
import Suites
import Tuning

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "What can be certified with these examples?",
    discussion: """
      Per behavior: the sealed units there are, the exact test that the next attempt makes of \
      them (pass with at most c failures), and the chance of passing it if the true pass rate is \
      at `hope`, alone and jointly. Nothing is spent and nothing is changed.

      Exit status: 0; 3 if some target cannot be shown with what is there.
      """)

  @OptionGroup var argument: SuiteArgument

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let (suite, lock) = try argument.read()
    let behaviors = LoopBehavior.all(in: suite, ledger: lock.ledger)
    let report = PlanReport(suite: suite.suite, behaviors: behaviors)
    if json {
      try printJSON(report)
    } else {
      report.lines(Terminal.output).forEach { Terminal.output.line($0) }
    }
    if !report.isFeasible { throw ExitCode(3) }
  }
}
