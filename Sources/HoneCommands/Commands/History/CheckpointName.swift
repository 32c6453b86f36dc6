import Foundation
import Reports
import RunStorage
import Suites
import Tuning

/// Checkpoints as people name them: `base`, `champion`, `certified`, an id, the beginning of one, or
/// a folder.
struct CheckpointName {
  static let help =
    "`base`, `champion`, `certified`, a checkpoint's id or the beginning of one, or a folder"

  let workspace: SuiteWorkspace
  let history: RunHistory

  /// - Returns: What `CheckpointFolder` takes: an id of the suite's store, or a path.
  /// - Throws: `HistoryError`.
  func resolve(_ name: String) throws -> String {
    switch name {
    case "base":
      guard let id = history.runs.last?.summary.header?.untuned.id else {
        throw HistoryError.noRuns(folder: workspace.folder.path)
      }
      return id
    case "champion":
      guard let id = history.champion?.checkpoint.id else {
        throw HistoryError.noRuns(folder: workspace.folder.path)
      }
      return id
    case "certified":
      guard let id = Certificate.read(from: workspace.certificate)?.model.checkpoint else {
        throw HistoryError.nothingCertified(path: workspace.certificate.path)
      }
      return id
    default:
      if name.contains("/") || workspace.has(checkpoint: name) { return name }
      let kept =
        (try? FileManager.default.contentsOfDirectory(atPath: workspace.checkpoints.path)) ?? []
      let matches = kept.filter {
        name.count >= 4 && $0.hasPrefix(name) && workspace.has(checkpoint: $0)
      }
      if matches.count == 1 { return matches[0] }
      if matches.count > 1 { throw HistoryError.ambiguous(name, matches: matches.sorted()) }
      throw HistoryError.unknown(name)
    }
  }
}

/// What can be wrong with looking back.
enum HistoryError: Error, Hashable {
  case noRuns(folder: String)
  case unknownRun(Int, known: Int)
  case nothingCertified(path: String)
  case unknown(String)
  case ambiguous(String, matches: [String])
  case unknownBehavior(String, known: [String])
  case notOnOneLine(good: String, bad: String)
  case noUnits(behavior: String)
}

extension HistoryError: DescribedError {
  var description: String {
    switch self {
    case .noRuns(let folder):
      "\(folder): there are no runs here. `hone train` makes one."
    case .unknownRun(let number, let known):
      "there is no run \(number); the newest is \(known)."
    case .nothingCertified(let path):
      "\(path): nothing is certified here. Name a checkpoint by its id, or take `champion`."
    case .unknown(let name):
      "there is no checkpoint '\(UnknownName.harmless(name))' in this suite's .hone/checkpoints. "
        + "Name \(CheckpointName.help); `hone history` lists them."
    case .ambiguous(let name, let matches):
      "'\(UnknownName.harmless(name))' begins more than one checkpoint: "
        + "\(matches.prefix(6).joined(separator: ", ")). Write one more digit."
    case .unknownBehavior(let name, let known):
      "there is no behavior '\(UnknownName.harmless(name))'. "
        + UnknownName.advice(for: name, among: known)
    case .notOnOneLine(let good, let bad):
      "\(good) is not among the champions that led to \(bad). `hone history` draws the lines; name "
        + "two ends of one with --good and --bad."
    case .noUnits(let behavior):
      "\(UnknownName.harmless(behavior)) has no example in dev or gate, so nothing can be compared. "
        + "Add some; new ones are dealt roles by their shares."
    }
  }
}

extension RunHistory {
  /// Reads all runs of a suite.
  ///
  /// - Throws: `RunError.brokenArchive`.
  init(reading store: RunStore) throws {
    self.init()
    for run in try store.runs() {
      add(number: run.number, isClosed: run.isClosed, events: try store.events(of: run.number))
    }
  }
}
