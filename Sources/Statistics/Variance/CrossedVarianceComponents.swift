/// Where the spread of scores comes from when every example was scored under every training seed:
/// examples, seeds, or their interplay.
///
/// Assumes that examples and seeds are random draws and that scores are the sum of both effects and
/// an independent rest, one score a cell. More examples never remove the seeds' part, nor more
/// seeds the examples'.
///
/// Source: two-way random-effects analysis of variance, Searle, Casella and McCulloch (1992).
public struct CrossedVarianceComponents: Sendable, Hashable, Codable {
  public let items: Int
  public let seeds: Int
  public let grandMean: Double
  public let meanSquareItems: Double
  public let meanSquareSeeds: Double
  public let meanSquareResidual: Double

  /// - Parameter scores: Example by example, one score for each seed. Shape [items, seeds].
  /// - Throws: `StatisticsError` where there are fewer than two examples or seeds, rows differ in
  ///   length, or a score is NaN or infinite.
  public init(scores: [[Double]]) throws(StatisticsError) {
    try requireCount(scores.count, "scores", atLeast: 2)
    let width = scores[0].count
    for (item, row) in scores.enumerated() {
      try requireSameCount(row.count, "scores[\(item)]", width, "scores[0]")
      try requireFinite(row, "scores[\(item)]")
    }
    try requireCount(width, "scores[0]", atLeast: 2)
    items = scores.count
    seeds = width
    let (rows, columns) = (Double(items), Double(seeds))
    let itemMeans = scores.map { SampleMoments($0).mean }
    let seedMeans = (0..<width).map { seed in SampleMoments(scores.map { $0[seed] }).mean }
    let (acrossItems, acrossSeeds) = (SampleMoments(itemMeans), SampleMoments(seedMeans))
    let grandMean = acrossItems.mean
    // Residuals themselves, not a difference of sums: a small rest stays precise.
    let rest = zip(scores, itemMeans).reduce(0) { sum, item in
      zip(item.0, seedMeans).reduce(sum) { sum, cell in
        let residual = (cell.0 - item.1) - (cell.1 - grandMean)
        return sum + residual * residual
      }
    }
    self.grandMean = grandMean
    meanSquareItems = columns * acrossItems.squaredDeviations / (rows - 1)
    meanSquareSeeds = rows * acrossSeeds.squaredDeviations / (columns - 1)
    meanSquareResidual = rest / ((rows - 1) * (columns - 1))
  }

  /// σ²_I, the variance between examples; 0 where the estimate comes out negative.
  public var itemVariance: Double {
    max(0, (meanSquareItems - meanSquareResidual) / Double(seeds))
  }

  /// σ²_S, the variance between seeds; 0 where the estimate comes out negative.
  public var seedVariance: Double {
    max(0, (meanSquareSeeds - meanSquareResidual) / Double(items))
  }

  /// σ²_E: the interplay of examples and seeds, and noise.
  public var residualVariance: Double { meanSquareResidual }

  /// The standard error of the grand mean as a claim about other examples and other seeds:
  /// √(σ²_I/I + σ²_S/S + σ²_E/(I·S)).
  public var standardError: Double {
    standardError(items: items, seeds: seeds)
  }

  /// The same as a claim about these very examples under other seeds: √(σ²_S/S + σ²_E/(I·S)).
  public var standardErrorGivenItems: Double {
    (seedVariance / Double(seeds) + residualVariance / (Double(items) * Double(seeds)))
      .squareRoot()
  }

  /// The same as a claim about these very seeds (checkpoints) on other examples:
  /// √(σ²_I/I + σ²_E/(I·S)).
  public var standardErrorGivenSeeds: Double {
    (itemVariance / Double(items) + residualVariance / (Double(items) * Double(seeds)))
      .squareRoot()
  }

  /// What the standard error would be with other numbers of examples and seeds: for planning.
  ///
  /// - Precondition: Both are positive.
  public func standardError(items: Int, seeds: Int) -> Double {
    precondition(items > 0 && seeds > 0, "a mean is over something")
    let (items, seeds) = (Double(items), Double(seeds))
    return (itemVariance / items + seedVariance / seeds + residualVariance / (items * seeds))
      .squareRoot()
  }
}
