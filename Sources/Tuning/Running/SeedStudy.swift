public import Statistics
public import Suites

/// One way of training under several seeds: a claim about the recipe, never about a checkpoint.
///
/// From `dev`. More examples never remove what seeds bring in, so both parts are told apart.
public struct SeedStudy: Sendable {
  public let seeds: [UInt64]
  /// In order of name.
  public let behaviors: [Row]
  /// Over the units of all behaviors.
  public let components: CrossedVarianceComponents?

  /// One behavior under all seeds.
  public struct Row: Sendable {
    public let behavior: String
    public let target: Double
    /// Units on `dev`.
    public let trials: Int
    /// A pass rate for each seed, in their order.
    public let rates: [Double]
    /// Mean and spread between seeds.
    public let over: SeedMean?
    /// Nil where there are too few units.
    public let components: CrossedVarianceComponents?
  }

  /// - Parameters:
  ///   - champions: What each seed's champion did on `dev`; at least two, of the same behaviors.
  public init(seeds: [UInt64], champions: [Measurement], targets: [String: Double]) {
    precondition(seeds.count == champions.count && seeds.count > 1, "a champion for each seed")
    self.seeds = seeds
    var all: [[Double]] = []
    behaviors = champions[0].behaviors.map { first in
      let measured = champions.compactMap { $0[behavior: first.behavior] }
      let scores = Self.scores(measured)
      all += scores
      let rates = measured.map { $0.passRate ?? 0 }
      return Row(
        behavior: first.behavior, target: targets[first.behavior] ?? 0, trials: first.trials,
        rates: rates, over: try? SeedMean(rates),
        components: try? CrossedVarianceComponents(scores: scores))
    }
    components = try? CrossedVarianceComponents(scores: all)
  }

  /// A row for each unit, a score for each seed: 1 where it passes.
  private static func scores(_ measured: [BehaviorMeasurement]) -> [[Double]] {
    let failed = measured.map(\.failed)
    let some = failed.reduce(into: Set<String>()) { $0.formUnion($1) }
    let rows = some.sorted().map { id in failed.map { $0.contains(id) ? 0.0 : 1 } }
    let always = (measured.first?.trials ?? 0) - some.count
    return rows + Array(repeating: measured.map { _ in 1 }, count: max(0, always))
  }
}

extension Suite {
  /// The same suite under another seed.
  public func seeded(_ seed: UInt64) -> Suite {
    var other = self
    other.tuning.seed = seed
    other.contentHash = Self.contentHash(of: other)
    return other
  }
}
