import ArgumentParser
import Foundation
import Reports
import Suites
import Tuning

struct RevealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reveal-sealed",
    abstract: "Opens a behavior's sealed examples: all of them, for good.",
    discussion: """
      Moves the whole sealed set of one behavior to `dev`, where it may be looked at. It is never a \
      part: whoever could look at the failures alone could certify anything. The behavior needs new \
      examples before it can be certified again; a certificate that was issued stands.

      Without --yes it tells what would move, and moves nothing.

      Exit status: 0 moved; 3 nothing was moved; 1 a failure; 64 bad arguments.
      """)

  @Argument(help: "The behavior.")
  var behavior: String

  @OptionGroup var argument: SuiteArgument

  @Flag(help: "Do it. There is no way back.")
  var yes = false

  func run() throws {
    let workspace = SuiteWorkspace(folder: argument.folder)
    let hold = try workspace.hold()
    defer { withExtendedLifetime(hold) {} }
    let (suite, lock) = try argument.read()
    guard let behavior = suite.suite[behavior: behavior] else {
      throw HistoryError.unknownBehavior(behavior, known: suite.suite.behaviors.map(\.name))
    }
    let revealed = RevealedSet(behavior, in: suite, lock: lock)
    let name = behavior.name.harmless
    guard revealed.units > 0 else {
      Terminal.output.line("\(name) has no sealed example.")
      throw ExitCode(3)
    }
    let what = Format.count(revealed.units, "sealed unit")
    let others = revealed.others.sorted { $0.key < $1.key }.map {
      "\($0.key.harmless) loses \(Format.count($0.value, "unit")) that it shares"
    }
    guard yes else {
      Terminal.output.lines(
        ["Would move \(what) of \(name) to dev, for good."] + others
          + ["Nothing was moved: --yes does it."])
      throw ExitCode(3)
    }
    do {
      try revealed.lock.write(to: workspace.lock)
    } catch {
      throw RunError.cannotWrite(path: workspace.lock.path, reason: "\(error)")
    }
    Terminal.output.lines(
      ["Moved \(what) of \(name) to dev; commit hone.lock."] + others
        + ["It needs new examples before it can be certified again."])
  }
}
