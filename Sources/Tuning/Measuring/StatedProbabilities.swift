import Statistics
import Suites

/// The probabilities that a model gave its replies, and whether they came true.
struct StatedProbabilities {
  private var probabilities: [Double] = []
  private var outcomes: [Bool] = []

  /// Takes in replies to examples, in order; shape [examples] both. No usable reply states nothing.
  mutating func add(_ replies: [Reply], to examples: [Example]) {
    for (reply, example) in zip(replies, examples) {
      guard case .label(let label, let probability, _) = reply, (0...1).contains(probability)
      else { continue }
      probabilities.append(probability)
      outcomes.append(example.expected.accepts(label))
    }
  }

  /// Nil where nothing was stated.
  var calibration: Calibration? {
    try? Calibration(probabilities: probabilities, outcomes: outcomes)
  }
}
