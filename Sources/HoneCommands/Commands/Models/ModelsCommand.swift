import ArgumentParser

/// The commands about the base models on this machine.
struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "The base models on this machine: list, add, remove.",
    discussion: """
      A base model is a Hugging Face folder of a BERT, DistilBERT, RoBERTa or XLM-R encoder with \
      mean pooling: config.json, tokenizer.json, model.safetensors. `make setup` installs minilm; \
      any other one is added by its folder, and a suite then names it as `model: { base: NAME }`.

        hone models list
        hone models add ~/Downloads/all-distilroberta-v1 --name distilroberta
        hone models remove distilroberta

      They are kept in $HONE_MODELS, else in hone/models of the user's cache folder.
      """,
    subcommands: [ModelsListCommand.self, ModelsAddCommand.self, ModelsRemoveCommand.self],
    defaultSubcommand: ModelsListCommand.self)
}
