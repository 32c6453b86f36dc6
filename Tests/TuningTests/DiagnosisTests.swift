import Foundation
import Suites
import Testing
import Tuning

@Suite("Diagnosis")
struct DiagnosisTests {
  /// Runs a scripted ladder to its end.
  ///
  /// - Parameter share: Of `right`, in tenths, what an encoder gets right; all of `left` is right.
  private func diagnose(
    _ ladder: [Rung], rounds: Int = 30, share: @escaping @Sendable (Rung?) -> Int
  ) async throws -> (Diagnosis, RunSummary) {
    let scratch = try TuningRunTests.Scratch()
    let suite = Suite(
      folder: scratch.folder, tuning: TuningSettings(ladder: ladder), behaviors: scratch.behaviors)
    let (dealt, lock) = try deal(suite, lock: nil)
    let trainer = ScriptedTrainer(
      failing: { $0.rung == .full ? TuningFailure(reason: "no memory for it") : nil },
      answering: { version, text in
        if text.hasPrefix("left") || version.number == 0 { return "left" }
        let number = Int(text.split(separator: " ").last ?? "") ?? 0
        return number % 10 < share(version.encoder) ? "right" : "left"
      })
    let result = try await TuningRun(
      suite: dealt, trainer: trainer, archive: try scratch.archive,
      options: TuningRun.Options(
        attempts: false, rounds: rounds, now: { Date(timeIntervalSince1970: 0) })
    ).run(lock: lock) { _ in }
    return (try #require(Diagnosis(result.summary, suite: dealt)), result.summary)
  }

  @Test("A head at its end and short of a target: the ladder is what helps")
  func higherLadder() async throws {
    let (diagnosis, summary) = try await diagnose([.head]) { _ in 7 }
    guard case .unsatisfied(_, .plateau, _) = summary.outcome else {
      Issue.record("expected a plateau: \(String(describing: summary.outcome))")
      return
    }
    let right = try #require(diagnosis.behaviors.first)
    let tenths = Int((try #require(right.gap) * 1000).rounded())
    #expect(right.name == "right" && tenths > 100)
    #expect(
      diagnosis.advice == [
        "the ladder ends at head, which gets no further, and right is \(tenths / 10).\(tenths % 10) "
          + "points short: `ladder: [head, lora, full]` changes the encoder as well, in minutes a "
          + "round."
      ])
    #expect(diagnosis.rungs.map(\.rung) == [.head])
    #expect(diagnosis.rungs.first?.rounds == summary.rounds.count)
  }

  @Test("No higher rung is advised where rounds ran out, nothing is short, or none is left")
  func noAdvice() async throws {
    #expect(try await diagnose([.head], rounds: 2) { _ in 7 }.0.advice.isEmpty)
    #expect(try await diagnose([.head]) { _ in 9 }.0.advice.isEmpty)
    // Only that full came to nothing.
    #expect(
      try await diagnose([.head, .lora, .full]) { _ in 7 }.0.advice
        == ["no candidate of full could be made: no memory for it."])
  }

  @Test("What each rung did: heads refined on an encoder count to the rung that made it")
  func rungs() async throws {
    let (diagnosis, summary) = try await diagnose([.head, .lora, .full]) { $0 == .lora ? 8 : 5 }
    #expect(
      summary.rounds.map(\.level) == [.head, .head, .lora, .lora, .lora, .full])
    let effects = diagnosis.rungs
    #expect(effects.map(\.rung) == [.head, .lora, .full])
    #expect(effects.map(\.rounds) == [2, 3, 1])
    #expect(effects.map(\.untuned) == [0, 0, 1])
    let passes = effects.map { $0.best?[behavior: "right"]?.passRate ?? 0 }
    #expect(passes[0] < 0.65 && passes[1] > 0.7 && passes[2] == 0)
    #expect(effects[2].chance == nil)
    #expect(effects[1].duration == .zero)
    let advice = try await diagnose([.head, .lora]) { $0 == .lora ? 8 : 5 }.0.advice
    #expect(advice.first?.hasPrefix("the ladder ends at lora, which gets no further") == true)
  }
}
