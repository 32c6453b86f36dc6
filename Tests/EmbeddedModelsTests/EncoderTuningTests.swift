import EmbeddedModels
import Foundation
import Suites
import Synchronization
import Testing
import Tuning

@Suite("Tuning the encoder", .serialized)
struct EncoderTuningTests {
  @Test("Where frozen embeddings do not suffice, the loop climbs, and certifies")
  func climbs() async throws {
    let suite = try WordOrderSuite(
      perLabel: 400, WordOrderSuite.settings([.head, .lora], epochs: 4))
    let result = try await suite.run(threads: 2)
    guard case .satisfied(let champion) = result.summary.outcome else {
      Issue.record("expected satisfied, not \(String(describing: result.summary.outcome))")
      return
    }
    #expect(champion.rung == .lora)
    #expect(result.summary.rounds.contains { $0.plan.reason.contains("climbs") })
    let place = SuiteWorkspace(folder: suite.folder).checkpoints
      .appendingPathComponent(champion.id)
    let card = try String(contentsOf: place.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(card.contains("| northward | 0.85 | 152 |"))
  }

  @Test("The same bits on 1 and 2 threads, and after interruptions", arguments: [Rung.lora, .full])
  func sameBits(rung: Rung) async throws {
    let settings = WordOrderSuite.settings([rung], epochs: 2, learningRate: 5e-4)
    let whole = try WordOrderSuite(perLabel: 80, settings)
    let expected = try await whole.tune(rung, threads: 1)
    #expect(expected.trials.first?.heldOutLosses.count == 2)

    let interrupted = try WordOrderSuite(perLabel: 80, settings)
    for steps in [3, 4] {
      await #expect(throws: CancellationError.self) {
        try await Self.tune(interrupted, rung, stopAfter: steps)
      }
    }
    let steps = Mutex(0)
    let resumed = try await interrupted.tune(rung, threads: 2) { progress in
      if progress.unit == "batches" { steps.withLock { $0 += 1 } }
    }
    #expect(resumed == expected)
    // 2 epochs of 4 batches on a slice, then all of it; 7 steps were made before.
    #expect(steps.withLock { $0 } == 8 + expected.iterations - 7)
  }

  @Test(
    "Replies are the same bits however few are asked for together", arguments: [Rung.lora, .full])
  func chunks(rung: Rung) async throws {
    let suite = try WordOrderSuite(perLabel: 150, WordOrderSuite.settings([rung], epochs: 1))
    let tuned = try await suite.tune(rung, threads: 2)
    let prompts = suite.suite.behaviors.flatMap(\.examples).map { Prompt($0.input) }
    func replies(together count: Int) async throws -> [Reply] {
      let model = try EmbeddedClassifier(
        checkpoint: tuned.checkpoint.id, base: suite.suite.model.base,
        workspace: SuiteWorkspace(folder: suite.folder), threads: 2)
      var replies: [Reply] = []
      for start in stride(from: 0, to: prompts.count, by: count) {
        replies += try await model.replies(
          to: Array(prompts[start..<min(start + count, prompts.count)]))
      }
      return replies
    }
    let whole = try await replies(together: prompts.count)
    #expect(try await replies(together: 256) == whole)
    #expect(try await replies(together: 7) == whole)
  }

  @Test("A tuning that was done is not done again")
  func remembered() async throws {
    let suite = try WordOrderSuite(perLabel: 40, WordOrderSuite.settings([.lora], epochs: 1))
    let first = try await suite.tune(.lora, threads: 2)
    let steps = Mutex(0)
    let second = try await suite.tune(.lora, threads: 2) { progress in
      if progress.unit == "batches" { steps.withLock { $0 += 1 } }
    }
    #expect(first == second)
    #expect(steps.withLock { $0 } == 0)
  }

  @Test("An exploding learning rate is a failed tuning, with its reason")
  func explodes() async throws {
    let suite = try WordOrderSuite(
      perLabel: 40, WordOrderSuite.settings([.full], epochs: 4, learningRate: 1e30))
    let error = await #expect(throws: TuningFailure.self) {
      try await suite.tune(.full, threads: 2)
    }
    #expect(error?.reason.contains("not finite") == true)
  }

  @Test("Odd examples: a label seen once, an empty text, one of 100,000 characters")
  func oddExamples() async throws {
    let suite = try WordOrderSuite(perLabel: 12, WordOrderSuite.settings([.lora], epochs: 1))
    var examples = ["", String(repeating: "walk ", count: 20_000), "north", "south"].map {
      TrainingExample(input: $0, label: "northward", weight: 1, cluster: $0)
    }
    examples.append(
      TrainingExample(input: "once", label: "southward", weight: 1, cluster: "once"))
    let tuned = try await suite.tune(.lora, examples: examples, threads: 2)
    #expect(tuned.trainingLoss.isFinite)
    #expect(tuned.contrastiveSteps > 0)
  }

  /// Cancels a tuning after some steps.
  private static func tune(
    _ suite: WordOrderSuite, _ rung: Rung, stopAfter limit: Int
  ) async throws {
    let steps = Mutex(0)
    let work = Mutex<Task<TunedCheckpoint, any Error>?>(nil)
    let task = Task {
      // Not before there is something to cancel.
      while work.withLock({ $0 == nil }) { await Task.yield() }
      return try await suite.tune(rung, threads: 2) { progress in
        guard progress.unit == "batches" else { return }
        let isEnough = steps.withLock { steps in
          steps += 1
          return steps >= limit
        }
        if isEnough { work.withLock { $0?.cancel() } }
      }
    }
    work.withLock { $0 = task }
    _ = try await task.value
  }
}
