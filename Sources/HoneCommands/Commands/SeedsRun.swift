import EmbeddedModels
import Foundation
import RunStorage
import Suites
import Tuning

/// `hone train --seeds N`: the same recipe under several seeds, without an attempt.
struct SeedsRun {
  let suite: DealtSuite
  let lock: SuiteLock
  let options: TuningRun.Options
  let threads: Int
  let count: Int

  /// - Parameter screen: Shows what each seed does.
  func perform(on screen: RunScreen) async throws -> SeedsReport {
    let first = suite.suite.tuning.seed
    let seeds = (0..<count).map { first &+ UInt64($0) }
    let archive = try RunStore(SuiteWorkspace(folder: suite.suite.folder).runs)
    var champions: [Tuning.Measurement] = []
    for (place, seed) in seeds.enumerated() {
      screen.say(["", "seed \(seed) (\(place + 1) of \(count))"])
      var own = suite
      own.suite = suite.suite.seeded(seed)
      let trainer = try EmbeddedTrainer(suite: own.suite, threads: threads) {
        screen.monitor.note($0)
      }
      let result = try await screen.show(
        TuningRun(
          suite: own, trainer: trainer, archive: archive, options: options,
          monitor: screen.monitor), lock: lock)
      guard let champion = result.summary.champion else { continue }
      champions.append(champion)
    }
    let targets = Dictionary(
      uniqueKeysWithValues: suite.suite.behaviors.map { ($0.name, $0.target) })
    return SeedsReport(SeedStudy(seeds: seeds, champions: champions, targets: targets))
  }
}
