import EmbeddedModels
import Foundation
import RunStorage
import Statistics
import Suites
import Synchronization
import TestSupport
import Tuning

/// A suite in which the order of two words decides the label, which the mean of frozen embeddings
/// hardly tells.
final class WordOrderSuite: Sendable {
  private let scratch: ScratchFolder
  var folder: URL { scratch.url }
  let settings: TuningSettings
  private let perLabel: Int

  init(perLabel: Int, _ settings: TuningSettings) throws {
    self.perLabel = perLabel
    self.settings = settings
    scratch = try ScratchFolder()
  }

  /// Rungs, and few epochs at one learning rate, so that a test takes seconds.
  static func settings(
    _ ladder: [Rung], epochs: Int = 3, learningRate: Double = 2e-3
  ) -> TuningSettings {
    TuningSettings(
      ladder: ladder, seed: 7, lora: AdapterSettings(learningRates: [learningRate]),
      full: FullSettings(learningRates: [learningRate]),
      fineTuning: FineTuningSettings(epochs: epochs))
  }

  var suite: Suite {
    var generator = SeededGenerator(seed: 5)
    let fillers = """
      calm river stone garden slowly bright over under window old green table music quiet road \
      winter lamp paper small letter cloud early bread silver morning walk field glass
      """.split(separator: " ").map(String.init)
    func text(first: String, then second: String) -> String {
      var words = (0..<7).map { _ in fillers[Int(generator.next() % UInt64(fillers.count))] }
      words.insert(second, at: 4 + Int(generator.next() % 4))
      words.insert(first, at: Int(generator.next() % 4))
      return words.joined(separator: " ")
    }
    let behaviors = [("northward", "north", "south"), ("southward", "south", "north")].map {
      name, first, second in
      Behavior(
        name: name, requires: "The first direction decides, here \(name).", target: 0.85,
        examples: (0..<perLabel).map { _ in
          Example(input: text(first: first, then: second), expected: name)
        },
        location: SourceLocation(file: "behaviors/\(name).yaml", line: 1, column: 1))
    }
    return Suite(folder: folder, tuning: settings, behaviors: behaviors)
  }

  func run(threads: Int) async throws -> TuningRun.Result {
    let lock = try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock)
    let (dealt, dealtLock) = try deal(suite, lock: lock)
    let trainer = try EmbeddedTrainer(suite: dealt.suite, threads: threads) { _ in }
    return try await TuningRun(
      suite: dealt, trainer: trainer,
      archive: try RunStore(SuiteWorkspace(folder: folder).runs),
      options: TuningRun.Options(now: { Date(timeIntervalSince1970: 0) })
    ).run(lock: dealtLock) { _ in }
  }

  /// One tuning of the base by itself, on the first examples.
  ///
  /// - Parameter onProgress: Called with each step.
  func tune(
    _ rung: Rung, examples: [TrainingExample]? = nil, threads: Int,
    onProgress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
  ) async throws -> TunedCheckpoint {
    let suite = suite
    let trainer = try EmbeddedTrainer(suite: suite, threads: threads, onProgress: onProgress)
    let all = suite.behaviors.flatMap { behavior in
      behavior.examples.map {
        TrainingExample(
          input: $0.input, label: $0.expected.named, weight: 1, cluster: $0.input)
      }
    }
    let plan = TuningPlan(round: 1, rung: rung, l2: 1e-3, focus: [:], reason: "a test")
    return try await trainer.tune(try await trainer.base(), plan: plan, examples: examples ?? all)
  }
}
