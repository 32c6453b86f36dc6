/// Whether stated probabilities come true: among replies given at 80 %, are 80 % right?
///
/// ```
/// share right
///  1 |          ·  x      x  a bin: mean stated probability, share that came true
///    |       x  ·         ·  the diagonal: perfectly calibrated
///    |    ·  x
///  0 |_x________________  stated probability
///    0                 1
/// ```
///
/// The errors are biased upward where bins hold few values: show `brierScore` and the plot as well.
///
/// Source: Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017).
public struct Calibration: Sendable, Hashable, Codable {
  /// Stated probabilities between two edges.
  public struct Bin: Sendable, Hashable, Codable {
    /// The bin holds lower < p ≤ upper; the first one also 0.
    public let lower: Double
    public let upper: Double
    /// Values in the bin.
    public let count: Int
    /// Those of them that came true.
    public let hits: Int
    /// The mean of the stated probabilities; nil in an empty bin.
    public let meanProbability: Double?
    /// The share that came true; nil in an empty bin.
    public var rate: Double? { count > 0 ? Double(hits) / Double(count) : nil }
    /// |share − mean probability|; 0 in an empty bin.
    public var error: Double { abs((rate ?? 0) - (meanProbability ?? 0)) }
  }

  /// All bins from 0 to 1, of equal width, empty ones too.
  public let bins: [Bin]

  /// - Parameters:
  ///   - probabilities: Stated probabilities of the outcome, in [0, 1]. Shape [n].
  ///   - outcomes: Whether it happened. Shape [n].
  ///   - bins: How many bins of equal width.
  /// - Throws: `StatisticsError` where lengths differ, there is no value, or a probability is NaN or
  ///   outside [0, 1].
  /// - Precondition: There is a bin.
  public init(
    probabilities: [Double], outcomes: [Bool], bins: Int = 10
  ) throws(StatisticsError) {
    precondition(bins > 0, "there is at least one bin")
    try requireSameCount(probabilities.count, "probabilities", outcomes.count, "outcomes")
    try requireCount(probabilities.count, "probabilities", atLeast: 1)
    try requireFinite(probabilities, "probabilities", in: 0...1)
    let edges = (0..<bins).map { Double($0) * (1 / Double(bins)) } + [1]
    var sums = [Double](repeating: 0, count: bins)
    var counts = [Int](repeating: 0, count: bins)
    var hits = counts
    for (probability, outcome) in zip(probabilities, outcomes) {
      // The product may fall on either side of an edge; the edges decide.
      var bin = min(bins - 1, Int(probability * Double(bins)))
      while bin > 0 && probability <= edges[bin] { bin -= 1 }
      while bin < bins - 1 && probability > edges[bin + 1] { bin += 1 }
      sums[bin] += probability
      counts[bin] += 1
      if outcome { hits[bin] += 1 }
    }
    self.bins = (0..<bins).map { bin in
      Bin(
        lower: edges[bin], upper: edges[bin + 1], count: counts[bin], hits: hits[bin],
        meanProbability: counts[bin] > 0 ? sums[bin] / Double(counts[bin]) : nil)
    }
  }

  /// ECE: the bins' errors, each weighted by its share of the values.
  public var expectedError: Double {
    let total = bins.reduce(0) { $0 + $1.count }
    return bins.reduce(0) { $0 + Double($1.count) * $1.error } / Double(total)
  }

  /// MCE: the largest error of a bin.
  public var maximumError: Double { bins.reduce(0) { max($0, $1.error) } }
}
