/// Exact bounds on a difference of pass rates on the same units, at the price of width.
public enum PairedExact {
  /// A lower bound on θ − θ_baseline that is exact whatever the true rates: the upper bound on the
  /// rate of losses, negated.
  ///
  /// It takes no credit for gains, so it is sharp where every flip is a loss, and only there.
  /// −1 without trials.
  ///
  /// - Parameters:
  ///   - losses: Units that only the baseline passes.
  ///   - trials: All units.
  ///   - alpha: 1 − confidence, in (0, 1). 0, less, or NaN: −1.
  /// - Precondition: 0 ≤ losses ≤ trials.
  ///
  /// Source: Clopper and Pearson (1934), as θ − θ_baseline ≥ −P(loss).
  public static func lowerBound(losses: Int, trials: Int, alpha: Double) -> Double {
    -ClopperPearson.upper(successes: losses, trials: trials, alpha: alpha)
  }

  /// An interval on θ − θ_baseline that covers with at least 1 − alpha whatever the true rates.
  ///
  /// The exact intervals of the rate of gains and of the rate of losses, at half the error each.
  /// −1...1 without trials.
  ///
  /// - Parameters:
  ///   - gains: Units that only the model in question passes.
  ///   - losses: Units that only the baseline passes.
  ///   - trials: All units.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −1...1.
  /// - Precondition: Counts are not negative, and flips are among the trials.
  ///
  /// Source: Bonferroni's inequality and Clopper and Pearson (1934).
  public static func interval(
    gains: Int, losses: Int, trials: Int, alpha: Double
  ) -> Interval {
    precondition(
      gains >= 0 && losses >= 0 && gains + losses <= trials, "flips are among the trials")
    let gain = Interval.clopperPearson(successes: gains, trials: trials, alpha: alpha / 2)
    let loss = Interval.clopperPearson(successes: losses, trials: trials, alpha: alpha / 2)
    return Interval(lower: gain.lower - loss.upper, upper: gain.upper - loss.lower)
  }
}
