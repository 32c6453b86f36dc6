public import Foundation

/// What can be wrong with a model's files.
public enum EngineError: Error, Sendable, Hashable {
  /// A file or folder that is not there or cannot be read.
  case unreadable(path: String, reason: String)
  /// A file whose content breaks its format.
  case malformed(path: String, problem: String)
  /// Content that is in order, and that this version does not know how to run.
  case unsupported(path: String, what: String, known: String)
}

extension EngineError: LocalizedError, CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot be read (\(reason)). A model is a folder with config.json, tokenizer.json "
        + "and model.safetensors."
    case .malformed(let path, let problem):
      "\(path): \(problem). The file is damaged or was made by something else; fetch it again."
    case .unsupported(let path, let what, let known):
      "\(path): \(what) is not supported in this version. Supported: \(known)."
    }
  }

  public var errorDescription: String? { description }
}
