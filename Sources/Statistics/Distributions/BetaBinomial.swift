#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number of hits among `trials`, where the rate itself is drawn from Beta(alpha, beta).
///
/// With alpha and beta the counts of a posterior it predicts what the next trials will show.
///
/// Source: Skellam (1948); the saddle-point form of the masses follows Loader (2000).
public struct BetaBinomial: Sendable, Hashable, Codable {
  /// n, at least 0.
  public let trials: Int
  /// Of the rate's distribution, positive.
  public let alpha: Double
  /// Of the rate's distribution, positive.
  public let beta: Double

  /// - Precondition: trials ≥ 0; alpha and beta are positive and finite.
  public init(trials: Int, alpha: Double, beta: Double) {
    precondition(
      trials >= 0 && alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite,
      "a beta-binomial has positive parameters")
    self.trials = trials
    self.alpha = alpha
    self.beta = beta
  }

  /// ln P(X = k). −∞ for an impossible k.
  public func logMass(_ k: Int) -> Double {
    guard (0...trials).contains(k) else { return -.infinity }
    if trials == 0 { return 0 }
    let (hits, misses) = (Double(k), Double(trials - k))
    // C(n, k) is 1/((n+1)·B(k+1, n−k+1)). All three beta functions are seen from one rate x, where
    // what is left of them is of moderate size.
    let x = (hits + alpha) / (Double(trials) + alpha + beta)
    let y = (misses + beta) / (Double(trials) + alpha + beta)
    return logBetaKernel(x, y, alpha, beta) + logBetaKernel(x, y, hits + 1, misses + 1)
      - logBetaKernel(x, y, hits + alpha, misses + beta)
      - log(x) - log(y) - log(Double(trials) + 1)
  }

  /// P(X ≤ k), precise where it is tiny.
  public func cdf(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= trials { return 1 }
    if trials > Self.longest { return tailProbability(atMost: k) }
    return Double(k) <= mean ? sum(from: k, by: -1) : max(0, 1 - sum(from: k + 1, by: 1))
  }

  /// P(X ≥ k), precise where it is tiny.
  public func survival(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    if k > trials { return 0 }
    if trials > Self.longest {
      // The misses are beta-binomial as well.
      return BetaBinomial(trials: trials, alpha: beta, beta: alpha)
        .tailProbability(atMost: trials - k)
    }
    return Double(k) >= mean ? sum(from: k, by: 1) : max(0, 1 - sum(from: k - 1, by: -1))
  }

  /// trials·alpha/(alpha + beta).
  public var mean: Double { Double(trials) * (alpha / (alpha + beta)) }

  /// Beyond so many trials the tails are integrated and not summed.
  private static let longest = 200_000

  /// The masses from k to the end, by the ratio of neighboring terms.
  private func sum(from k: Int, by step: Int) -> Double {
    let n = Double(trials)
    var (term, total) = (1.0, 0.0)
    var hits = k
    // With both parameters from 1 on the masses fall ever faster from here.
    let falls = alpha >= 1 && beta >= 1
    while hits >= 0, hits <= trials, !(falls && term < total * 1e-18 && term < 1) {
      total += term
      let x = Double(hits)
      term *=
        step > 0
        ? (n - x) * (x + alpha) / ((x + 1) * (n - x - 1 + beta))
        : x * (n - x + beta) / ((n - x + 1) * (x - 1 + alpha))
      hits += step
    }
    return min(1, exp(logMass(k)) * total)
  }

  /// P(X ≤ k) = P(rate < U) with U ~ Beta(k+1, n−k), the (k+1)-th smallest of n uniform numbers.
  ///
  /// Integrates over the narrower of both distributions, on the logit scale, where the product of
  /// density and tail has one peak.
  private func tailProbability(atMost k: Int) -> Double {
    let (a, b) = (Double(k) + 1, Double(trials - k))
    let ratesAreNarrow = 1 / alpha + 1 / beta < 1 / a + 1 / b
    // Mirrored where the tail is an upper one, so that it is a lower one always.
    let density = ratesAreNarrow ? (beta, alpha) : (a, b)
    let tail = ratesAreNarrow ? (b, a) : (alpha, beta)
    func logIntegrand(_ w: Double) -> Double {
      let (x, y) = (logistic(w), logistic(-w))
      return logBetaKernel(x, y, density.0, density.1)
        + betaTails(x, y, a: tail.0, b: tail.1).logLower
    }
    func slope(_ w: Double) -> Double {
      let (x, y) = (logistic(w), logistic(-w))
      return density.0 * y - density.1 * x
        + exp(
          logBetaKernel(x, y, tail.0, tail.1) - betaTails(x, y, a: tail.0, b: tail.1).logLower)
    }
    func bisect(_ low: Double, _ high: Double, _ isBelow: (Double) -> Bool) -> Double {
      var (low, high) = (low, high)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if isBelow(middle) { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
    let peak = bisect(-600, 600) { slope($0) > 0 }
    let height = logIntegrand(peak)
    let start = bisect(-600, peak) { logIntegrand($0) < height - 42 }
    let end = bisect(peak, 600) { logIntegrand($0) >= height - 42 }
    let integral = GaussLegendre.integrate(from: start, to: end, panels: 8) {
      exp(logIntegrand($0) - height)
    }
    return min(1, exp(height) * integral)
  }
}
