/// What is believed of a pass rate after trials that depend on each other within clusters.
///
/// Every cluster has its own rate, drawn from Beta(dθ, d(1−θ)); θ is uniform and d, which says how
/// alike the clusters are, Gamma(1, 1). It needs no normality, so it holds up with few clusters. To
/// show, never to certify: it keeps no error rate at a fixed truth.
///
/// Source: Bowyer, Aitchison and Ivanova (2025), section 3.3; integrated here on a grid.
public struct ClusteredPosterior: Sendable, Hashable, Codable {
  /// The posterior mean of θ; ½ without trials.
  public let mean: Double
  /// Evenly spaced logits of θ; none without trials.
  private let logits: [Double]
  /// P(θ up to there).
  private let cumulative: [Double]
  /// Of the logits.
  private let density: [Double]

  /// The cost grows with the number of different counts, not with the number of trials.
  ///
  /// - Parameters:
  ///   - successes: Of each cluster. Shape [G].
  ///   - sizes: The trials of each cluster; 0 is allowed and changes nothing. Shape [G].
  /// - Throws: `StatisticsError` for arrays of different lengths, a negative size, or successes
  ///   that are not among a cluster's trials.
  public init(successes: [Int], sizes: [Int]) throws(StatisticsError) {
    try requireSameCount(successes.count, "successes", sizes.count, "sizes")
    for (index, size) in sizes.enumerated() {
      try requireCount(size, "sizes[\(index)]", atLeast: 0)
      guard (0...size).contains(successes[index]) else {
        throw .outOfRange(
          argument: "successes", index: index, value: Double(successes[index]),
          range: 0...Double(size))
      }
    }
    guard sizes.contains(where: { $0 > 0 }) else {
      (mean, logits, cumulative, density) = (0.5, [], [], [])
      return
    }
    let likelihood = BetaBinomialLikelihood(successes: successes, sizes: sizes)
    let grid = ClusteredPosteriorGrid(around: likelihood)
    let step = grid.logits[1] - grid.logits[0]
    // Cells by the rule of the cubic through four points; nothing is left beyond the ends.
    let marginal = grid.marginal
    func at(_ index: Int) -> Double { marginal.indices.contains(index) ? marginal[index] : 0 }
    var sums = [0.0]
    for cell in 0..<(marginal.count - 1) {
      let area = 13 * (at(cell) + at(cell + 1)) - at(cell - 1) - at(cell + 2)
      sums.append(sums[cell] + max(0, area * step / 24))
    }
    let total = sums[sums.count - 1]
    logits = grid.logits
    cumulative = sums.map { $0 / total }
    density = marginal.map { $0 / total }
    let moment = zip(grid.logits, marginal).reduce(0.0) { $0 + logistic($1.0) * $1.1 }
    mean = moment / marginal.reduce(0, +)
  }

  /// The θ with probability `p` below it. 0 at 0 and 1 at 1; without trials of the uniform prior.
  ///
  /// - Precondition: p lies in 0...1.
  public func quantile(_ p: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies in 0...1")
    if p == 0 || p == 1 || logits.isEmpty { return p }
    let next = min(cumulative.firstIndex { $0 >= p } ?? cumulative.count - 1, logits.count - 1)
    guard next > 0 else { return logistic(logits[0]) }
    let cell = next - 1
    let step = logits[next] - logits[cell]
    // The cubic with these values and slopes at both ends of the cell.
    func value(_ t: Double) -> Double {
      let (u, rise) = (1 - t, cumulative[next] - cumulative[cell])
      return cumulative[cell] + rise * t * t * (3 - 2 * t)
        + step * t * u * (density[cell] * u - density[next] * t)
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if value(middle) < p { low = middle } else { high = middle }
    }
    return logistic(logits[cell] + step * (low + high) / 2)
  }

  /// The central credible interval of θ. 0...1 without trials.
  ///
  /// - Parameter alpha: 1 − belief, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  public func interval(alpha: Double) -> Interval {
    guard alpha > 0, !logits.isEmpty else { return .anyRate }
    let tail = min(alpha, 1) / 2
    return Interval(lower: quantile(tail), upper: quantile(1 - tail))
  }
}
