import ArgumentParser
import EmbeddedModels

struct ModelsRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Removes a base model from this machine.",
    discussion: """
      Suites that name it, and checkpoints that were tuned on it, need it again to be used. \
      `make setup` fetches minilm again.
      """)

  @Argument(help: "The model's name, as `hone models list` shows it.")
  var name: String

  func run() async throws {
    let model = try ModelStore().remove(name)
    Terminal.output.line("Removed \(ModelsReport.phrase(model)), from \(model.path).")
  }
}
