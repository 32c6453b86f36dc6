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

  /// - Parameters:
  ///   - say: Told what each seed does.
  func perform(
    say: @escaping @Sendable ([String]) -> Void,
    onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> SeedsReport {
    let first = suite.suite.tuning.seed
    let seeds = (0..<count).map { first &+ UInt64($0) }
    let archive = try RunStore(SuiteWorkspace(folder: suite.suite.folder).runs)
    var champions: [Tuning.Measurement] = []
    for (place, seed) in seeds.enumerated() {
      say(["", "seed \(seed) (\(place + 1) of \(count))"])
      var own = suite
      own.suite = suite.suite.seeded(seed)
      let trainer = try EmbeddedTrainer(
        suite: own.suite, threads: threads, onProgress: onProgress)
      let narrator = RunNarrator(terminal: .output)
      let result = try await TuningRun(
        suite: own, trainer: trainer, archive: archive, options: options
      ).run(lock: lock) { events in
        say(narrator.resumed(events))
      } onEvent: { stamped in
        say(narrator.lines(for: stamped))
      }
      guard let champion = result.summary.champion else { continue }
      champions.append(champion)
    }
    let targets = Dictionary(
      uniqueKeysWithValues: suite.suite.behaviors.map { ($0.name, $0.target) })
    return SeedsReport(SeedStudy(seeds: seeds, champions: champions, targets: targets))
  }
}
