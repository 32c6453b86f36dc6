import Foundation
import HoneCommands
import Suites
import Testing
import Tuning

/// Runs as `hone history` draws them.
@Suite("The line of checkpoints")
struct HistoryTextTests {
  /// One candidate of a run: accepted, rejected, or of which nothing came.
  private struct Candidate {
    var id: String?
    var rung: Rung
    var isAccepted: Bool
    var passes: [Int]
  }

  private static let names = ["emergency", "refill"]

  /// - Parameter certifies: Whether an attempt on the last champion passes; nil makes none.
  private static func run(
    from base: Checkpoint, untuned: String = "ba5e000000000000", passing passes: [Int],
    _ candidates: [Candidate], certifies: Bool? = nil, day: Double
  ) -> [StampedEvent] {
    let settings = LoopSettings(
      behaviors: names.map {
        LoopBehavior(
          name: $0, target: 0.85, hope: 0.95, trainUnits: 100, devUnits: 20,
          sealed: SealedPool(units: 200, budget: 0.05))
      }, confidence: 0.95, ladder: [.head, .lora])
    func measured(_ checkpoint: Checkpoint, _ passes: [Int]) -> RunEvent {
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: zip(names, passes).map { name, passes in
            BehaviorMeasurement(
              behavior: name, trials: 20,
              failures: (0..<20 - passes).map {
                Failure(example: "\($0)", expected: name, reply: "x", probability: 0.5)
              })
          }))
    }
    var events: [RunEvent] = [
      .started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: base,
          untuned: Checkpoint(id: untuned, rung: nil), seed: 7, settings: settings,
          setAsideRows: 0, repeatedRows: 0, notes: [])), measured(base, passes),
    ]
    var (champion, before) = (base, passes)
    for (index, candidate) in candidates.enumerated() {
      events.append(
        .proposed(
          TuningPlan(
            round: index + 1, rung: candidate.rung, l2: nil, focus: [:],
            reason: "all behaviors alike")))
      guard let id = candidate.id else {
        events.append(.untuned(TuningFailure(reason: "the loss was not finite at step 12")))
        continue
      }
      let checkpoint = Checkpoint(id: id, rung: candidate.rung)
      events.append(
        .tuned(
          TunedCheckpoint(checkpoint: checkpoint, l2: 1e-4, trainingLoss: 0.1, iterations: 9)))
      events.append(measured(checkpoint, candidate.passes))
      let decision = Decision(
        round: index + 1, checkpoint: checkpoint,
        reason: candidate.isAccepted ? .betterChance : .notBetter, championChance: 0.2,
        candidateChance: candidate.isAccepted ? 0.6 : 0.1,
        flips: zip(names, zip(candidate.passes, before)).filter { $0.1.0 != $0.1.1 }.map {
          Decision.Flips(
            behavior: $0.0, gained: max(0, $0.1.0 - $0.1.1), lost: max(0, $0.1.1 - $0.1.0))
        })
      events.append(candidate.isAccepted ? .accepted(decision) : .rejected(decision))
      if candidate.isAccepted { (champion, before) = (checkpoint, candidate.passes) }
    }
    if let certifies {
      events += [
        .attemptBegun(AttemptRecord(number: 1, checkpoint: champion, claims: [])),
        .attemptConcluded(passed: certifies),
      ]
    }
    events.append(
      .finished(
        certifies == true
          ? .satisfied(champion: champion)
          : .unsatisfied(champion: champion, reason: .plateau, violated: [])))
    return events.enumerated().map { index, event in
      StampedEvent(
        sequence: index + 1,
        time: Date(timeIntervalSince1970: 1_795_900_000 + day * 86400 + Double(index)),
        event: event)
    }
  }

  private static func accepted(_ id: String, _ passes: [Int], _ rung: Rung = .head) -> Candidate {
    Candidate(id: id, rung: rung, isAccepted: true, passes: passes)
  }

  private static func rejected(_ id: String?, _ rung: Rung = .head) -> Candidate {
    Candidate(id: id, rung: rung, isAccepted: false, passes: [2, 19])
  }

  /// A certified line, a branch of its first champion, one of the base, a run that found nothing, and
  /// one that went the same way again.
  private static let history: RunHistory = {
    let base = Checkpoint(id: "ba5e000000000000", rung: nil)
    let first = Checkpoint(id: "1111aaaa1111aaaa", rung: .head)
    var history = RunHistory()
    let runs = [
      run(
        from: base, passing: [3, 18],
        [
          accepted(first.id, [9, 18]), rejected("dead000000000001"), rejected(nil, .lora),
          accepted("2222bbbb2222bbbb", [18, 19], .lora),
        ], certifies: true, day: 0),
      run(
        from: first, passing: [9, 18],
        [rejected("dead000000000002"), accepted("3333cccc3333cccc", [15, 18], .lora)],
        certifies: false, day: 1),
      run(from: base, passing: [3, 18], [accepted("4444dddd4444dddd", [12, 18])], day: 2),
      run(
        from: Checkpoint(id: "2222bbbb2222bbbb", rung: .lora), passing: [18, 19],
        [rejected("dead000000000003")], day: 3),
      run(
        from: base, passing: [3, 18],
        [accepted(first.id, [9, 18]), accepted("5555eeee5555eeee", [19, 18])], certifies: true,
        day: 4),
    ]
    for (index, events) in runs.enumerated() {
      history.add(number: index + 1, isClosed: true, events: events)
    }
    return history
  }()

  private static func terminal(_ width: Int, unicode: Bool = true) -> Terminal {
    Terminal(isInteractive: false, usesColor: false, usesUnicode: unicode, width: width)
  }

  @Test("Branches where runs began at older checkpoints", arguments: [100, 50])
  func graph(width: Int) throws {
    let lines = HistoryText(
      HistoryReport(Self.history), showsRejected: false, Self.terminal(width)
    ).lines
    #expect(lines.allSatisfy { $0.count <= width })
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "history-\(width)")
  }

  @Test("In ASCII where nothing else can be shown")
  func ascii() throws {
    let lines = HistoryText(
      HistoryReport(Self.history), showsRejected: false, Self.terminal(100, unicode: false)
    ).lines
    #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "history-ascii")
  }

  @Test("One run with what was rejected, and why")
  func oneRun() throws {
    var history = RunHistory()
    let base = Checkpoint(id: "ba5e000000000000", rung: nil)
    history.add(
      number: 1, isClosed: true,
      events: Self.run(
        from: base, passing: [3, 18],
        [
          Self.rejected("dead000000000001"), Self.accepted("1111aaaa1111aaaa", [9, 18]),
          Self.rejected("dead000000000002"), Self.rejected(nil, .lora),
        ], certifies: false, day: 0))
    let lines = HistoryText(
      HistoryReport(history), showsRejected: true, Self.terminal(100)
    ).lines
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "history-run")
  }

  @Test("What a guard lost is named with the rejection: by place and text where the suite has it")
  func broken() throws {
    var examples = (0..<9).map { Example(input: "more pills, number \($0)", expected: "refill") }
      .sorted { $0.id < $1.id }
    for index in examples.indices {
      examples[index].locations = [SourceLocation(file: "behaviors/refill.jsonl", line: index + 1)]
    }
    examples[1].input = "red \u{1b}[31m and back \u{202e}"
    let base = Checkpoint(id: "ba5e000000000000", rung: nil)
    let worse = Checkpoint(id: "dead000000000001", rung: .head)
    func measured(_ checkpoint: Checkpoint, _ failing: [Example]) -> RunEvent {
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: [
            BehaviorMeasurement(
              behavior: "refill", trials: 20,
              failures: failing.map {
                Failure(example: $0.id, expected: $0.expected, reply: "urgent", probability: 0.9)
              })
          ]))
    }
    let run = Self.run(from: base, passing: [3, 18], [], day: 0)
    let events: [RunEvent] = [
      run[0].event, measured(base, [examples[0]]),
      .proposed(
        TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "all behaviors alike")),
      .tuned(TunedCheckpoint(checkpoint: worse, l2: 1e-4, trainingLoss: 0.1, iterations: 9)),
      measured(worse, examples),
      .rejected(
        Decision(
          round: 1, checkpoint: worse,
          reason: .guardRegressed(behavior: "refill", adjustedP: 0.004, against: .champion),
          championChance: 0.2, candidateChance: 0.6,
          flips: [Decision.Flips(behavior: "refill", gained: 0, lost: 8)],
          broken: examples.dropFirst().map(\.id))),
    ]
    var history = RunHistory()
    history.add(
      number: 1, isClosed: true,
      events: events.enumerated().map {
        StampedEvent(
          sequence: $0 + 1, time: Date(timeIntervalSince1970: 1_795_900_000), event: $1)
      })
    var report = HistoryReport(history)
    let plain = HistoryText(report, showsRejected: true, Self.terminal(100)).lines
    #expect(plain.contains { $0.hasSuffix("− \(examples[1].id) answered `urgent`") })
    report.locate(
      in: Suite(
        folder: URL(fileURLWithPath: "/nowhere"),
        behaviors: [
          // The last is gone from the suite by now.
          Behavior(
            name: "refill", requires: "It is a refill.", target: 0.9,
            examples: Array(examples.dropLast()),
            location: SourceLocation(file: "behaviors/refill.yaml", line: 1, column: 1))
        ]))
    let lines = HistoryText(report, showsRejected: true, Self.terminal(100)).lines
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "history-broken")
    #expect(HistoryText(report, showsRejected: false, Self.terminal(100)).lines.count < 6)

    let data = try JSONEncoder().encode(report)
    let text = String(decoding: data, as: UTF8.self)
    for example in examples.dropFirst() { #expect(text.contains("\"\(example.id)\"")) }
    #expect(!text.contains("\"\(examples[0].id)\""))
  }
}
