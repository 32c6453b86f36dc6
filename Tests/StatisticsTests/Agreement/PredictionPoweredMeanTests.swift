import Statistics
import Testing

@Suite("Prediction-powered mean")
struct PredictionPoweredMeanTests {
  @Test("A judge that is always right counts fully, one that says nothing not at all")
  func trust() throws {
    let labels = (0..<200).map { $0 % 5 == 0 ? 0.0 : 1 }
    let unlabeled = (0..<100_000).map { $0 % 5 == 0 ? 0.0 : 1 }
    let right = try PredictionPoweredMean(
      labels: labels, predictions: labels, unlabeledPredictions: unlabeled)
    #expect(abs(right.lambda - 1) < 0.01)
    #expect(right.standardError < 0.05 * (0.8 * 0.2 / 200).squareRoot())
    let constant = try PredictionPoweredMean(
      labels: labels, predictions: labels.map { _ in 1 },
      unlabeledPredictions: unlabeled.map { _ in 1 })
    #expect(constant.lambda == 0)
    #expect(abs(constant.estimate - 0.8) < 1e-12)
    let contrary = try PredictionPoweredMean(
      labels: labels, predictions: labels.map { 1 - $0 }, unlabeledPredictions: unlabeled)
    #expect(contrary.lambda == 0)
  }

  @Test("Without unlabeled units the labels count alone")
  func labelsOnly() throws {
    let mean = try PredictionPoweredMean(
      labels: [1, 0, 1, 1], predictions: [1, 1, 0, 1], unlabeledPredictions: [], lambda: 1)
    #expect(mean.lambda == 0)
    #expect(mean.estimate == 0.75)
    #expect(abs(mean.standardError - (0.75 * 0.25 / 4).squareRoot()) < 1e-15)
  }

  @Test("Covers in about 95 % of samples, though the judge is biased, and beats labels alone")
  func coverage() throws {
    var generator = SeededGenerator(seed: 2)
    func draw() -> (label: Double, prediction: Double) {
      let label = generator.nextUniform() < 0.7
      let prediction = label ? generator.nextUniform() < 0.98 : generator.nextUniform() < 0.3
      return (label ? 1 : 0, prediction ? 1 : 0)
    }
    let runs = 1000
    var (covered, narrower) = (0, 0)
    for _ in 0..<runs {
      let labeled = (0..<200).map { _ in draw() }
      let (labels, predictions) = (labeled.map(\.label), labeled.map(\.prediction))
      let unlabeled = (0..<1000).map { _ in draw().prediction }
      let mean = try PredictionPoweredMean(
        labels: labels, predictions: predictions, unlabeledPredictions: unlabeled)
      let alone = try PredictionPoweredMean(
        labels: labels, predictions: predictions, unlabeledPredictions: unlabeled, lambda: 0)
      let interval = try mean.interval(alpha: 0.05)
      if interval.lower <= 0.7 && 0.7 <= interval.upper { covered += 1 }
      if mean.standardError < alone.standardError { narrower += 1 }
    }
    let sigma = (0.95 * 0.05 / Double(runs)).squareRoot()
    #expect(Double(covered) / Double(runs) > 0.94 - 3 * sigma)
    #expect(narrower == runs)
  }

  @Test("p-values of both sides sum to one; labels without spread give none")
  func pValues() throws {
    let mean = try PredictionPoweredMean(
      labels: [1, 0, 1, 1], predictions: [1, 1, 0, 1], unlabeledPredictions: [1, 0, 1])
    #expect(abs(try mean.pValue(target: 0.6) + mean.pValueBelow(target: 0.6) - 1) < 1e-15)
    let flat = try PredictionPoweredMean(
      labels: [0.1, 0.1, 0.1], predictions: [0.7, 0.7, 0.7], unlabeledPredictions: [0.7, 0.7])
    #expect(flat.standardError == 0)
    #expect(throws: StatisticsError.noSpread(argument: "labels")) {
      try flat.interval(alpha: 0.05)
    }
    #expect(throws: StatisticsError.noSpread(argument: "labels")) { try flat.pValue(target: 0) }
    #expect(throws: StatisticsError.noSpread(argument: "labels")) {
      try flat.pValueBelow(target: 0)
    }
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "labels", count: 1, minimum: 2)) {
      try PredictionPoweredMean(labels: [1], predictions: [1], unlabeledPredictions: [1])
    }
    #expect(throws: StatisticsError.self) {
      try PredictionPoweredMean(labels: [1, 0], predictions: [1], unlabeledPredictions: [1])
    }
    #expect(throws: StatisticsError.notFinite(argument: "unlabeledPredictions", index: 0)) {
      try PredictionPoweredMean(
        labels: [1, 0], predictions: [1, 0], unlabeledPredictions: [.nan])
    }
  }
}
