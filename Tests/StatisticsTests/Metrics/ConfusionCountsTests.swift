import Statistics
import Testing

@Suite("Confusion counts")
struct ConfusionCountsTests {
  @Test("Nothing below the line gives nil, and correlation 0")
  func empty() {
    let none = ConfusionCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0)
    #expect(none.precision == nil && none.recall == nil && none.f1 == nil)
    #expect(none.accuracy == nil && none.specificity == nil && none.jaccard == nil)
    #expect(none.f1StandardError == nil)
    #expect(none.matthewsCorrelation == 0)
    let silent = ConfusionCounts(
      truePositives: 0, falsePositives: 0, falseNegatives: 5, trueNegatives: 5)
    #expect(silent.precision == nil && silent.recall == 0 && silent.f1 == 0)
    #expect(silent.f1StandardError == 0)
    #expect(silent.matthewsCorrelation == 0)
  }

  @Test("F1 is the harmonic mean of precision and recall, and 2J/(1+J)")
  func harmonic() throws {
    let counts = ConfusionCounts(truePositives: 45, falsePositives: 8, falseNegatives: 5)
    let (precision, recall) = (try #require(counts.precision), try #require(counts.recall))
    let (f1, jaccard) = (try #require(counts.f1), try #require(counts.jaccard))
    #expect(abs(f1 - 2 / (1 / precision + 1 / recall)) < 1e-15)
    #expect(abs(f1 - 2 * jaccard / (1 + jaccard)) < 1e-15)
  }

  @Test("Correlation keeps its digits where 10⁹ counts nearly cancel")
  func cancellation() {
    let n = 1_000_000_000
    let counts = ConfusionCounts(
      truePositives: n, falsePositives: n - 1, falseNegatives: n - 1, trueNegatives: n)
    #expect(abs(counts.matthewsCorrelation * Double(2 * n - 1) - 1) < 1e-12)
    let turned = ConfusionCounts(
      truePositives: n - 1, falsePositives: n, falseNegatives: n, trueNegatives: n - 1)
    #expect(turned.matthewsCorrelation == -counts.matthewsCorrelation)
    let perfect = ConfusionCounts(
      truePositives: 3, falsePositives: 0, falseNegatives: 0, trueNegatives: n)
    #expect(abs(perfect.matthewsCorrelation - 1) < 1e-15)
  }

  @Test("The standard error of F1 is the spread over samples")
  func standardError() throws {
    // J = 2/3 over 600 units.
    var generator = SeededGenerator(seed: 8)
    let runs = 4000
    let values = (0..<runs).map { _ in
      let hits = (0..<600).count { _ in generator.nextUniform() * 3 < 2 }
      return 2 * Double(hits) / Double(600 + hits)
    }
    let mean = values.reduce(0, +) / Double(runs)
    let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs)).squareRoot()
    let counts = ConfusionCounts(truePositives: 400, falsePositives: 120, falseNegatives: 80)
    let error = try #require(counts.f1StandardError)
    // An SD of normal values has a relative error of 1/√(2·runs).
    #expect(abs(spread / error - 1) < 3 / (2 * Double(runs)).squareRoot())
  }
}
