import ArgumentParser
import EmbeddedModels
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
      that occur in one role only, behaviors with too few sealed examples for their target, \
      targets that guessing reaches, examples that one generator wrote, and a base model that is \
      not there.

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
    let findings = try check(suite) { needed[$0.name] ?? 0 } + base(of: suite.suite)
    let report = CheckReport(suite: suite, findings: findings.sorted())
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
    if report.errors > 0 { throw ExitCode(1) }
  }

  /// What is to be said of the base model.
  private func base(of suite: Suite) throws -> [SuiteFinding] {
    do {
      _ = try BaseModel.folder(of: suite.model.base, suite: suite.folder)
      return []
    } catch let error as EmbeddedModelError {
      return [error.finding].compactMap { $0 }
    }
  }
}
