import EmbeddedModels
import Engine
import Foundation
import Suites
import Tuning

/// The checkpoint of a suite, ready to label texts.
struct Predictor {
  /// What the user should know about the checkpoint; nil where it is the certified one.
  let warning: String?
  private let model: EmbeddedClassifier

  /// - Parameter checkpoint: An id; nil takes the certified one, else the last champion.
  init(folder: URL, checkpoint: String?, threads: Int) throws {
    let workspace = SuiteWorkspace(folder: folder)
    let choice = try Choice(in: workspace, named: checkpoint)
    warning = choice.warning
    let base = try Suite.read(folder: folder).model.base
    model = try EmbeddedClassifier(
      checkpoint: choice.checkpoint, base: base, workspace: workspace, threads: threads)
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

  private struct Choice {
    var checkpoint: String
    var warning: String?

    init(in workspace: SuiteWorkspace, named id: String?) throws {
      let certified = Certificate.read(from: workspace.certificate)?.model.checkpoint
      if let id {
        guard workspace.has(checkpoint: id) else { throw PredictError.unknownCheckpoint(id) }
        checkpoint = id
        warning =
          id == certified ? nil : "note: checkpoint \(id) is not the certified one"
      } else if let certified {
        checkpoint = certified
      } else if let champion = workspace.lastChampion() {
        checkpoint = champion
        warning = "note: nothing is certified here; using the champion of the last run, \(champion)"
      } else {
        throw PredictError.nothingTuned(folder: workspace.folder.path)
      }
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

extension SuiteWorkspace {
  func has(checkpoint id: String) -> Bool {
    !id.contains("/")
      && FileManager.default.fileExists(
        atPath: checkpoints.appendingPathComponent(id)
          .appendingPathComponent("head.safetensors").path)
  }

  /// The champion of the newest run that has one.
  func lastChampion() -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runs.path)) ?? []
    for number in names.compactMap({ Int($0) }).sorted(by: >) {
      let file = runs.appendingPathComponent("\(number)/run.jsonl")
      guard let events = try? RunLog.read(file),
        let champion = RunSummary(events.map(\.event)).champion
      else { continue }
      return champion.checkpoint.id
    }
    return nil
  }
}
