public import Foundation
public import Suites

/// What can be wrong with the models that Hone runs by itself.
public enum EmbeddedModelError: Error, Sendable, Hashable {
  case baseMissing(name: String, path: String)
  /// `known`: what the store has, and the model that every machine can have.
  case unknownBase(name: String, known: [String])
  case checkpointMissing(id: String, path: String)
  case checkpointChanged(id: String, path: String)
  /// A folder without a head.
  case noCheckpoint(path: String)
  case nothingToTuneOn
  case oneLabel(String)
}

extension EmbeddedModelError: LocalizedError, CustomStringConvertible {
  public var description: String {
    switch self {
    case .baseMissing(let name, let path):
      "\(path): \(Self.missing(name)). \(Self.waysToGet)."
    case .unknownBase(let name, let known):
      "hone.yaml: \(Self.unknown(name)). \(Self.ways(from: name, known))."
    case .checkpointMissing(let id, let path):
      "\(path): checkpoint \(id) is not on this machine. Bring that folder from where it was "
        + "tuned, or name another with --model; `hone train` tunes anew."
    case .checkpointChanged(let id, let path):
      "\(path): this is not checkpoint \(id): its content, or the base model under it, has "
        + "changed. Delete its folder and run `hone train`, which makes it again."
    case .noCheckpoint(let path):
      "\(path): there is no \(CheckpointStore.weights) here, so this is no checkpoint. Name a folder "
        + "below .hone/checkpoints, a copy of one, or a checkpoint's id."
    case .nothingToTuneOn:
      "the suite has no example in role train. Add examples, or give `train` a larger share under "
        + "`roles:` in hone.yaml (it applies to new examples)."
    case .oneLabel(let label):
      "every example to tune on is labelled '\(label)': there is nothing to tell apart, and a "
        + "constant answer would do. Add behaviors that expect another label."
    }
  }

  public var errorDescription: String? { description }
}

// MARK: - Base models

extension EmbeddedModelError {
  /// The error as a finding about the suite; nil where it is not about the base that it names.
  ///
  /// A base that nobody knows is an error; one that this machine lacks is a warning.
  public var finding: SuiteFinding? {
    let place = SourceLocation(file: "hone.yaml")
    switch self {
    case .baseMissing(let name, let path):
      return SuiteFinding(
        .warning, .settings, places: [place],
        message: "\(Self.missing(name)) on this machine: there is no \(path)",
        suggestion: Self.waysToGet)
    case .unknownBase(let name, let known):
      return SuiteFinding(
        .error, .settings, places: [place], message: Self.unknown(name),
        suggestion: Self.ways(from: name, known))
    default:
      return nil
    }
  }

  private static func missing(_ name: String) -> String {
    "the base model '\(name)' is not installed"
  }

  private static func unknown(_ name: String) -> String {
    "there is no base model '\(UnknownName.harmless(name))'"
  }

  private static let waysToGet =
    "Run `make setup` in Hone's source folder (it fetches the model once), or name a Hugging Face "
    + "folder as `base:`"

  /// `Did you mean 'minilm'? Known: minilm, my-model, or the path of …`
  private static func ways(from name: String, _ known: [String]) -> String {
    var advice = UnknownName.advice(for: name, among: known)
    if advice.hasSuffix(".") { advice.removeLast() }
    return advice + ", or the path of a Hugging Face folder (relative paths start at the suite); "
      + "`hone models add` gives one a name"
  }
}
