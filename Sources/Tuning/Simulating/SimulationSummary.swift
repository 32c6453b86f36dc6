public import Statistics
public import Suites

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What many simulated runs came to, and whether that keeps the promise.
public struct SimulationSummary: Sendable {
  public let runs: Int
  public let certified: Int
  /// Certificates that do not hold: some true rate is not above its target.
  public let falseCertificates: Int
  /// α, the most that false certificates may be.
  public let promised: Double
  /// Certificates after so many rounds or fewer; shape [rounds + 1].
  public let certifiedByRound: [Int]
  /// False ones among them.
  public let falseByRound: [Int]
  /// Runs that made an attempt, and those whose first attempt passed.
  public let firstAttempts: Int
  public let firstPasses: Int
  /// The mean over first attempts of the chance that the plan gives them at the true rates.
  public let plannedPower: Double?
  /// Runs by the dearest rung that a candidate was of.
  public let climbedTo: [Rung: Int]
  public let attempts: Spread
  public let rounds: Spread
  public let devCalls: Spread
  public let sealedCalls: Spread

  /// How a count differs from run to run. Of whole counts, quantiles interpolate.
  public struct Spread: Sendable, Hashable, Codable {
    public var mean: Double
    public var tenth: Double
    public var median: Double
    public var ninetieth: Double
    public var most: Double

    /// All zero without a count.
    init(_ counts: [Int]) {
      guard !counts.isEmpty else {
        (mean, tenth, median, ninetieth, most) = (0, 0, 0, 0, 0)
        return
      }
      let sorted = counts.map(Double.init).sorted()
      mean = sorted.reduce(0, +) / Double(sorted.count)
      tenth = sampleQuantile(0.1, ofSorted: sorted)
      median = sampleQuantile(0.5, ofSorted: sorted)
      ninetieth = sampleQuantile(0.9, ofSorted: sorted)
      most = sorted[sorted.count - 1]
    }
  }

  public init(_ results: [SimulatedRun.Result], rounds: Int, confidence: Double) {
    runs = results.count
    certified = results.count(where: \.isCertified)
    falseCertificates = results.count(where: \.isFalse)
    promised = ((1 - confidence) * 1e12).rounded() / 1e12
    func byRound(_ counts: (SimulatedRun.Result) -> Bool) -> [Int] {
      var all = [Int](repeating: 0, count: rounds + 1)
      for result in results where counts(result) {
        all[min(rounds, result.attempts.last?.round ?? 0)] += 1
      }
      for round in all.indices.dropFirst() { all[round] += all[round - 1] }
      return all
    }
    certifiedByRound = byRound(\.isCertified)
    falseByRound = byRound(\.isFalse)
    let first = results.compactMap(\.attempts.first)
    firstAttempts = first.count
    firstPasses = first.count(where: \.passed)
    plannedPower =
      first.isEmpty ? nil : first.reduce(0) { $0 + $1.power } / Double(first.count)
    climbedTo = Dictionary(grouping: results.compactMap(\.climbedTo)) { $0 }.mapValues(\.count)
    attempts = Spread(results.map(\.attempts.count))
    self.rounds = Spread(results.map(\.rounds))
    devCalls = Spread(results.map(\.devCalls))
    sealedCalls = Spread(results.map(\.sealedCalls))
  }

  // MARK: - Error bars

  /// Of the share of runs that certify: Wilson, two-sided 95 %.
  public var certifiedShare: Interval { .wilson(successes: certified, trials: runs, alpha: 0.05) }

  public var falseShare: Interval {
    .wilson(successes: falseCertificates, trials: runs, alpha: 0.05)
  }

  /// Of the power of a first attempt; 0...1 without one.
  public var measuredPower: Interval {
    .wilson(successes: firstPasses, trials: firstAttempts, alpha: 0.05)
  }

  /// The largest share of false certificates that so many runs of a loop that keeps its promise
  /// would show: α and three standard errors of it.
  public var tolerated: Double { Self.tolerated(promised, runs: runs) }

  public var keepsPromise: Bool { Double(falseCertificates) <= tolerated * Double(runs) }

  /// A rate and three standard errors of it over so many runs.
  package static func tolerated(_ rate: Double, runs: Int) -> Double {
    runs == 0 ? 1 : rate + 3 * sqrt(rate * (1 - rate) / Double(runs))
  }
}
