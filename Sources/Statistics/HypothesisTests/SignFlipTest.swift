/// The permutation test of paired scores: under H0 every difference is as likely with the other
/// sign.
///
/// Assumes independent units whose differences are symmetric about 0 under H0, as they are where
/// both models are alike. For binary grades it is McNemar's exact test.
///
/// Source: Fisher (1935), chapter 3; the p-value of a sample of flips is Phipson and Smyth's (2010).
public struct SignFlipTest: Sendable, Hashable, Codable {
  /// The mean difference; 0 without differences.
  public let statistic: Double
  /// The probability of a sum at least as far out. 1 without differences other than 0.
  public let pValue: Double
  /// Whether all flips were counted and not a sample of them.
  public let isExact: Bool

  /// Counts all flips where differences take few values or are up to some forty in number, and
  /// samples them otherwise.
  ///
  /// - Parameters:
  ///   - differences: New less baseline, one an independent unit. Shape [n].
  ///   - alternative: `.greater`: the new model scores higher.
  ///   - samples: How many flips to draw where they cannot all be counted; each costs time in
  ///     proportion to n.
  ///   - seed: Of those draws.
  /// - Throws: `StatisticsError.notFinite` for NaN or an infinity.
  /// - Precondition: There is at least one sample.
  public init(
    differences: [Double], alternative: Alternative = .greater, samples: Int = 100_000,
    seed: UInt64 = 0
  ) throws(StatisticsError) {
    precondition(samples > 0, "flips are sampled at least once")
    try requireFinite(differences, "differences")
    let sum = differences.reduce(0, +)
    statistic = differences.isEmpty ? 0 : sum / Double(differences.count)
    let sizes = FlipSizes(differences)
    let reached = alternative == .less ? -sum : alternative == .twoSided ? abs(sum) : sum
    let tail: Double
    if let exact = sizes.probability(atLeast: reached) {
      (tail, isExact) = (exact, true)
    } else {
      tail = sizes.sampledProbability(
        atLeast: reached, samples: samples, seed: seed, twoSided: alternative == .twoSided)
      isExact = false
    }
    let isDoubled = alternative == .twoSided && isExact
    pValue = min(1, isDoubled ? 2 * tail : tail)
  }

  /// Flips whole clusters, whose units depend on each other.
  ///
  /// - Parameter clusters: The cluster of each difference. Shape [n].
  /// - Throws: `StatisticsError` as without clusters, and for arrays of different lengths.
  public init<Cluster: Hashable>(
    differences: [Double], clusters: [Cluster], alternative: Alternative = .greater,
    samples: Int = 100_000, seed: UInt64 = 0
  ) throws(StatisticsError) {
    try requireSameCount(differences.count, "differences", clusters.count, "clusters")
    try requireFinite(differences, "differences")
    var positions: [Cluster: Int] = [:]
    var sums: [Double] = []
    for (difference, cluster) in zip(differences, clusters) {
      let position = positions[cluster] ?? sums.count
      if position == sums.count {
        positions[cluster] = position
        sums.append(0)
      }
      sums[position] += difference
    }
    let flipped = try SignFlipTest(
      differences: sums, alternative: alternative, samples: samples, seed: seed)
    statistic = differences.isEmpty ? 0 : sums.reduce(0, +) / Double(differences.count)
    (pValue, isExact) = (flipped.pValue, flipped.isExact)
  }
}
