import ArgumentParser
import Foundation
import Statistics
import Suites
import Tuning

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Is the suite sound?",
    discussion: """
      Reads everything and changes nothing. Lists what cannot be read, rows that cannot be used, \
      inputs with two expectations, repeated rows, near-duplicates that share a cluster, labels \
      that occur in one role only, and behaviors with too few sealed examples for their target.

      Exit status: 0 nothing stands in the way of training; 1 something does.
      """)

  @OptionGroup var argument: SuiteArgument

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let (suite, lock) = try argument.read()
    let behaviors = LoopBehavior.all(in: suite, ledger: lock.ledger)
    let needed = Dictionary(
      uniqueKeysWithValues: behaviors.map {
        ($0.name, Feasibility($0, among: behaviors.count).unitsWithoutFailure)
      })
    let findings = check(suite) { needed[$0.name] ?? 0 }
    let report = CheckReport(suite: suite, findings: findings)
    if json {
      try printJSON(report)
    } else {
      report.lines(Terminal.output).forEach { Terminal.output.line($0) }
    }
    if report.errors > 0 { throw ExitCode(1) }
  }
}
