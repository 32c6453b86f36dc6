import Foundation
import Statistics
import Suites
import Synchronization
import Testing
import Tuning

/// A model that says how sure it is, and counts what it is asked.
private struct CountingTrainer: Trainer {
  let identity = ModelIdentity("counting")
  let engine = "counting"
  let answer: @Sendable (String) -> Reply
  /// Prompts of each call.
  let calls = Counts()

  final class Counts: Sendable {
    let all = Mutex<[Int]>([])
  }

  struct Answering: Model {
    let identity = ModelIdentity("counting")
    let answer: @Sendable (String) -> Reply
    let calls: Counts

    func replies(to prompts: [Prompt]) async throws -> [Reply] {
      calls.all.withLock { $0.append(prompts.count) }
      return prompts.map { answer($0.text) }
    }
  }

  func prepare(for prompts: [Prompt]) async throws {}
  func base() async throws -> Checkpoint { Checkpoint(id: "base", rung: nil) }
  func checkpoint(named id: String) throws -> Checkpoint? { Checkpoint(id: id, rung: nil) }
  func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint { throw TuningFailure(reason: "nothing is tuned here") }
  func model(at checkpoint: Checkpoint) async throws -> any Model {
    Answering(answer: answer, calls: calls)
  }
}

@Suite("Measuring, for those who watch")
struct MeasuringTests {
  static let answer: @Sendable (String) -> Reply = { text in
    let number = Int(text.split(separator: " ").last!)!
    let label = String(text.prefix { $0 != " " })
    if number % 11 == 3 { return .failure(reason: "no answer") }
    return .label(
      number % 5 == 0 ? "other" : label, probability: Double(number % 97) / 97,
      margin: Double(number % 7) / 10)
  }

  /// Behaviors with some 15, 450 and 90 units in `dev`.
  static func scratch() throws -> TuningRunTests.Scratch {
    let scratch = try TuningRunTests.Scratch()
    scratch.behaviors = [("few", 100), ("many", 3000), ("some", 600)].map { label, count in
      Behavior(
        name: label, requires: "It is \(label).", target: 0.6,
        examples: (0..<count).map { Example(input: "\(label) number \($0)", expected: label) },
        location: SourceLocation(file: "behaviors/\(label).yaml", line: 1, column: 1))
    }
    return scratch
  }

  @Test("Asked in chunks, a measurement is what it is when all is asked at once")
  func chunks() async throws {
    let scratch = try Self.scratch()
    let trainer = CountingTrainer(answer: Self.answer)
    let (suite, _) = try scratch.deal()
    let result = try await scratch.run(attempts: false, rounds: 0, trainer: trainer)
    let measured = try #require(result.summary.base)

    var (probabilities, outcomes) = ([Double](), [Bool]())
    let whole = suite.suite.behaviors.map { behavior in
      let examples = suite.representatives(of: behavior, in: .dev)
      let replies = examples.map { Self.answer($0.input) }
      for (reply, example) in zip(replies, examples) {
        guard case .label(let label, let probability, _) = reply else { continue }
        probabilities.append(probability)
        outcomes.append(example.expected.accepts(label))
      }
      return BehaviorMeasurement(
        behavior: behavior.name, trials: examples.count,
        failures: LabelGrader.failures(of: replies, to: examples),
        passed: LabelGrader.passes(of: replies, to: examples))
    }
    #expect(measured.behaviors == whole)
    // Each unit is either, and what passed has the probability that was stated.
    for (behavior, own) in zip(suite.suite.behaviors, measured.behaviors) {
      let units = suite.representatives(of: behavior, in: .dev)
      let passed = try #require(own.passed)
      #expect(
        (passed.map(\.example) + own.failures.map(\.example)).sorted() == units.map(\.id).sorted())
      for pass in passed {
        let unit = try #require(units.first { $0.id == pass.example })
        guard case .label(_, let probability, _) = Self.answer(unit.input) else {
          Issue.record("no answer passed")
          return
        }
        #expect(pass.reply == nil && abs(pass.probability - probability) <= 5e-7)
      }
    }
    #expect(
      measured.calibration == (try Calibration(probabilities: probabilities, outcomes: outcomes)))
    let calls = trainer.calls.all.withLock { $0 }
    #expect(calls.count > 2)
    #expect(calls.reduce(0, +) == whole.reduce(0) { $0 + $1.trials })
  }

  @Test("Where a label is ruled out, what passes says which it was")
  func ruledOut() {
    let examples = ["a", "b", "c"].map { Example(input: $0, expected: .not("emergency")) }
    let replies: [Reply] = [
      .label("refill", probability: 0.1234567), .label("emergency", probability: 0.9),
      .failure(reason: "none"),
    ]
    #expect(
      LabelGrader.passes(of: replies, to: examples)
        == [Pass(example: examples[0].id, reply: "refill", probability: 0.123457)])
  }

  @Test("After each chunk every behavior is as far as the others, and the last word is the whole")
  func tightening() async throws {
    let scratch = try Self.scratch()
    let told = Mutex<[MeasurementSoFar]>([])
    let monitor = RunMonitor { progress in
      if case .measuring(let soFar) = progress { told.withLock { $0.append(soFar) } }
    }
    let result = try await scratch.run(
      attempts: false, rounds: 0, trainer: CountingTrainer(answer: Self.answer), monitor: monitor)
    let all = told.withLock { $0 }
    let measured = try #require(result.summary.base)
    #expect(all.count > 3)
    #expect(all.first?.done == 0)
    #expect(all.map(\.done) == all.map(\.done).sorted())
    for soFar in all {
      #expect(soFar.role == .dev)
      for behavior in soFar.behaviors {
        let share = Double(soFar.done) / Double(soFar.total)
        #expect(abs(Double(behavior.trials) - share * Double(behavior.total)) <= 1)
        #expect(behavior.passes <= behavior.trials)
      }
    }
    for behavior in measured.behaviors {
      let last = try #require(all.last?[behavior: behavior.behavior])
      #expect(last.trials == behavior.trials && last.total == behavior.trials)
      #expect(last.passes == behavior.passes)
      #expect(last.errorBar == behavior.errorBar(confidence: 0.95))
      let widths = all.compactMap { $0[behavior: behavior.behavior] }
        .map { $0.errorBar.upper - $0.errorBar.lower }
      #expect(widths.first == 1 && widths.last! < 0.5)
    }
  }
}
