import Foundation
import HoneCommands
import Suites
import Testing
import Tuning

/// A run that climbs, as it is told while it happens and afterwards.
@Suite("Runs in words")
struct RunTextTests {
  static let terminal = Terminal(
    isInteractive: false, usesColor: false, usesUnicode: true, width: 100)

  /// A head, a focused head, adapters, adapters that were not to be had, all weights.
  static let events: [StampedEvent] = {
    let base = Checkpoint(id: "base", rung: nil)
    let settings = LoopSettings(
      behaviors: ["refill", "other"].map {
        LoopBehavior(
          name: $0, target: 0.85, hope: 0.95, trainUnits: 100, devUnits: 100,
          sealed: SealedPool(units: 200, budget: 0.05))
      }, confidence: 0.95, ladder: [.head, .lora, .full])
    func measured(_ checkpoint: Checkpoint, _ refill: Int, _ other: Int) -> RunEvent {
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: [("other", other), ("refill", refill)].map { name, failures in
            BehaviorMeasurement(
              behavior: name, trials: 100,
              failures: (0..<failures).map {
                Failure(example: "\($0)", expected: name, reply: "x", probability: 0.5)
              })
          }))
    }
    func plan(_ round: Int, _ rung: Rung, _ reason: String) -> RunEvent {
      .proposed(TuningPlan(round: round, rung: rung, l2: nil, focus: [:], reason: reason))
    }
    func decision(
      _ round: Int, _ checkpoint: Checkpoint, _ reason: Decision.Reason, _ before: Double,
      _ after: Double
    ) -> Decision {
      Decision(
        round: round, checkpoint: checkpoint, reason: reason, championChance: before,
        candidateChance: after,
        flips: [Decision.Flips(behavior: "refill", gained: 3, lost: 1)])
    }
    let checkpoints = [
      Checkpoint(id: "c1", rung: .head), Checkpoint(id: "c2", rung: .head),
      Checkpoint(id: "c3", rung: .lora), Checkpoint(id: "c4", rung: .head),
      Checkpoint(id: "c6", rung: .full),
    ]
    let lora = TunedCheckpoint(
      checkpoint: checkpoints[2], l2: 1e-4, trainingLoss: 0.0312, iterations: 840,
      trials: [
        TuningTrial(learningRate: 0.001, heldOutLosses: [0.612, 0.433, 0.401, 0.41], epochs: 3),
        TuningTrial(learningRate: 0.0003, heldOutLosses: [0.702, 0.655, 0.64], epochs: 3),
        TuningTrial(
          learningRate: 0.1, heldOutLosses: [2.31], epochs: 0,
          failure: "the loss was not finite at step 40"),
        TuningTrial(
          learningRate: 1, heldOutLosses: [], epochs: 0,
          failure: "the loss was not finite at step 3"),
      ], chosen: 0, contrastiveSteps: 240)
    let full = TunedCheckpoint(
      checkpoint: checkpoints[4], l2: 1e-4, trainingLoss: 0.02, iterations: 900,
      trials: [
        TuningTrial(
          learningRate: 2e-5, heldOutLosses: (0..<20).map { 1 / (1 + Double($0)) }, epochs: 12),
        TuningTrial(
          learningRate: 5e-5, heldOutLosses: (0..<9).map { 0.5 + Double($0) / 10 }, epochs: 1),
      ], chosen: 0)
    func head(_ checkpoint: Checkpoint) -> RunEvent {
      .tuned(
        TunedCheckpoint(checkpoint: checkpoint, l2: 3e-4, trainingLoss: 0.19, iterations: 171))
    }
    let told: [(seconds: Double, RunEvent)] = [
      (
        0,
        .started(
          RunHeader(
            suite: "s", model: ModelIdentity("m"), base: base, seed: 7, settings: settings,
            setAsideRows: 0, repeatedRows: 0, notes: []))
      ), (1, measured(base, 40, 80)),
      (1, plan(1, .head, "all behaviors alike, regularisation by cross-validation in train")),
      (1.4, head(checkpoints[0])), (1.5, measured(checkpoints[0], 20, 22)),
      (1.6, .accepted(decision(1, checkpoints[0], .betterChance, 1e-9, 0.01))),
      (1.6, plan(2, .head, "1.5× weight on other")), (2, head(checkpoints[1])),
      (2.1, measured(checkpoints[1], 24, 20)),
      (2.2, .rejected(decision(2, checkpoints[1], .notBetter, 0.01, 0.008))),
      (
        2.2,
        plan(
          3, .lora,
          "climbs from head, where the last candidate was no better (chance of certifying 1 %): "
            + "all behaviors alike")
      ), (130, .tuned(lora)), (160, measured(checkpoints[2], 9, 12)),
      (162.2, .accepted(decision(3, checkpoints[2], .betterChance, 0.01, 0.35))),
      (
        162.2,
        plan(
          4, .head,
          "climbs down from lora, to refine the head on the new encoder: 1.5× weight on other")
      ), (163, head(checkpoints[3])), (163.1, measured(checkpoints[3], 9, 11)),
      (164.2, .accepted(decision(4, checkpoints[3], .betterChance, 0.35, 0.41))),
      (
        165,
        plan(
          5, .lora,
          "climbs from head, where 2 candidates in a row were no better (chance of certifying "
            + "41 %): 1.5× weight on other")
      ),
      (
        169,
        .untuned(TuningFailure(reason: "the loss was not finite at step 12 (learning rate 1.0)"))
      ),
      (169, plan(6, .full, "climbs from lora, where nothing new is left to try: alike")),
      (400, .tuned(full)), (420, measured(checkpoints[4], 2, 3)),
      (421, .accepted(decision(6, checkpoints[4], .betterChance, 0.41, 0.97))),
    ]
    return told.enumerated().map {
      StampedEvent(
        sequence: $0.offset + 1, time: Date(timeIntervalSince1970: $0.element.seconds),
        event: $0.element.1)
    }
  }()

  @Test("While it happens: trials, early stopping, time, and rounds of which nothing came")
  func narration() throws {
    let narrator = RunNarrator(terminal: Self.terminal)
    let lines = Self.events.flatMap { narrator.lines(for: $0) }
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "train-climbing")
  }

  @Test("Afterwards: what each rung did, and why the run climbed")
  func table() throws {
    let summary = RunSummary(Self.events)
    let table = try #require(RungTable(summary, rungs: RungEffect.all(in: summary)))
    try expectSnapshot(table.lines(Self.terminal).map { $0 + "\n" }.joined(), "train-rungs")
  }

  @Test("A ladder of one rung has no table")
  func oneRung() throws {
    var events = Self.events
    guard case .started(var header) = events[0].event else { return }
    header.settings.ladder = [.head]
    events[0].event = .started(header)
    let summary = RunSummary(events)
    #expect(RungTable(summary, rungs: RungEffect.all(in: summary)) == nil)
  }

  @Test("At a terminal, what is too long for a line hangs below its beginning")
  func hanging() {
    let line = "         accepted after 5 s: joint chance < 1 % → 91 %; flips appointment +75 −11"
    #expect(line.hung(to: 100) == [line])
    #expect(
      line.hung(to: 50) == [
        "         accepted after 5 s: joint chance < 1 %",
        "           → 91 %; flips appointment +75 −11",
      ])
  }

  // MARK: - Progress

  static let progress = WorkProgress(
    activity: "tuning lora (learning rate 0.001), epoch 2 of 8", unit: "texts", done: 640,
    total: 1200)

  @Test(
    "A progress line keeps its numbers and cuts the activity",
    arguments: [
      (
        120,
        "tuning lora (learning rate 0.001), epoch 2 of 8 · 640/1200 texts · 128 texts/s · 5 s left"
      ), (79, "tuning lora (learning rate 0.001), e… · 640/1200 texts · 128 texts/s · 5 s left"),
      (59, "tuning lora (lea… · 640/1200 texts · 128 texts/s · 5 s left"),
      (50, "tuning lora (learning… · 640/1200 texts · 5 s left"),
      (30, "tuning lora … · 640/1200 texts"),
      (20, "tuning lora… · 640/…"),
    ])
  func progress(width: Int, text: String) {
    let line = ProgressLine.text(Self.progress, elapsed: .seconds(5), width: width)
    #expect(line == text)
    #expect(line.count <= width)
  }

  @Test("One word needs nothing between it and its numbers")
  func oneWord() {
    let progress = WorkProgress(activity: "embedding", unit: "texts", done: 1240, total: 2600)
    #expect(
      ProgressLine.text(progress, elapsed: .seconds(2))
        == "embedding 1240/2600 texts · 620 texts/s · 3 s left")
  }
}
