import Foundation
import Statistics
import Suites
import Tuning

/// A suite of two behaviors and what a trainer might find out about it.
///
/// `billing` has a subject of its own in every tenth example, fees, which the champion answers with
/// `refill`; all else is right.
struct StudiedWorld {
  let suite: DealtSuite
  let examples: StudyExamples
  let labels = ["billing", "refill"]
  /// How the error falls as `train` grows.
  var law = InversePowerLaw(asymptote: 0.1, scale: 0, exponent: 1)
  /// Ids of `train` examples whose label heads that did not learn from them rule out.
  var ruledOut: Set<String> = []
  /// The probability that those give to the label.
  var probability = 0.05
  /// Every so many `billing` examples are about fees.
  static let every = 10

  init(count: Int = 400, seed: UInt64 = 7, most: Int = StudyExamples.most) throws {
    let behaviors = ["billing", "refill"].map { label in
      Behavior(
        name: label, requires: "It is \(label).", target: 0.9,
        examples: (0..<count).map { number in
          let subject = number % Self.every == 0 ? "statement shows a report fee" : "plain"
          var example = Example(
            input: label == "billing" ? "bill \(subject) \(number)" : "pills \(number)",
            expected: label)
          example.locations = [SourceLocation(file: "\(label).jsonl", line: number + 1)]
          return example
        },
        location: SourceLocation(file: "behaviors/\(label).yaml", line: 1, column: 1))
    }
    suite = try deal(
      Suite(
        folder: URL(fileURLWithPath: "/nonexistent"), tuning: TuningSettings(seed: seed),
        behaviors: behaviors), lock: nil
    ).0
    examples = StudyExamples(suite, most: most)
  }

  private static func isFee(_ example: Example) -> Bool { example.input.contains("fee") }

  /// The share of `dev` that fails is the law's, fees first.
  var material: StudyMaterial {
    // Orthogonal subjects: bills, fees, pills.
    let embeddings = examples.all.flatMap { example -> [Float] in
      if Self.isFee(example) { return [0, 1, 0] }
      return example.expected == "billing" ? [1, 0, 0] : [0, 0, 1]
    }
    var generator = SeededGenerator(seed: 1)
    let difficulties = examples.dev.map {
      Self.isFee($0) ? 0 : 0.05 + 0.95 * generator.nextUniform()
    }
    let refits = StudyMaterial.shares.flatMap { share in
      (0..<(share < 1 ? StudyMaterial.chains : 1)).map { chain in
        let members = examples.subset(share: share, chain: chain)
        let error = law.error(at: Double(members.count) / 2)
        return StudyMaterial.Refit(
          share: share, chain: chain, members: members,
          isRight: difficulties.map { $0 >= error })
      }
    }
    func row(_ label: String, _ probability: Double) -> [Double] {
      label == "billing" ? [probability, 1 - probability] : [1 - probability, probability]
    }
    return StudyMaterial(
      examples: examples, labels: labels, embeddings: embeddings, columns: 3,
      heldOut: examples.train.map {
        row($0.expected.named, ruledOut.contains($0.id) ? probability : 0.9)
      },
      champion: examples.dev.map { row($0.expected.named, Self.isFee($0) ? 0.4 : 0.9) },
      refits: refits, nearPairs: [])
  }

  /// A run that ended without a certificate: fees fail, and nothing else.
  func summary(reason: EndReason = .rounds) -> RunSummary {
    let checkpoint = Checkpoint(id: "champion", rung: .head)
    let settings = LoopSettings(
      behaviors: LoopBehavior.all(in: suite, ledger: Ledger()), confidence: 0.95, rounds: 1)
    let measured = suite.suite.behaviors.map { behavior in
      let units = suite.representatives(of: behavior, in: .dev)
      return BehaviorMeasurement(
        behavior: behavior.name, trials: units.count,
        failures: units.filter(Self.isFee).map {
          Failure(example: $0.id, expected: $0.expected, reply: "refill", probability: 0.6)
        })
    }
    return RunSummary([
      RunEvent.started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: checkpoint, seed: 7, settings: settings,
          setAsideRows: 0, repeatedRows: 0, notes: [])),
      .measured(Measurement(checkpoint: checkpoint, behaviors: measured)),
      .finished(.unsatisfied(champion: checkpoint, reason: reason, violated: [])),
    ])
  }
}
