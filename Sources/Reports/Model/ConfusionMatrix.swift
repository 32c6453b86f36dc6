import Suites
import Tuning

/// What the champion answered on `dev`, by what was expected.
///
/// Units that rule a label out are not in it: they expect no one label.
public struct ConfusionMatrix: Sendable, Encodable {
  /// Expected labels that have a unit, and labels answered in their place, sorted.
  public var labels: [String]
  /// Shape [expected][answered]; nothing usable is in `unusable`.
  public var counts: [[Int]]
  /// Units without a usable reply, by expected label. Shape [expected].
  public var unusable: [Int]
  /// Units that pass and are not in it, as it is not known any more what they expect.
  public var uncounted: Int
  /// The event that it is of.
  public var event: Int

  /// - Parameter texts: What passed is counted from the suite's `dev`, by what it expects.
  init(_ measurement: Tuning.Measurement, event: Int = 0, texts: ExampleTexts) {
    self.event = event
    var cells: [Pair: Int] = [:]
    var missing: [String: Int] = [:]
    uncounted = 0
    for measured in measurement.behaviors {
      for failure in texts.shown(measured.failures) where failure.expected.label != nil {
        let expected = failure.expected.named
        if let reply = failure.reply {
          cells[Pair(expected: expected, reply: reply), default: 0] += 1
        } else {
          missing[expected, default: 0] += 1
        }
      }
      guard let passes = Self.passes(of: measured, texts: texts) else {
        uncounted += measured.passes
        continue
      }
      for (label, count) in passes where count > 0 {
        cells[Pair(expected: label, reply: label), default: 0] += count
      }
    }
    let labels = Set(cells.keys.flatMap { [$0.expected, $0.reply] } + missing.keys).sorted()
    self.labels = labels
    counts = labels.map { expected in
      labels.map { cells[Pair(expected: expected, reply: $0), default: 0] }
    }
    unusable = labels.map { missing[$0, default: 0] }
  }

  private struct Pair: Hashable {
    var expected: String
    var reply: String
  }

  /// Passing units by the label that they expect, where they are known; else by the one label that all
  /// examples of the behavior expect. Nil where there are several.
  private static func passes(
    of measured: BehaviorMeasurement, texts: ExampleTexts
  ) -> [String: Int]? {
    let behavior = texts.suite?.suite[behavior: measured.behavior]
    if let passed = texts.units(of: measured) {
      return passed.compactMap(\.expected.label).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let expected = Set(
      measured.failures.map(\.expected) + (behavior?.examples.map(\.expected) ?? []))
    let labels = Set(expected.compactMap(\.label))
    if labels.isEmpty, !expected.isEmpty { return [:] }
    if expected.count == 1, let label = labels.first { return [label: measured.passes] }
    return measured.passes == 0 ? [:] : nil
  }

  /// The pairs that are confused, the commonest first.
  package var confused: [(expected: String, reply: String, count: Int)] {
    var pairs: [(expected: String, reply: String, count: Int)] = []
    for (row, expected) in labels.enumerated() {
      for (column, reply) in labels.enumerated() where row != column && counts[row][column] > 0 {
        pairs.append((expected, reply, counts[row][column]))
      }
    }
    return pairs.sorted {
      ($1.count, $0.expected, $0.reply) < ($0.count, $1.expected, $1.reply)
    }
  }
}
