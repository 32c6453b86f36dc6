import Suites
import Tuning

/// The texts of a suite's examples, by id.
struct ExampleTexts {
  let texts: [String: String]
  let examples: [String: Example]
  /// Those that are sealed now, whatever they were when the run asked them: they are not shown.
  let sealed: Set<String>
  private let sealedInputs: Set<String>
  /// What each behavior's units on `dev` expect: the columns of a confusion matrix.
  let suite: DealtSuite?

  init(_ suite: DealtSuite?) {
    self.suite = suite
    var examples: [String: Example] = [:]
    var (sealed, sealedInputs): (Set<String>, Set<String>) = ([], [])
    for example in suite?.suite.behaviors.lazy.flatMap(\.examples) ?? [] {
      if suite?.roles[example.cluster] == .sealed {
        sealed.insert(example.id)
        sealedInputs.insert(example.input)
      } else {
        examples[example.id] = example
      }
    }
    self.sealed = sealed
    self.sealedInputs = sealedInputs
    self.examples = examples
    texts = examples.mapValues(\.input)
  }

  /// Failures that may be shown.
  func shown(_ failures: [Failure]) -> [Failure] {
    failures.filter { !sealed.contains($0.example) }
  }

  /// A unit that passed, as far as it is known.
  struct Passed {
    var example: String
    var reply: String?
    var probability: Double?
  }

  /// Units that passed: as the run noted them; else those of the suite's `dev` that did not fail, where
  /// `dev` is what it was.
  func passes(of measured: BehaviorMeasurement) -> [Passed] {
    if let passed = measured.passed {
      return passed.map {
        Passed(example: $0.example, reply: $0.reply, probability: $0.probability)
      }
    }
    return units(of: measured)?.map { Passed(example: $0.id) } ?? []
  }

  /// Units that passed: those that the run noted; else those of the suite's `dev` that did not fail,
  /// where `dev` is what was measured. Nil where some of them are not known any more.
  func units(of measured: BehaviorMeasurement) -> [Example]? {
    if let passed = measured.passed {
      let known = passed.compactMap { examples[$0.example] }
      return known.count == passed.count ? known : nil
    }
    guard let suite, let behavior = suite.suite[behavior: measured.behavior] else { return nil }
    let failed = Set(measured.failures.map(\.example))
    let units = suite.representatives(of: behavior, in: .dev)
    guard units.count == measured.trials, failed.isSubset(of: units.map(\.id)) else { return nil }
    return units.filter { !failed.contains($0.id) }
  }

  /// A study without the texts that may not be shown. What it counted stays as it was.
  func shown(_ study: TrainingStudy) -> TrainingStudy {
    var study = study
    study.suspects.removeAll { sealed.contains($0.place.example) }
    study.contradictions.removeAll {
      sealed.contains($0.first.example) || sealed.contains($0.second.example)
    }
    for index in study.groups.indices {
      study.groups[index].inputs.removeAll { sealedInputs.contains($0) }
      study.groups[index].examples?.removeAll { sealed.contains($0) }
    }
    return study
  }
}
