import ArgumentParser
import EmbeddedModels
import Foundation

struct ModelsAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds a base model by its folder.",
    discussion: """
      The folder is a Hugging Face or sentence-transformers model. It is loaded first, and embeds \
      a text; what this version cannot run is refused by name. Then the files that are needed are \
      copied, with license and readme. The folder itself is left as it is.
      """)

  @Argument(help: "The model's folder.", completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("Its name in suites (default: the folder's).", valueName: "name"))
  var name: String?

  func run() async throws {
    let source = URL(
      fileURLWithPath: NSString(string: folder).expandingTildeInPath, isDirectory: true)
    let (model, isNew) = try ModelStore().add(source, as: name)
    Terminal.output.lines([
      "\(isNew ? "Added" : "Already there:") \(ModelsReport.phrase(model)).",
      "A suite names it in hone.yaml: model: { base: \(model.name) }",
    ])
  }
}
