public import Foundation
import Suites

/// What can be wrong with a change to the models on this machine.
public enum ModelStoreError: Error, Sendable, Hashable {
  case unusableName(String)
  case noFolder(path: String)
  case nameTaken(String, path: String)
  case unknown(String, known: [String], path: String)
  case cannotChange(path: String, reason: String)
}

extension ModelStoreError: LocalizedError, CustomStringConvertible {
  public var description: String {
    switch self {
    case .unusableName(let name):
      "'\(UnknownName.harmless(name))' cannot name a model. Give --name a word of letters, digits, `.`, "
        + "`_` and `-` (at most 64, a letter or digit first)."
    case .noFolder(let path):
      "\(path): there is no such folder. Name the folder of a model: config.json, tokenizer.json "
        + "and model.safetensors."
    case .nameTaken(let name, let path):
      "\(path): another model has the name '\(name)'. Choose another one with --name, or remove it "
        + "first (`hone models remove \(name)`)."
    case .unknown(let name, let known, let path):
      "there is no model '\(UnknownName.harmless(name))' in \(path). "
        + UnknownName.advice(for: name, among: known)
    case .cannotChange(let path, let reason):
      "\(path): cannot be changed (\(reason)). Name another folder in HONE_MODELS, or make this one "
        + "writable."
    }
  }

  public var errorDescription: String? { description }
}
