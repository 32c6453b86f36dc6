public import Suites

/// Passes a reply whose label is the expected one, written the same way; where a label is ruled out,
/// any other. No usable reply passes nothing.
public enum LabelGrader {
  /// Grades replies to examples, in order; shape [examples] both.
  public static func failures(of replies: [Reply], to examples: [Example]) -> [Failure] {
    precondition(replies.count == examples.count, "a model answers every prompt")
    var failures: [Failure] = []
    for (example, reply) in zip(examples, replies) {
      switch reply {
      case .label(let label, _, _) where example.expected.accepts(label):
        continue
      case .label(let label, let probability, let margin):
        failures.append(
          Failure(
            example: example.id, expected: example.expected, reply: label,
            probability: probability, margin: margin))
      case .failure:
        failures.append(
          Failure(example: example.id, expected: example.expected, reply: nil, probability: 0))
      }
    }
    return failures.sorted { $0.example < $1.example }
  }

  /// Those that `failures` leaves out.
  package static func passes(of replies: [Reply], to examples: [Example]) -> [Pass] {
    zip(examples, replies).compactMap { example, reply in
      guard case .label(let label, let probability, _) = reply, example.expected.accepts(label)
      else { return nil }
      return Pass(
        example: example.id, reply: example.expected.label == nil ? label : nil,
        probability: probability)
    }
    .sorted { $0.example < $1.example }
  }
}
