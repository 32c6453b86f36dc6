import Foundation
import Statistics
import Testing

@Suite("Means with their errors")
struct MeanEstimateTests {
  @Test("Bad data is an error, by name")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "scores", count: 0, minimum: 2)) {
      try MeanEstimate([])
    }
    #expect(throws: StatisticsError.tooFew(argument: "scores", count: 1, minimum: 2)) {
      try MeanEstimate([1])
    }
    #expect(throws: StatisticsError.notFinite(argument: "scores", index: 1)) {
      try MeanEstimate([1, .nan])
    }
    #expect(throws: StatisticsError.tooFew(argument: "clusters", count: 1, minimum: 2)) {
      try MeanEstimate([1, 0, 1], clusters: ["a", "a", "a"])
    }
    #expect(
      throws: StatisticsError.mismatchedLengths(
        argument: "scores", count: 2, other: "clusters", otherCount: 1)
    ) {
      try MeanEstimate([1, 0], clusters: [0])
    }
    #expect(
      throws: StatisticsError.mismatchedLengths(
        argument: "scores", count: 2, other: "baseline", otherCount: 3)
    ) {
      try PairedDifference([1, 0], baseline: [1, 0, 1])
    }
    #expect(
      throws: StatisticsError.outOfRange(argument: "scores", index: 0, value: 2, range: 0...1)
    ) {
      try Interval.meanScore([2], alpha: 0.05)
    }
    #expect(throws: StatisticsError.notFinite(argument: "baseline", index: 0)) {
      try UnpairedDifference([1, 0], baseline: [.infinity, 0])
    }
  }

  @Test("One unit a cluster is no cluster, but for the n/(n−1) of CR0")
  func singletons() throws {
    let scores = [0.2, 0.9, 0.4, 1, 0.7]
    let plain = try MeanEstimate(scores)
    let clusters = Array(scores.indices)
    let cr1 = try MeanEstimate(scores, clusters: clusters)
    #expect(abs(cr1.standardError - plain.standardError) < 1e-15)
    let miller = try MeanEstimate(scores, clusters: clusters, correction: .miller)
    #expect(abs(miller.standardError - plain.standardError) < 1e-15)
    let cr0 = try MeanEstimate(scores, clusters: clusters, correction: .cr0)
    #expect(abs(cr0.standardError * (5.0 / 4).squareRoot() - plain.standardError) < 1e-15)
  }

  @Test("Repeating every example k times changes nothing once examples are clusters")
  func repeats() throws {
    let scores = [0.2, 0.9, 0.4, 1, 0.7]
    let repeated = scores.flatMap { [$0, $0, $0] }
    let clusters = scores.indices.flatMap { [$0, $0, $0] }
    let estimate = try MeanEstimate(repeated, clusters: clusters)
    #expect(abs(estimate.standardError - (try MeanEstimate(scores).standardError)) < 1e-15)
    #expect(estimate.units == 5)
  }

  @Test("Error bars of scores lie in 0...1, nest and are never of zero width")
  func bars() throws {
    for scores in [
      [], [1], [0.0], [0.3], [1, 1, 1], [0, 0], [0.5, 0.5], [0, 1], [1, 1, 0.999],
    ] {
      var outer = Interval(lower: 0, upper: 1)
      for alpha in [0, 0.01, 0.05, 0.3] {
        let interval = try Interval.meanScore(scores, alpha: alpha)
        #expect(interval.lower >= outer.lower && interval.upper <= outer.upper)
        #expect(interval.width > 0)
        outer = interval
      }
    }
    #expect(try Interval.meanScore([1, 1, 1], alpha: 0.05).lower == pow(0.025, 1.0 / 3))
    let cluster = try Interval.meanScore([1, 0, 1], clusters: ["a", "a", "a"], alpha: 0.05)
    #expect(cluster.width > 0.9)
  }

  @Test("A paired difference is the mean of differences; pairing uses the correlation")
  func paired() throws {
    let a = [0.9, 0.4, 0.7, 1, 0.2]
    let b = [0.8, 0.5, 0.4, 0.9, 0.1]
    let paired = try PairedDifference(a, baseline: b)
    let summary = PairedDifference.standardError(
      first: try MeanEstimate(a).standardError, second: try MeanEstimate(b).standardError,
      correlation: try #require(paired.correlation))
    #expect(abs(summary - paired.standardError) < 1e-15)
    #expect(try PairedDifference([1, 1, 1], baseline: [0, 1, 0]).correlation == nil)
    let unpaired = try UnpairedDifference(a, baseline: b)
    #expect(abs(unpaired.standardError - paired.unpairedStandardError) < 1e-15)
    #expect(unpaired.degreesOfFreedom > 4 && unpaired.degreesOfFreedom <= 8)
    let alike = try UnpairedDifference([1, 1, 1], baseline: [1, 1])
    #expect(alike.standardError == 0 && alike.degreesOfFreedom == 1)
  }

  @Test("Distribution-free bounds lie in 0...1, nest, and cover by enumeration")
  func bounds() throws {
    #expect(try Hoeffding.interval([], alpha: 0.05) == Interval(lower: 0, upper: 1))
    #expect(try EmpiricalBernstein.interval([1], alpha: 0.05) == Interval(lower: 0, upper: 1))
    #expect(throws: StatisticsError.notFinite(argument: "scores", index: 0)) {
      try Hoeffding.upper([.nan], alpha: 0.05)
    }
    let n = 200
    for rate in [0.5, 0.9, 0.99] {
      var (hoeffding, bernstein) = (0.0, 0.0)
      for successes in 0...n {
        let scores = (0..<n).map { $0 < successes ? 1.0 : 0 }
        let chance = exp(binomialLogMass(successes, trials: n, probability: rate))
        let outer = try Hoeffding.interval(scores, alpha: 0.01)
        let inner = try Hoeffding.interval(scores, alpha: 0.1)
        #expect(outer.lower <= inner.lower && inner.upper <= outer.upper && inner.width > 0)
        if inner.contains(rate) { hoeffding += chance }
        if try EmpiricalBernstein.interval(scores, alpha: 0.1).contains(rate) {
          bernstein += chance
        }
      }
      #expect(hoeffding >= 0.9)
      #expect(bernstein >= 0.9)
    }
  }
}
