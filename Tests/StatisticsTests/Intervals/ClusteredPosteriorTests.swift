import Statistics
import Testing

@Suite("Rates with clusters, by belief")
struct ClusteredPosteriorTests {
  /// numpy 2.4.6 and scipy 1.17.1 `gammaln`: 400 Gauss points over θ, 6001 trapezoids over ln d.
  @Test("Agrees with a finer integration")
  func reference() throws {
    let posterior = try ClusteredPosterior(
      successes: [5, 5, 4, 5, 2, 5, 3, 5], sizes: [Int](repeating: 5, count: 8))
    #expect(abs(posterior.mean - 0.7938517215) < 1e-5)
    #expect(abs(posterior.quantile(0.025) - 0.5748549634) < 1e-5)
    #expect(abs(posterior.quantile(0.975) - 0.9395436518) < 1e-5)
  }

  @Test("Clusters of one are a uniform prior's posterior")
  func singletons() throws {
    let posterior = try ClusteredPosterior(
      successes: [Int](repeating: 1, count: 45) + [Int](repeating: 0, count: 5),
      sizes: [Int](repeating: 1, count: 50))
    let beta = BetaPosterior(successes: 45, trials: 50)
    #expect(abs(posterior.mean - beta.mean) < 1e-6)
    for p in [0.001, 0.025, 0.5, 0.9, 0.999] {
      #expect(abs(posterior.quantile(p) - betaQuantile(p, a: beta.a, b: beta.b)) < 1e-6)
    }
  }

  @Test("Nothing seen says nothing; one cluster says little; bad counts are errors")
  func edges() throws {
    let nothing = try ClusteredPosterior(successes: [], sizes: [])
    #expect(nothing.interval(alpha: 0.05) == Interval(lower: 0, upper: 1))
    #expect(nothing.mean == 0.5)
    let one = try ClusteredPosterior(successes: [1000], sizes: [1000])
    #expect(one.interval(alpha: 0.05).width > 0.5)
    let many = try ClusteredPosterior(
      successes: [Int](repeating: 900_000_000, count: 3),
      sizes: [Int](repeating: 1_000_000_000, count: 3))
    #expect(many.interval(alpha: 0.05).contains(0.8))
    let failures = try ClusteredPosterior(successes: [0, 0, 0], sizes: [4, 4, 4])
    #expect(failures.mean < 0.4 && failures.interval(alpha: 0.05).lower > 0)
    #expect(throws: StatisticsError.self) {
      try ClusteredPosterior(successes: [3], sizes: [2])
    }
    #expect(throws: StatisticsError.self) {
      try ClusteredPosterior(successes: [1, 2], sizes: [2])
    }
  }

  @Test("Ten thousand clusters sharpen it as they should")
  func many() throws {
    let posterior = try ClusteredPosterior(
      successes: (0..<10_000).map { $0 % 6 }, sizes: [Int](repeating: 5, count: 10_000))
    let interval = posterior.interval(alpha: 0.05)
    #expect(abs(posterior.mean - 0.5) < 0.002)
    #expect(interval.width > 0.008 && interval.width < 0.02)
  }
}
