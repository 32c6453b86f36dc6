import Foundation
import Suites
import Tuning

/// The README of a checkpoint whose encoder was tuned, in the form of a Hugging Face model card.
struct ModelCard: CustomStringConvertible {
  let checkpoint: Checkpoint
  let base: ModelIdentity
  let encoder: TunedEncoder
  let labels: [String]

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

    Whether a checkpoint is certified, and with what claim, is said by `certificate.json` beside
    the suite that it was tuned for: it names the checkpoint that it holds for.

    """
  }

  private var what: String {
    switch encoder.kind {
    case .adapters: "low-rank adapters in PEFT's format, for the base model"
    case .whole: "all weights, in a folder that transformers and sentence-transformers load"
    }
  }
}
