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
