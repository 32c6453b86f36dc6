public import ArgumentParser
import Foundation
import Tuning

/// The tool: `hone`.
public struct HoneCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "hone",
    abstract: "Tunes a model until every behavior you require is certified.",
    discussion: """
      A suite is a folder: hone.yaml, and behaviors/ with one small file per requirement and its \
      examples. From nothing to a certified model:

        hone init my-suite --from messages.csv --input text --expected label
        hone check my-suite      is the suite sound?
        hone plan my-suite       what can be shown with these examples?
        hone simulate my-suite   how often would it be shown, and how often falsely?
        hone train my-suite      tune, measure, certify
        hone predict --suite my-suite "a message"
        hone test my-suite       has anything become worse?
        hone verify my-suite     does the certificate still speak of what is here?
        hone history my-suite    which checkpoint did what to every behavior?
        hone compare base certified my-suite
        hone bisect refill my-suite    in which round did it break?
        hone report my-suite           what a run did, as one page
        hone dashboard my-suite        all of it as live pages

      Exit status: 0 all is well; 2 some behavior is shown to be below its target, or has \
      regressed, or something is not as it was certified; 3 not shown (or a plan that cannot \
      succeed); 1 a suite that cannot be read, or a failure; 64 bad arguments; 130 interrupted.
      """,
    version: HoneVersion.current,
    subcommands: [
      InitCommand.self, CheckCommand.self, PlanCommand.self, TrainCommand.self,
      PredictCommand.self, TestCommand.self, VerifyCommand.self, HistoryCommand.self,
      ReportCommand.self, DashboardCommand.self, CompareCommand.self, BisectCommand.self,
      RevealCommand.self, SimulateCommand.self, ModelsCommand.self,
    ]
  )

  public init() {}

  /// Runs the tool with the process's arguments, and exits.
  ///
  /// What the command prints is part of what it does: where some of it is lost, the status is 1.
  public static func start() async -> Never {
    var status = ExitCode.success
    do {
      var command = try await asyncParseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      status = exitCode(for: error)
      let text = fullMessage(for: error)
      if !text.isEmpty { (status.isSuccess ? Terminal.output : Terminal.errors).line(text) }
    }
    if let loss = LostOutput.first {
      if !loss.isClosedPipe { Terminal.errors.line("Error: \(loss)") }
      status = .failure
    }
    Foundation.exit(status.rawValue)
  }
}
