import EmbeddedModels
import Foundation
import Statistics
import Suites
import Testing
import Tuning

extension EmbeddedRunTests {
  /// What the real encoder finds in a suite of which it is known what is wrong.
  @Suite("Studying train and dev")
  struct StudyTests {
    private static let other = ["weather": "cooking", "cooking": "weather"]

    /// A tenth of the labels turned around, by a seed.
    private static let isFlipped: [Bool] = {
      var generator = SeededGenerator(seed: 3)
      return (0..<800).map { _ in generator.nextUniform() < 0.1 }
    }()

    private func study(
      _ scratch: EmbeddedRunTests.Scratch, flipping: Bool, threads: Int
    ) async throws -> (DealtSuite, TrainingStudy) {
      let suite = try scratch.suite { index, label in
        flipping && Self.isFlipped[index] ? Self.other[label]! : label
      }
      let trainer = try EmbeddedTrainer(suite: suite.suite, threads: threads) { _ in }
      try await trainer.prepare(
        for: suite.suite.behaviors.flatMap { $0.examples.map { Prompt($0.input) } })
      let tuned = try await trainer.tune(
        try await trainer.base(),
        plan: TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "a test"),
        examples: StudyExamples(suite).training)
      let material = try #require(
        try await trainer.study(tuned.checkpoint, l2: tuned.l2, suite: suite))
      return (suite, TrainingStudy(material, suite: suite))
    }

    @Test("Of turned labels most are named, and most that are named were; 1 or 2 threads alike")
    func flipped() async throws {
      let scratch = try EmbeddedRunTests.Scratch()
      let (suite, study) = try await study(scratch, flipping: true, threads: 1)
      let clean = try scratch.suite()
      let truth = Dictionary(
        uniqueKeysWithValues: clean.suite.behaviors.flatMap(\.examples).map {
          ($0.input, $0.expected.named)
        })
      func isWrong(_ place: TrainingStudy.Place) -> Bool { truth[place.input] != place.expected }
      let examples = StudyExamples(suite)
      let wrong = examples.all.count { truth[$0.input] != $0.expected.named }
      let found = study.suspects.count { isWrong($0.place) }
      #expect(wrong > 25, "chance names a tenth of them rightly")
      #expect(Double(found) >= 0.8 * Double(study.suspects.count))
      #expect(Double(found) >= 0.8 * Double(wrong))
      #expect(study.suspects.prefix(10).allSatisfy { isWrong($0.place) })
      let strong = study.suspects.filter(\.isStrong)
      #expect(strong.count > 10 && strong.count { isWrong($0.place) } >= strong.count * 9 / 10)
      #expect(study.suspects.allSatisfy { $0.place.role <= .dev })

      // Its frames and things are shared by eight places each, so each turned label has near twins.
      #expect(!study.contradictions.isEmpty)
      #expect(study.contradictions.allSatisfy { isWrong($0.first) != isWrong($0.second) })

      let again = try await self.study(
        try EmbeddedRunTests.Scratch(), flipping: true, threads: 2
      ).1
      #expect(again == study)
    }

    @Test("A suite in order: hardly a suspect, no contradiction, a curve that is there")
    func clean() async throws {
      let (suite, study) = try await study(
        EmbeddedRunTests.Scratch(), flipping: false, threads: 2)
      #expect(study.suspects.count < 8)
      #expect(study.contradictions.isEmpty)
      #expect(study.noCurve == nil)
      let curve = try #require(study.together)
      #expect(curve.shares == StudyMaterial.shares)
      #expect(try #require(curve.curve.rates.last) > 0.97)
      #expect(
        curve.units
          == suite.suite.behaviors.reduce(0) {
            $0 + suite.representatives(of: $1, in: .dev).count
          })
    }

    @Test("A run has a study, certified or not; certified once more, the same one")
    func onResult() async throws {
      let scratch = try EmbeddedRunTests.Scratch()
      let certified = try await scratch.run(scratch.suite(), threads: 2)
      #expect(certified.certificate != nil)
      #expect(try #require(certified.summary.study).train.used > 100)
      let again = try await scratch.run(scratch.suite(), threads: 1)
      #expect(again.summary.study == certified.summary.study)
      let other = try EmbeddedRunTests.Scratch()
      let suite = try other.suite { index, label in
        index % 3 == 0 ? Self.other[label]! : label
      }
      let result = try await other.run(suite, threads: 2)
      #expect(result.certificate == nil)
      #expect(try #require(result.summary.study).train.used > 100)
    }
  }
}
