import Foundation
import Suites

/// Studies that were made, kept on disk: one champion looks at one suite once, however often it is
/// certified again.
///
/// What cannot be read counts as not there; a file that cannot be written costs time, not truth.
struct StudyCache {
  private let file: URL

  /// - Parameters:
  ///   - folder: Where caches are kept.
  ///   - suite: As it is studied: its examples with their places, labels and roles.
  init(folder: URL, champion: Checkpoint, trainer: any Trainer, suite: DealtSuite) {
    var hash = Fingerprint("hone-study-1")
    hash.add(HoneVersion.current, trainer.identity.hash, trainer.engine, champion.id)
    hash.add(suite.suite.contentHash)
    for behavior in suite.suite.behaviors {
      hash.add(behavior.name)
      for example in behavior.examples {
        guard let role = suite.roles[example.cluster], role <= .dev else { continue }
        hash.add(example.id, example.cluster.hex, role.rawValue)
        for location in example.locations { hash.add(location.description) }
      }
    }
    file = folder.appendingPathComponent("study-\(hash.hex.prefix(16)).json")
  }

  func read() -> TrainingStudy? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    return try? JSONDecoder().decode(TrainingStudy.self, from: data)
  }

  func write(_ study: TrainingStudy) {
    guard let data = try? JSONEncoder().encode(study) else { return }
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }
}
