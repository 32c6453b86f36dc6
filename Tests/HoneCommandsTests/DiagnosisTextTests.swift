import Foundation
import HoneCommands
import Statistics
import Suites
import Testing
import Tuning

/// A diagnosis with everything in it, some of it written by somebody who means harm.
@Suite("Diagnoses in words")
struct DiagnosisTextTests {
  static let hostile = "\u{1B}[31mred\u{7} \u{202E}and back"

  /// 60 of 400 bills fail, half of them about fees.
  static func diagnosis() throws -> Diagnosis {
    let behaviors = ["billing", "refill"].map { label in
      Behavior(
        name: label, requires: "It is \(label).", target: 0.9,
        examples: (0..<400).map { number in
          let subject = number % 10 == 0 ? "statement shows a report fee" : "plain"
          var example = Example(
            input: label == "billing"
              ? "bill \(subject) \(number) \(hostile)" : "pills \(number) \(hostile)",
            expected: label)
          example.locations = [
            SourceLocation(file: "behaviors/\(label)\u{1B}.jsonl", line: number + 1, column: 1)
          ]
          return example
        },
        location: SourceLocation(file: "behaviors/\(label).yaml", line: 1, column: 1))
    }
    let suite = try deal(
      Suite(
        folder: URL(fileURLWithPath: "/nonexistent"), tuning: TuningSettings(seed: 7),
        behaviors: behaviors), lock: nil
    ).0
    let examples = StudyExamples(suite)
    func isFee(_ example: Example) -> Bool { example.input.contains("fee") }
    func row(_ label: String, _ probability: Double) -> [Double] {
      label == "billing" ? [probability, 1 - probability] : [1 - probability, probability]
    }
    var generator = SeededGenerator(seed: 1)
    let difficulties = examples.dev.map { isFee($0) ? 0 : 0.03 + 0.97 * generator.nextUniform() }
    let law = InversePowerLaw(asymptote: 0.02, scale: 1.2, exponent: 0.5)
    let pair =
      [examples.train.firstIndex { $0.expected == "billing" }!] + [
        examples.train.firstIndex { $0.expected == "refill" }!
      ]
    let material = StudyMaterial(
      examples: examples, labels: ["billing", "refill"],
      embeddings: examples.all.flatMap { example -> [Float] in
        isFee(example) ? [0, 1, 0] : example.expected == "billing" ? [1, 0, 0] : [0, 0, 1]
      }, columns: 3,
      heldOut: examples.train.enumerated().map {
        row($1.expected.named, $0 % 25 == 0 ? 0.03 : 0.9)
      },
      champion: examples.dev.map { row($0.expected.named, isFee($0) ? 0.4 : 0.9) },
      refits: StudyMaterial.shares.flatMap { share in
        (0..<(share < 1 ? StudyMaterial.chains : 1)).map { chain in
          let members = examples.subset(share: share, chain: chain)
          let error = law.error(at: Double(members.count) / 2)
          return StudyMaterial.Refit(
            share: share, chain: chain, members: members,
            isRight: difficulties.map { $0 >= error })
        }
      },
      nearPairs: [
        StudyMaterial.NearPair(
          first: min(pair[0], pair[1]), second: max(pair[0], pair[1]), similarity: 0.97)
      ])
    let checkpoint = Checkpoint(id: "champion", rung: .head)
    let summary = RunSummary([
      RunEvent.started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: checkpoint, seed: 7,
          settings: LoopSettings(
            behaviors: LoopBehavior.all(in: suite, ledger: Ledger()), confidence: 0.95),
          setAsideRows: 0, repeatedRows: 0, notes: [])),
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: suite.suite.behaviors.map { behavior in
            let units = suite.representatives(of: behavior, in: .dev)
            return BehaviorMeasurement(
              behavior: behavior.name, trials: units.count,
              failures: units.filter(isFee).map {
                Failure(
                  example: $0.id, expected: $0.expected, reply: "refill", probability: 0.6)
              })
          })),
      .finished(.unsatisfied(champion: checkpoint, reason: .rounds, violated: [])),
    ])
    return try #require(
      Diagnosis(summary, suite: suite, study: TrainingStudy(material, suite: suite)))
  }

  @Test("As it is read at 80 and at 40 columns", arguments: [80, 40])
  func text(width: Int) throws {
    let terminal = Terminal(
      isInteractive: false, usesColor: false, usesUnicode: true, width: width)
    let lines = DiagnosisText(try Self.diagnosis(), terminal).lines
    try expectSnapshot(lines.map { $0 + "\n" }.joined(), "diagnosis-\(width)")
    #expect(lines.allSatisfy { $0.count <= width })
    let text = lines.joined()
    for scalar in ["\u{1B}", "\u{7}", "\u{202E}"] { #expect(!text.contains(scalar)) }
    #expect(text.contains("\\u{1b}[31mred"))
  }
}
