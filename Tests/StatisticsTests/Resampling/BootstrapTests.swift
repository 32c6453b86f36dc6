import Foundation
import Statistics
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  private let scores = (0..<40).map { pow(Double($0) / 40, 3) }

  @Test("The same seed gives the same numbers, another one others")
  func seeds() throws {
    let one = try Bootstrap.mean(of: scores, resamples: 200, seed: 1)
    #expect(try Bootstrap.mean(of: scores, resamples: 200, seed: 1) == one)
    #expect(try Bootstrap.mean(of: scores, resamples: 200, seed: 2) != one)
  }

  @Test("The standard error of a mean is SD/√n, both with divisor n", arguments: [2, 40, 70_000])
  func standardError(count: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let values = (0..<count).map { _ in generator.nextUniform() }
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    let resamples = 1000
    let bootstrap = try Bootstrap.mean(of: values, resamples: resamples, seed: 4)
    #expect(abs(bootstrap.estimate - mean) < 1e-13)
    let ratio = bootstrap.standardError / (variance / Double(count)).squareRoot()
    #expect(abs(ratio - 1) < 3 / (2 * Double(resamples)).squareRoot())
  }

  @Test("Any statistic: the mean through it is the mean")
  func general() throws {
    let scores = scores
    let general = try Bootstrap(units: scores.count, resamples: 500, seed: 9) { drawn in
      drawn.reduce(0) { $0 + scores[$1] } / Double(drawn.count)
    }
    let mean = try Bootstrap.mean(of: scores, resamples: 500, seed: 9)
    #expect(abs(general.estimate - mean.estimate) < 1e-14)
    #expect(abs(general.acceleration - mean.acceleration) < 1e-12)
    #expect(zip(general.replicates, mean.replicates).allSatisfy { abs($0 - $1) < 1e-14 })
    for method in Bootstrap.Method.allCases {
      let (one, other) = (
        general.interval(alpha: 0.1, method: method), mean.interval(alpha: 0.1, method: method)
      )
      #expect(abs(one.lower - other.lower) < 1e-12 && abs(one.upper - other.upper) < 1e-12)
    }
  }

  @Test("Intervals nest with confidence", arguments: Bootstrap.Method.allCases)
  func nesting(method: Bootstrap.Method) throws {
    let bootstrap = try Bootstrap.mean(of: scores, resamples: 5000, seed: 5)
    var wider = Interval(lower: 0, upper: 1)
    for alpha in [1e-12, 0.01, 0.05, 0.2] {
      let interval = bootstrap.interval(alpha: alpha, method: method)
      #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
      #expect(interval.width > 0)
      wider = interval
    }
  }

  @Test("A level that claims nothing gets everything, 1 a point")
  func levels() throws {
    let bootstrap = try Bootstrap.mean(of: scores, resamples: 99, seed: 5)
    for method in Bootstrap.Method.allCases {
      for alpha in [0, -1, Double.nan] {
        #expect(
          bootstrap.interval(alpha: alpha, method: method)
            == Interval(lower: -.infinity, upper: .infinity))
      }
      #expect(bootstrap.interval(alpha: 1, method: method).width < 1e-12)
    }
  }

  @Test("Of skewed values BCa reaches farther to the long side")
  func skewness() throws {
    let bootstrap = try Bootstrap.mean(of: scores, resamples: 20_000, seed: 6)
    #expect(bootstrap.acceleration > 0)
    let percentile = bootstrap.interval(alpha: 0.05)
    let corrected = bootstrap.interval(alpha: 0.05, method: .biasCorrected)
    #expect(corrected.upper > percentile.upper && corrected.lower > percentile.lower)
  }

  @Test("Covers in about 90 % of samples", arguments: Bootstrap.Method.allCases)
  func coverage(method: Bootstrap.Method) throws {
    var generator = SeededGenerator(seed: 7)
    let runs = 1000
    let covered = try (0..<runs).count { run in
      let values = (0..<60).map { _ in generator.nextUniform() * generator.nextUniform() }
      let interval = try Bootstrap.mean(of: values, resamples: 400, seed: UInt64(run))
        .interval(alpha: 0.1, method: method)
      return interval.lower <= 0.25 && 0.25 <= interval.upper
    }
    // Approximate, and a little too narrow: two points are granted to it.
    let sigma = (0.9 * 0.1 / Double(runs)).squareRoot()
    #expect(abs(Double(covered) / Double(runs) - 0.9) < 0.02 + 3 * sigma)
  }

  @Test("A replicate that equals the estimate but for rounding counts half")
  func ties() throws {
    let grades = (0..<10).map { $0 < 7 ? 1.0 : 0 }
    let bootstrap = try Bootstrap.mean(of: grades, resamples: 20_000, seed: 8)
    let values = Set(bootstrap.replicates.map { ($0 * 1e9).rounded() })
    #expect(values.count <= 11)
    let interval = bootstrap.interval(alpha: 0.1, method: .biasCorrected)
    #expect(0.4 <= interval.lower && interval.upper <= 0.9 + 1e-12)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.noSpread(argument: "values")) {
      try Bootstrap.mean(of: [0.1, 0.1, 0.1], resamples: 9, seed: 1)
    }
    #expect(throws: StatisticsError.noSpread(argument: "values")) {
      try Bootstrap.pairedDifference([1, 2], [0, 1], resamples: 9, seed: 1)
    }
    #expect(throws: StatisticsError.tooFew(argument: "values", count: 1, minimum: 2)) {
      try Bootstrap.mean(of: [1], resamples: 9, seed: 1)
    }
    #expect(throws: StatisticsError.notFinite(argument: "b", index: 1)) {
      try Bootstrap.pairedDifference([1, 2], [0, .nan], resamples: 9, seed: 1)
    }
    #expect(throws: StatisticsError.self) {
      try Bootstrap.pairedDifference([1, 2], [0], resamples: 9, seed: 1)
    }
    #expect(throws: StatisticsError.noSpread(argument: "statistic")) {
      try Bootstrap(units: 5, resamples: 9, seed: 1) { _ in 1 }
    }
    #expect(throws: StatisticsError.notFinite(argument: "statistic", index: 0)) {
      try Bootstrap(units: 5, resamples: 9, seed: 1) { _ in .nan }
    }
  }
}
