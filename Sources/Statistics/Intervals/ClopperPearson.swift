extension Interval {
  /// The exact interval for a pass rate, two-sided: covers with at least 1 − alpha always.
  ///
  /// No trials give 0...1. Never of zero width.
  ///
  /// - Parameters:
  ///   - successes: Of independent trials.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: 0...1.
  /// - Precondition: 0 ≤ successes ≤ trials.
  ///
  /// Source: Clopper and Pearson (1934).
  public static func clopperPearson(successes: Int, trials: Int, alpha: Double) -> Interval {
    let tail = min(alpha, 1) / 2
    return Interval(
      lower: ClopperPearson.lower(successes: successes, trials: trials, alpha: tail),
      upper: ClopperPearson.upper(successes: successes, trials: trials, alpha: tail))
  }
}

/// Exact one-sided bounds on a pass rate: the ones that may certify.
///
/// The lower bound exceeds a target exactly where `ExactBinomialTest` shows it.
public enum ClopperPearson {
  /// The rate below which `successes` or more would have a probability under `alpha`; 0 without
  /// a success.
  ///
  /// - Parameter alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 0.
  /// - Precondition: 0 ≤ successes ≤ trials.
  public static func lower(successes: Int, trials: Int, alpha: Double) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard successes > 0, alpha > 0 else { return 0 }
    return betaQuantile(min(alpha, 1), a: Double(successes), b: Double(trials - successes) + 1)
  }

  /// The rate above which `successes` or fewer would have a probability under `alpha`; 1 without
  /// a failure.
  ///
  /// - Parameter alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 1.
  /// - Precondition: 0 ≤ successes ≤ trials.
  public static func upper(successes: Int, trials: Int, alpha: Double) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard successes < trials, alpha > 0 else { return 1 }
    return betaUpperQuantile(
      min(alpha, 1), a: Double(successes) + 1, b: Double(trials - successes))
  }
}
