import Foundation
import HoneCommands
import Reports
import Suites
import Testing
import Tuning

/// The run at work as lines: a pure function of events and progress.
@Suite("The live block")
struct LiveBlockTests {
  static let base = Checkpoint(id: "base", rung: nil)

  static func terminal(color: Bool = false, unicode: Bool = true) -> Terminal {
    Terminal(isInteractive: true, usesColor: color, usesUnicode: unicode, width: 80)
  }

  /// What a checkpoint did: `rates` of so many units each.
  static func measurement(
    _ checkpoint: Checkpoint, _ names: [String], units: Int = 120, rate: (Int) -> Double
  ) -> Tuning.Measurement {
    Measurement(
      checkpoint: checkpoint,
      behaviors: names.enumerated().map { index, name in
        BehaviorMeasurement(
          behavior: name, trials: units,
          failures: (0..<Int(Double(units) * (1 - rate(index)))).map {
            Failure(example: "\($0)", expected: name, reply: "x", probability: 0.5)
          })
      })
  }

  /// A run in round 2, whose champion came of round 1.
  static func run(_ names: [String], focus: [String: Double] = [:]) -> LiveRun {
    let settings = LoopSettings(
      behaviors: names.map {
        LoopBehavior(
          name: $0, target: 0.85, hope: 0.95, trainUnits: 100, devUnits: 120,
          sealed: SealedPool(units: 200, budget: 0.05))
      }, confidence: 0.95, ladder: [.head, .lora])
    let champion = Checkpoint(id: "c1", rung: .head)
    let events: [RunEvent] = [
      .started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: base, seed: 7, settings: settings,
          setAsideRows: 0, repeatedRows: 0, notes: [])),
      .measured(measurement(base, names) { _ in 0.3 }),
      .proposed(TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "all alike")),
      .tuned(TunedCheckpoint(checkpoint: champion, l2: 1e-4, trainingLoss: 0.1, iterations: 9)),
      .measured(
        measurement(champion, names) { [0.97, 0.86, 0.7][$0 % 3] - Double($0) / 1000 }),
      .accepted(
        Decision(
          round: 1, checkpoint: champion, reason: .betterChance, championChance: 0,
          candidateChance: 0.3, flips: [])),
      .proposed(TuningPlan(round: 2, rung: .lora, l2: nil, focus: focus, reason: "climbs")),
    ]
    var run = LiveRun()
    for (index, event) in events.enumerated() {
      run.take(
        StampedEvent(sequence: index + 1, time: Date(timeIntervalSince1970: 0), event: event))
    }
    return run
  }

  static func tuning(budget: Double? = 725) -> LiveProgress {
    LiveProgress(
      process: 1, started: Date(timeIntervalSince1970: 0), updated: Date(timeIntervalSince1970: 9),
      run: 1, round: 2, rounds: 12, rung: .lora,
      activity: "tuning lora (learning rate 0.001), epoch 2 of 8", unit: "batches", done: 12,
      total: 38, secondsElapsed: 4, budgetSecondsLeft: budget)
  }

  /// The candidate of round 2, when so many units of each behavior have a reply.
  static func measuring(_ names: [String], graded: Int, of total: Int = 120) -> LiveProgress {
    var progress = tuning()
    progress.activity = "measuring"
    progress.unit = "replies"
    progress.done = graded * names.count
    progress.total = total * names.count
    progress.secondsElapsed = 1
    progress.measurement = MeasurementSoFar(
      checkpoint: Checkpoint(id: "c2", rung: .lora), role: .dev,
      behaviors: names.enumerated().map { index, name in
        BehaviorSoFar(
          behavior: name, passes: Int(Double(graded) * [1, 0.9, 0.6][index % 3]), trials: graded,
          total: total, target: 0.85, confidence: 0.95)
      })
    return progress
  }

  static let names = ["appointment", "billing", "emergency", "other", "refill"]

  static func lines(
    _ run: LiveRun, _ progress: LiveProgress, _ columns: Int, _ rows: Int,
    terminal: Terminal = terminal()
  ) -> [String] {
    var run = run
    run.progress = progress
    return LiveBlock(
      run, size: RedrawnBlock.Size(columns: columns, rows: rows), terminal: terminal
    ).lines
  }

  @Test("A name of a megabyte takes the room of one")
  func megabyte() {
    let names = [String(repeating: "long ", count: 200_000), "other"]
    let lines = Self.lines(Self.run(names), Self.measuring(names, graded: 10), 80, 24)
    #expect(lines.contains { $0.contains("long long") })
    #expect(lines.allSatisfy { $0.unicodeScalars.count < 80 })
  }

  @Test(
    "The champion while the candidate is tuned, then the candidate, tightening; at several widths",
    arguments: [(80, 24), (120, 40), (50, 20), (24, 10)])
  func golden(columns: Int, rows: Int) throws {
    let run = Self.run(Self.names, focus: ["emergency": 2])
    let states = [
      Self.tuning(), Self.measuring(Self.names, graded: 10), Self.measuring(Self.names, graded: 60),
      Self.measuring(Self.names, graded: 120),
    ]
    let text = states.map { state in
      Self.lines(run, state, columns, rows).map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
    try expectSnapshot(text, "live-\(columns)")
  }

  @Test("Of many behaviors those that matter: the focus, then the lowest chance")
  func many() throws {
    let names = (1...77).map { "behavior_" + String($0 + 100).dropFirst() }
    let run = Self.run(names, focus: ["behavior_01": 4, "behavior_02": 4])
    let lines = Self.lines(run, Self.measuring(names, graded: 60), 80, 24)
    #expect(lines.count == 16)
    #expect(Set(lines[3...4].map { $0.prefix(13).suffix(11) }) == ["behavior_01", "behavior_02"])
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "live-many")
  }

  @Test("Where the terminal knows no Unicode there is none")
  func ascii() throws {
    let run = Self.run(Self.names + ["größer"])
    let lines = Self.lines(
      run, Self.measuring(Self.names + ["größer"], graded: 60), 80, 24,
      terminal: Self.terminal(unicode: false))
    #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "live-ascii")
  }

  @Test("What a behavior is worth can be read without color, and color takes no room")
  func color() {
    let run = Self.run(Self.names)
    let plain = Self.lines(run, Self.measuring(Self.names, graded: 60), 80, 24)
    let colored = Self.lines(
      run, Self.measuring(Self.names, graded: 60), 80, 24, terminal: Self.terminal(color: true))
    let escape = #/\u{1B}\[[0-9]+m/#
    #expect(colored.map { $0.replacing(escape, with: "") } == plain)
    #expect(colored.contains { $0.contains("\u{1B}[31m✗") })
    #expect(Set(plain.dropFirst(3).compactMap(\.first)) == ["✓", "?", "✗"])
    let dimmed = Self.lines(run, Self.tuning(), 80, 24, terminal: Self.terminal(color: true))
    #expect(dimmed.dropFirst(3).allSatisfy { $0.contains("\u{1B}[2m") })
  }

  static let hostile = [
    "\u{1B}[2J\u{1B}[31mred", "\u{202E}desrever", "日本語の苦情と返金と予約と処方箋", "❤️ fan mail ❤️",
    "z\(String(repeating: "\u{301}", count: 5000))algo", "\u{301}mark first",
    "line\nbreak\u{7}", String(repeating: "long", count: 300), "👩‍👩‍👧‍👦 family", "",
  ]

  @Test(
    "Whatever a behavior is called, no line is wider than the terminal and nothing is smuggled in",
    arguments: [(80, 24), (50, 20), (24, 10), (10, 4), (3, 2), (1, 1)])
  func hostileNames(columns: Int, rows: Int) {
    let run = Self.run(Self.hostile)
    var block = RedrawnBlock()
    for isUnicode in [true, false] {
      var screen = Screen(columns: columns, rows: rows)
      screen.write("b\r\n")
      block.leave()
      for graded in [0, 10, 60, 120] {
        let lines = Self.lines(
          run, Self.measuring(Self.hostile, graded: graded), columns, rows,
          terminal: Self.terminal(color: true, unicode: isUnicode))
        #expect(lines.count < rows || lines.isEmpty)
        #expect(lines.allSatisfy { $0.displayWidth < columns })
        screen.write(
          block.frame(lines, size: RedrawnBlock.Size(columns: columns, rows: rows)))
        #expect(screen.visible.count <= rows)
        #expect(screen.all.count == lines.count + 1)
      }
      #expect(screen.all[0] == "b")
      #expect(screen.unknown.isEmpty)
    }
  }

  @Test("Before the base is measured there is what is being done, and nothing made up")
  func early() {
    var progress = Self.tuning(budget: nil)
    progress.activity = "embedding"
    progress.unit = "texts"
    (progress.round, progress.rung) = (0, nil)
    (progress.done, progress.total) = (1240, 2600)
    progress.secondsElapsed = 2
    #expect(
      Self.lines(LiveRun(), progress, 80, 24) == [
        "embedding 1240/2600 texts · 620 texts/s · 3 s left"
      ])
    var nothing = LiveRun()
    nothing.progress = nil
    #expect(
      LiveBlock(
        nothing, size: RedrawnBlock.Size(columns: 80, rows: 24), terminal: Self.terminal()
      ).lines.isEmpty)
  }
}
