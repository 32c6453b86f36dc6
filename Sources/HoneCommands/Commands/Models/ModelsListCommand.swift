import ArgumentParser
import EmbeddedModels
import Foundation

struct ModelsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Which base models are there?",
    discussion: """
      Loads each to see what it is: architecture, layers, size of the hidden layers, tokens of a \
      text that are looked at, numbers in the encoder, bytes on disk, and the hash by which runs \
      and certificates know it. A model that cannot be used is listed with the reason.
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let store = ModelStore()
    let report = ModelsReport(folder: store.folder.path, models: store.models())
    if json {
      try printJSON(report)
    } else {
      Terminal.output.lines(report.lines(Terminal.output))
    }
  }
}
