extension Interval {
  /// The score interval for a pass rate, two-sided: the error bar to show.
  ///
  /// Not to certify with: at rates near 1 its coverage falls below the nominal one. No trials
  /// give 0...1.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1).
  ///
  /// Source: Wilson (1927).
  public static func wilson(successes: Int, trials: Int, alpha: Double) -> Interval {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    guard trials > 0 else { return Interval(lower: 0, upper: 1) }
    let z = -normalQuantile(alpha / 2)
    let n = Double(trials)
    let rate = Double(successes) / n
    let shrink = 1 + z * z / n
    let center = (rate + z * z / (2 * n)) / shrink
    let half = z / shrink * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      lower: successes == 0 ? 0 : max(0, center - half),
      upper: successes == trials ? 1 : min(1, center + half))
  }

  /// The exact interval for a pass rate, two-sided: covers with at least 1 − alpha always.
  ///
  /// Source: Clopper and Pearson (1934).
  public static func clopperPearson(successes: Int, trials: Int, alpha: Double) -> Interval {
    Interval(
      lower: ClopperPearson.lower(successes: successes, trials: trials, alpha: alpha / 2),
      upper: ClopperPearson.upper(successes: successes, trials: trials, alpha: alpha / 2))
  }
}

/// Exact one-sided bounds on a pass rate.
public enum ClopperPearson {
  /// The rate below which `successes` or more would have a probability under `alpha`; 0 without
  /// a success.
  public static func lower(successes: Int, trials: Int, alpha: Double) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    if successes == 0 { return 0 }
    return betaQuantile(alpha, a: Double(successes), b: Double(trials - successes) + 1)
  }

  /// The rate above which `successes` or fewer would have a probability under `alpha`; 1 without
  /// a failure.
  public static func upper(successes: Int, trials: Int, alpha: Double) -> Double {
    1 - lower(successes: trials - successes, trials: trials, alpha: alpha)
  }
}
