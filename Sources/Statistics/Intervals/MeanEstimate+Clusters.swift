/// How a clustered standard error corrects for having few clusters.
public enum ClusterCorrection: String, Sendable, Hashable, Codable, CaseIterable {
  /// None: √(Σ over clusters of the squared sum of residuals)/n. Too small with few clusters.
  case cr0
  /// The standard error without clusters, plus the cross terms within them: Miller's equation 4.
  /// Differs from `cr0` by n/(n−1) on the diagonal.
  case miller
  /// `cr0` times √(G/(G−1)), to go with t of G − 1 degrees of freedom: the one to use.
  case cr1
}

extension MeanEstimate {
  /// The mean of scores that depend on each other within clusters, and its standard error.
  ///
  /// Assumes independent clusters; says nothing on how scores within one depend. Every score has
  /// the same weight, so large clusters count for more. Fewer than 40 clusters are few: say so.
  ///
  /// - Parameters:
  ///   - scores: Shape [n].
  ///   - clusters: The cluster of each score. Shape [n], two different ones at least.
  /// - Throws: `StatisticsError` for arrays of different lengths, fewer than two clusters, NaN or
  ///   an infinity.
  ///
  /// Source: Liang and Zeger (1986); Miller (2024), equation 4 and appendix A; Cameron and Miller
  /// (2015) for CR1.
  public init<Cluster: Hashable>(
    _ scores: [Double], clusters: [Cluster], correction: ClusterCorrection = .cr1
  ) throws(StatisticsError) {
    try requireSameCount(scores.count, "scores", clusters.count, "clusters")
    try requireFinite(scores, "scores")
    let moments = SampleMoments(scores)
    let n = Double(scores.count)
    // In the order of their first appearance: a dictionary's own order differs from run to run.
    var positions: [Cluster: Int] = [:]
    var sums: [Double] = []
    for (score, cluster) in zip(scores, clusters) {
      let position = positions[cluster] ?? sums.count
      if position == sums.count {
        positions[cluster] = position
        sums.append(0)
      }
      sums[position] += score - moments.mean
    }
    try requireCount(sums.count, "clusters", atLeast: 2)
    let groups = Double(sums.count)
    let between = moments.isConstant ? 0 : sums.reduce(0) { $0 + $1 * $1 }
    let variance =
      switch correction {
      case .cr0: between / (n * n)
      case .cr1: between / (n * n) * groups / (groups - 1)
      case .miller:
        moments.sampleVariance / n + (between - moments.squaredDeviations) / (n * n)
      }
    self.init(
      mean: moments.mean, standardError: max(0, variance).squareRoot(), units: sums.count)
  }
}
