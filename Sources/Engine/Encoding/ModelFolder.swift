package import Foundation

/// A Hugging Face or sentence-transformers folder: its files, and what they say of embeddings.
///
/// Settings that would give other embeddings than this engine computes are refused by name.
package struct ModelFolder: Sendable {
  package let url: URL
  /// The files that were found and are needed, by their paths within the folder.
  package let files: [String]
  /// All files beside the weights that a copy of the model shall have: also those that only older
  /// libraries read.
  package let companions: [String]
  /// Tokens of a text at most, as the folder says; positions may allow fewer.
  let lengthLimit: Int

  var configuration: URL { url.appendingPathComponent(Self.configurationName) }
  var tokenizer: URL { url.appendingPathComponent(Self.tokenizerName) }
  var weights: URL { url.appendingPathComponent(Self.weightsName) }

  private static let configurationName = "config.json"
  private static let tokenizerName = "tokenizer.json"
  private static let weightsName = "model.safetensors"

  /// Looks into a folder.
  ///
  /// - Throws: `EngineError`, which names the file and what is wrong with it.
  package init(_ url: URL) throws {
    self.url = url
    let reader = Reader(folder: url)
    let pooling = try reader.poolingFile()
    try reader.checkPooling(pooling)
    try reader.checkPrompts()
    lengthLimit = try reader.lengthLimit()
    let optional = [
      Reader.modules, Reader.lengths, Reader.prompts, Reader.tokenizerSettings, pooling,
    ]
    let found = optional.filter { reader.has($0) }
    files = [Self.configurationName, Self.tokenizerName, Self.weightsName] + found
    companions =
      [Self.configurationName, Self.tokenizerName] + found
      + ["special_tokens_map.json", "vocab.txt"].filter { reader.has($0) }
  }

  /// - Throws: `EngineError.unsupported` where the weights are there in another format only.
  func checkWeights() throws {
    let reader = Reader(folder: url)
    guard !reader.has(Self.weightsName) else { return }
    for (name, what) in [
      ("model.safetensors.index.json", "weights in several files"),
      ("pytorch_model.bin", "pytorch_model.bin, which may run code when it is read,"),
    ] where reader.has(name) {
      throw EngineError.unsupported(
        path: url.appendingPathComponent(name).path, what: what,
        known: "one model.safetensors; Python's transformers writes it with "
          + "AutoModel.from_pretrained(folder).save_pretrained(other, max_shard_size=\"50GB\")")
    }
  }
}

/// Reads the small files of a folder; all of them may be left out.
private struct Reader {
  let folder: URL

  static let modules = "modules.json"
  static let lengths = "sentence_bert_config.json"
  static let prompts = "config_sentence_transformers.json"
  static let tokenizerSettings = "tokenizer_config.json"
  private static let usualLength = 512

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  private func file(_ name: String) throws -> JSONFile? {
    has(name) ? try JSONFile(contentsOf: folder.appendingPathComponent(name)) : nil
  }

  /// Where the pooling is described, as `modules.json` says.
  func poolingFile() throws -> String {
    let place = folder.appendingPathComponent(Self.modules)
    guard has(Self.modules) else { return "1_Pooling/config.json" }
    guard let data = try? Data(contentsOf: place), let modules = JSONValue(parsing: data)?.array
    else { throw EngineError.malformed(path: place.path, problem: "it is no list of modules") }
    var pooling: String?
    for module in modules {
      let path = module["path"]?.string ?? ""
      let type = module["type"]?.string ?? "of no type"
      switch type.split(separator: ".").last {
      case "Transformer" where path.isEmpty, "Normalize": break
      case "Transformer":
        throw EngineError.unsupported(
          path: place.path, what: "a Transformer in the folder '\(path)'",
          known: "its files beside modules.json; sentence-transformers writes them there when it "
            + "saves the model again")
      case "Pooling" where pooling == nil && !path.contains("/") && !path.hasPrefix("."):
        pooling = path.isEmpty ? "config.json" : path + "/config.json"
      default:
        throw EngineError.unsupported(
          path: place.path, what: "the module \(type) in '\(path)'",
          known: "Transformer, Pooling, Normalize")
      }
    }
    guard let pooling, pooling != "config.json" else {
      throw EngineError.unsupported(
        path: place.path, what: "a model without a folder for its Pooling", known: "mean pooling")
    }
    return pooling
  }

  /// Only means are computed; the file says so by a flag for each mode, or by a word.
  func checkPooling(_ name: String) throws {
    guard let file = try file(name) else { return }
    let flagged = (file.root.members ?? [])
      .filter { $0.key.hasPrefix("pooling_mode_") && $0.value == .bool(true) }.map(\.key).sorted()
    let word = file["pooling_mode"].map { $0.array ?? [$0] }?.map(\.summary)
    guard let word else {
      guard flagged == ["pooling_mode_mean_tokens"] else {
        throw file.unsupported(
          "pooling by \(flagged.joined(separator: ", "))", known: "pooling_mode_mean_tokens")
      }
      return
    }
    guard word == ["mean"] else {
      throw file.unsupported("pooling_mode '\(word.joined(separator: ", "))'", known: "mean")
    }
  }

  /// A prompt that is put before each text would change its embedding.
  func checkPrompts() throws {
    guard let file = try file(Self.prompts), let name = file["default_prompt_name"] else { return }
    throw file.unsupported(
      "default_prompt_name '\(name.summary)'", known: "models that take texts as they are")
  }

  func lengthLimit() throws -> Int {
    guard let file = try file(Self.lengths) else { return try tokenizerLimit() }
    if file["do_lower_case"] == .bool(true) {
      throw file.unsupported("do_lower_case", known: "a tokenizer.json that lowercases by itself")
    }
    if let length = file["max_seq_length"]?.integer, length > 2 { return length }
    // Newer files say nothing of it, and leave it to the tokenizer.
    guard file.root["max_seq_length"] == nil, let task = file["transformer_task"] else {
      throw file.malformed("max_seq_length is missing")
    }
    guard task == .string("feature-extraction") else {
      throw file.unsupported("transformer_task '\(task.summary)'", known: "feature-extraction")
    }
    return try tokenizerLimit()
  }

  /// The tokenizer's own limit; files that know none write a number beyond all texts.
  private func tokenizerLimit() throws -> Int {
    guard let file = try file(Self.tokenizerSettings),
      let length = file["model_max_length"]?.integer, length > 2
    else { return Self.usualLength }
    return length
  }
}
