#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Intervals that other people use, for comparison. Nothing here gates or shows with them.

extension Interval {
  /// Estimate ± z standard errors, cut off at 0 and 1: for comparison only.
  ///
  /// Of zero width where all trials agree, and far too narrow near 0 and 1: at p0 = .99 a nominal
  /// 5 % gate is really one of 82 % with 20 trials. No trials give 0...1.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: 0 ≤ successes ≤ trials.
  ///
  /// Source: Laplace (1812); usually called Wald's.
  public static func wald(successes: Int, trials: Int, alpha: Double) -> Interval {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard trials > 0, alpha > 0 else { return anyRate }
    let rate = Double(successes) / Double(trials)
    return normal(
      estimate: rate, standardError: bernoulliStandardError(rate: rate, trials: trials),
      alpha: alpha
    ).clamped(to: 0...1)
  }

  /// Wald's interval after adding z²/2 successes and z²/2 failures: for comparison only.
  ///
  /// Not cut off, as published: may reach beyond 0 and 1. No trials give 0...1.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: 0 ≤ successes ≤ trials.
  ///
  /// Source: Agresti and Coull (1998).
  public static func agrestiCoull(successes: Int, trials: Int, alpha: Double) -> Interval {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard trials > 0, let z = twoSidedNormalQuantile(alpha) else { return anyRate }
    let n = Double(trials) + z * z
    let rate = (Double(successes) + z * z / 2) / n
    let half = z * (rate * (1 - rate) / n).squareRoot()
    return Interval(lower: rate - half, upper: rate + half)
  }
}
