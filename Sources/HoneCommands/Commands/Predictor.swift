import EmbeddedModels
import Engine
import Foundation
import Reports
import Suites
import Tuning

/// The checkpoint of a suite, ready to label texts.
struct Predictor {
  /// What the user should know about the checkpoint; none where it is the certified one.
  let notes: [String]
  private let model: EmbeddedClassifier

  /// - Parameter checkpoint: An id; nil takes the certified one, else the last champion.
  init(folder: URL, checkpoint: String?, threads: Int) throws {
    let workspace = SuiteWorkspace(folder: folder)
    let suite = try Suite.read(folder: folder, caches: workspace.caches)
    let choice = try CheckpointChoice(in: workspace, named: checkpoint, suite: suite)
    notes = choice.notes
    model = try EmbeddedClassifier(
      checkpoint: choice.checkpoint, base: suite.model.base, workspace: workspace,
      threads: threads)
  }

  func predict(_ texts: [String]) async throws -> [Prediction] {
    let distributions = try await model.distributions(of: texts)
    return zip(texts, distributions).map { text, probabilities in
      Prediction(
        text: text,
        probabilities: Dictionary(
          uniqueKeysWithValues: zip(model.head.labels, probabilities)))
    }
  }
}

/// A text with the probability of every label.
struct Prediction: Encodable {
  var text: String
  var label: String
  /// Of `label`.
  var probability: Double
  var probabilities: [String: Double]

  init(text: String, probabilities: [String: Double]) {
    self.text = text
    self.probabilities = probabilities
    let best = probabilities.max { ($0.value, $1.key) < ($1.value, $0.key) }
    label = best?.key ?? ""
    probability = best?.value ?? 0
  }

  func jsonLine() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  func textLine() -> String {
    "\(label.harmless)\t\(String(format: "%.3f", probability))\t\(text.harmless)"
  }
}
