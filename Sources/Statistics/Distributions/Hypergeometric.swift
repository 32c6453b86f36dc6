#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number of marked units in a sample drawn without replacement.
///
/// Source: any text on sampling; the masses as ratios of binomial ones (Loader 2000), so that they
/// keep their relative precision for populations of 10⁹.
public struct Hypergeometric: Sendable, Hashable, Codable {
  /// All units.
  public let population: Int
  /// Those among them that are marked.
  public let marked: Int
  /// The units drawn.
  public let draws: Int

  /// - Precondition: 0 ≤ marked ≤ population and 0 ≤ draws ≤ population.
  public init(population: Int, marked: Int, draws: Int) {
    precondition(
      (0...max(0, population)).contains(marked) && (0...max(0, population)).contains(draws),
      "marked units and draws are among the population")
    self.population = population
    self.marked = marked
    self.draws = draws
  }

  /// The values that can occur.
  public var support: ClosedRange<Int> {
    max(0, draws - (population - marked))...min(marked, draws)
  }

  /// ln P(X = k). −∞ outside the support.
  public func logMass(_ k: Int) -> Double {
    guard support.contains(k) else { return -.infinity }
    guard population > 0 else { return 0 }
    let rate = Double(draws) / Double(population)
    return binomialLogMass(k, trials: marked, probability: rate)
      + binomialLogMass(draws - k, trials: population - marked, probability: rate)
      - binomialLogMass(draws, trials: population, probability: rate)
  }

  /// P(X ≤ k), precise where it is tiny. Sums as many masses as matter, about √population.
  public func cdf(_ k: Int) -> Double {
    if k < support.lowerBound { return 0 }
    if k >= support.upperBound { return 1 }
    return Double(k) <= mean ? sum(from: k, by: -1) : max(0, 1 - sum(from: k + 1, by: 1))
  }

  /// P(X ≥ k), precise where it is tiny.
  public func survival(_ k: Int) -> Double {
    if k <= support.lowerBound { return 1 }
    if k > support.upperBound { return 0 }
    return Double(k) >= mean ? sum(from: k, by: 1) : max(0, 1 - sum(from: k - 1, by: -1))
  }

  /// draws·marked/population; 0 of nothing.
  public var mean: Double {
    population == 0 ? 0 : Double(draws) * (Double(marked) / Double(population))
  }

  /// The masses from k outward, away from the mean.
  private func sum(from k: Int, by step: Int) -> Double {
    var (term, total) = (1.0, 0.0)
    var hits = k
    while support.contains(hits), term > total * 1e-18 {
      total += term
      let x = Double(hits)
      let rest = Double(population - marked - draws)
      term *=
        step > 0
        ? (Double(marked) - x) * (Double(draws) - x) / ((x + 1) * (rest + x + 1))
        : x * (rest + x) / ((Double(marked) - x + 1) * (Double(draws) - x + 1))
      hits += step
    }
    return min(1, exp(logMass(k)) * total)
  }
}
