import Foundation
import Suites
import Tuning

/// The README of a checkpoint whose encoder was tuned, in the form of a Hugging Face model card.
struct ModelCard: CustomStringConvertible {
  let checkpoint: Checkpoint
  let base: ModelIdentity
  let encoder: TunedEncoder
  let labels: [String]
  var certificate: Certificate?

  var description: String {
    """
    ---
    library_name: \(encoder.kind == .adapters ? "peft" : "sentence-transformers")
    pipeline_tag: text-classification
    tags: [hone]
    ---
    # Checkpoint \(checkpoint.id)

    Made by Hone \(HoneVersion.current), rung `\(checkpoint.rung?.rawValue ?? "base")`.

    - Base model: `\(base.hash)`
    - Encoder: `\(encoder.identity)`, \(what)
    - Head: `head.safetensors`, softmax over \(labels.count) labels, named in its metadata

    The head reads the mean-pooled outputs of the last four layers, each scaled to length 1, side
    by side, the lowest first: logits = weight · features + bias.

    \(certified)

    """
  }

  private var certified: String {
    guard let certificate else {
      return """
        Not certified. `certificate.json` beside a suite names the checkpoint that it holds for.
        """
    }
    let rows = certificate.behaviors.map {
      "| \(Self.plain($0.behavior)) | \($0.target) | \($0.units) | \($0.maximumFailures) "
        + "| \(Self.plain($0.requires)) |"
    }
    let caveats = (certificate.caveats ?? []).map { " " + Self.plain($0) + "." }.joined()
    return """
      ## Certificate

      \(Self.plain(certificate.claim))

      | behavior | target | sealed units | failures allowed | requires |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))

      Inputs: \(Self.plain(certificate.population ?? "not stated")).\(caveats) Suite \
      `\(certificate.suite.contentHash)`, confidence \(certificate.confidence) for all together, \
      attempt \(certificate.attempt), \(certificate.model.engine), seed \(certificate.seed).
      """
  }

  /// Text of others as one line that Markdown takes for nothing but text.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for character in text.split(whereSeparator: \.isNewline).joined(separator: " ") {
      if "\\`*_{}[]<>()#+!|&".contains(character) { plain.append("\\") }
      plain.append(character)
    }
    return plain
  }

  private var what: String {
    switch encoder.kind {
    case .adapters: "low-rank adapters in PEFT's format, for the base model"
    case .whole: "all weights, in a folder that transformers and sentence-transformers load"
    }
  }
}
