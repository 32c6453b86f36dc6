#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the two pass rates are estimated that a score statistic takes its standard error from.
public enum RestrictedEstimate: String, Sendable, Hashable, Codable {
  /// The likeliest rates among those with the supposed difference, as published.
  case maximumLikelihood
  /// What statsmodels 0.15.0 takes for them, to compare numbers with it.
  ///
  /// Its cubic equation has the baseline's successes in the linear coefficient, where Miettinen and
  /// Nurminen have its trials. The rates are not the likeliest ones then; the statistic comes out
  /// smaller by some tenths of a percent.
  case statsmodels
}

/// A pair of pass rates on different units with a given difference.
///
/// Source: Miettinen and Nurminen (1985); Farrington and Manning (1990).
struct RestrictedRates {
  let rate: Double
  let baseline: Double

  init(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int, difference: Double,
    estimate: RestrictedEstimate
  ) {
    let (hits, misses) = (Double(successes), Double(trials - successes))
    let baselineHits = Double(baselineSuccesses)
    let baselineMisses = Double(baselineTrials - baselineSuccesses)
    switch estimate {
    case .maximumLikelihood:
      baseline = Self.likeliest(hits, misses, baselineHits, baselineMisses, difference)
    case .statsmodels:
      baseline = Self.cubicRoot(
        hits, misses, baselineHits, baselineMisses, difference, square: baselineHits)
    }
    rate = min(1, max(0, baseline + difference))
  }

  /// Bisects the derivative of the log-likelihood, which falls with the baseline rate. The cubic
  /// equation would lose digits near 0 and 1.
  private static func likeliest(
    _ hits: Double, _ misses: Double, _ baselineHits: Double, _ baselineMisses: Double,
    _ difference: Double
  ) -> Double {
    func slope(_ q: Double) -> Double {
      func term(_ count: Double, _ rate: Double) -> Double {
        count == 0 ? 0 : rate > 0 ? count / rate : .infinity
      }
      return term(hits, q + difference) + term(baselineHits, q)
        - term(misses, 1 - q - difference) - term(baselineMisses, 1 - q)
    }
    var (low, high) = (max(0, -difference), min(1, 1 - difference))
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  /// The root of the cubic equation, by the cosine; the rate of both together where they are
  /// supposed to be equal.
  ///
  /// - Parameter square: The coefficient of the squared difference in the linear term.
  private static func cubicRoot(
    _ hits: Double, _ misses: Double, _ baselineHits: Double, _ baselineMisses: Double,
    _ difference: Double, square: Double
  ) -> Double {
    let total = hits + misses + baselineHits + baselineMisses
    if difference == 0 { return (hits + baselineHits) / total }
    // q³ + 3·third·q² + linear·q + constant = 0.
    let third =
      ((hits + misses + 2 * (baselineHits + baselineMisses)) * difference - total - hits
        - baselineHits) / (3 * total)
    let linear =
      ((square * difference - total - 2 * baselineHits) * difference + hits + baselineHits) / total
    let constant = baselineHits * difference * (1 - difference) / total
    let half = third * third * third - third * linear / 2 + constant / 2
    let radius = max(0, third * third - linear / 3).squareRoot() * (half < 0 ? -1 : 1)
    guard radius != 0 else { return min(1, max(0, -third)) }
    let cosine = min(1, max(-1, half / (radius * radius * radius)))
    let root = 2 * radius * cos((Double.pi + acos(cosine)) / 3) - third
    return min(1, max(0, root))
  }
}
