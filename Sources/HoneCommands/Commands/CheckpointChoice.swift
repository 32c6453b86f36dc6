import Foundation
import RunStorage
import Suites
import Tuning

/// Which checkpoint of a suite labels texts, and what is to be said of it.
struct CheckpointChoice {
  let checkpoint: String
  /// What the user should know; none where the checkpoint is certified for the suite as it is.
  private(set) var notes: [String] = []

  /// Takes the checkpoint named, else the certified one, else the champion of the last run.
  ///
  /// - Throws: `PredictError` where there is no such checkpoint, or none at all.
  init(in workspace: SuiteWorkspace, named id: String?, suite: Suite) throws {
    let certificate = Certificate.read(from: workspace.certificate)
    let isUnreadable =
      certificate == nil && FileManager.default.fileExists(atPath: workspace.certificate.path)
    let certified = certificate?.model.checkpoint
    if isUnreadable {
      notes.append("certificate.json cannot be read; restore it from git, or run `hone train`")
    }
    if let id {
      guard workspace.has(checkpoint: id) else { throw PredictError.unknownCheckpoint(id) }
      checkpoint = id
      if !isUnreadable && id != certified {
        notes.append("checkpoint \(id) is not the certified one")
      }
    } else if let certified {
      checkpoint = certified
    } else if let champion = workspace.lastChampion() {
      checkpoint = champion
      notes.append(
        (isUnreadable ? "" : "nothing is certified here; ")
          + "using the champion of the last run, \(champion)")
    } else if isUnreadable {
      throw PredictError.unreadableCertificate(path: workspace.certificate.path)
    } else {
      throw PredictError.nothingTuned(folder: workspace.folder.path)
    }
    if let certificate, checkpoint == certified,
      certificate.suite.contentHash != suite.contentHash
    {
      notes.append(
        "certificate.json was issued for another content of the suite than it has now; it stands "
          + "for what it says, and `hone train` certifies what the suite requires now")
    }
  }
}

extension SuiteWorkspace {
  func has(checkpoint id: String) -> Bool {
    !id.contains("/")
      && FileManager.default.fileExists(
        atPath: checkpoints.appendingPathComponent(id)
          .appendingPathComponent("head.safetensors").path)
  }

  /// The champion of the newest run that has one.
  func lastChampion() -> String? {
    guard let store = try? RunStore(reading: runs) else { return nil }
    return (try? store.lastChampion())?.id
  }
}
