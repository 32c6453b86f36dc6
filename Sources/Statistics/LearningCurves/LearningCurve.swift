/// The pass rate as a function of how many examples were learned from, and what it extrapolates to.
///
/// ```
/// rate
///   |                   ____·····  law, and how it varies with the units that it was measured on
///   |            __x----
///   |       _x---
///   |  _x---          x  measured after learning from an eighth, a quarter, a half, all
///   |_x________________________ examples
/// ```
///
/// All sizes are measured on the same units, so these are drawn again together (bootstrap), and with
/// them the chains of nested subsets that were learned from. What the ranges leave out is that the
/// world may not follow an inverse power law: nothing is said beyond `horizon` times the largest
/// size.
///
/// Source: Cortes et al. (1994); Hestness et al. (2017); the weights, larger sizes more, are those
/// of Figueroa et al. (2012), "Predicting sample size required for classification performance".
public struct LearningCurve: Sendable, Hashable, Codable {
  /// Numbers of examples, ascending. Shape [sizes].
  public let sizes: [Double]
  /// The mean pass rate at each. Shape [sizes].
  public let rates: [Double]
  /// Fitted to the rates.
  public let law: InversePowerLaw
  /// The same fitted to units and chains drawn again. Shape [resamples].
  public let replicates: [InversePowerLaw]

  /// Up to so many times the largest size anything is said.
  public static let horizon = 8.0

  /// - Parameters:
  ///   - sizes: Numbers of examples learned from, above 0, ascending, at least three.
  ///   - passes: Whether each unit passed. Shape [sizes][chains][units]; a size may have fewer
  ///     chains than another, and has one at least.
  /// - Throws: `StatisticsError` where there are fewer than three sizes or two units, or lengths
  ///   differ.
  /// - Precondition: sizes ascend, and resamples > 0.
  public init(
    sizes: [Double], passes: [[[Bool]]], resamples: Int = 200, seed: UInt64
  ) throws(StatisticsError) {
    precondition(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 }, "sizes ascend")
    precondition(resamples > 0, "a bootstrap draws resamples")
    try requireSameCount(sizes.count, "sizes", passes.count, "passes")
    let units = passes.first?.first?.count ?? 0
    try requireCount(units, "units", atLeast: 2)
    for chains in passes {
      try requireCount(chains.count, "chains", atLeast: 1)
      for chain in chains { try requireSameCount(chain.count, "chain", units, "units") }
    }
    let weights = sizes.indices.map { Double($0 + 1) / Double(sizes.count) }
    let rates = passes.map { chains in
      Double(chains.reduce(0) { $0 + $1.count { $0 } }) / Double(chains.count * units)
    }
    self.sizes = sizes
    self.rates = rates
    law = try InversePowerLaw(sizes: sizes, errors: rates.map { 1 - $0 }, weights: weights)
    var generator = SeededGenerator(seed: seed, stream: "learning curve")
    let most = passes.reduce(1) { max($0, $1.count) }
    var replicates: [InversePowerLaw] = []
    for _ in 0..<resamples {
      let drawn = (0..<units).map { _ in Int(generator.next() % UInt64(units)) }
      let picks = (0..<most).map { _ in Int(generator.next() % UInt64(most)) }
      let errors = passes.map { chains in
        let failures = picks.reduce(0) { sum, pick in
          let chain = chains[pick % chains.count]
          return sum + drawn.count { !chain[$0] }
        }
        return Double(failures) / Double(most * units)
      }
      replicates.append(try InversePowerLaw(sizes: sizes, errors: errors, weights: weights))
    }
    self.replicates = replicates
  }

  /// Where the fitted law is after learning from so many examples: the middle of the replicates,
  /// and the range that holds the middle `confidence` of them.
  ///
  /// - Parameter size: Above 0; nothing is said beyond `horizon`, where it stops.
  public func rate(
    at size: Double, confidence: Double = 0.8
  ) -> (estimate: Double, range: Interval) {
    let size = min(size, Self.horizon * (sizes.last ?? size))
    let sorted = replicates.map { 1 - $0.error(at: size) }.sorted()
    let tail = (1 - confidence) / 2
    func quantile(_ p: Double) -> Double {
      min(1, max(0, sampleQuantile(p, ofSorted: sorted)))
    }
    return (quantile(0.5), Interval(lower: quantile(tail), upper: quantile(1 - tail)))
  }
}
