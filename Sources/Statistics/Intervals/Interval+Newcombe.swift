extension Interval {
  /// The hybrid score interval of a difference of two pass rates on different units: the one to
  /// show.
  ///
  /// Puts the two Wilson intervals together. In −1...1, never of zero width; −1...1 where either
  /// side has no trials.
  ///
  /// - Parameters:
  ///   - successes: Of the model in question.
  ///   - baselineSuccesses: Of the one whose rate is subtracted.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −1...1.
  /// - Precondition: Successes are among the trials.
  ///
  /// Source: Newcombe (1998), "Interval estimation for the difference between independent
  /// proportions", method 10.
  public static func newcombe(
    successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int, alpha: Double
  ) -> Interval {
    let own = wilson(successes: successes, trials: trials, alpha: alpha)
    let other = wilson(successes: baselineSuccesses, trials: baselineTrials, alpha: alpha)
    guard trials > 0, baselineTrials > 0, alpha > 0 else { return anyDifference }
    let rate = Double(successes) / Double(trials)
    let baseline = Double(baselineSuccesses) / Double(baselineTrials)
    return squareAndAdd(rate, own, minus: baseline, other, correlation: 0)
  }

  /// The hybrid score interval of a difference of two pass rates on the same units.
  ///
  /// In −1...1, with the correction never of zero width; −1...1 without units.
  ///
  /// - Parameters:
  ///   - bothPass: Units that both models pass.
  ///   - gains: Units that only the model in question passes.
  ///   - losses: Units that only the baseline passes.
  ///   - bothFail: Units that neither passes.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN: −1...1.
  ///   - correctingContinuity: Lowers a positive correlation by n/2 counts, which keeps the
  ///     coverage up with few units.
  /// - Precondition: Counts are not negative.
  ///
  /// Source: Newcombe (1998), "Improved confidence intervals for the difference between binomial
  /// proportions based on paired data", method 10, and method 8 without the correction.
  public static func newcombePaired(
    bothPass: Int, gains: Int, losses: Int, bothFail: Int, alpha: Double,
    correctingContinuity: Bool = true
  ) -> Interval {
    precondition(
      bothPass >= 0 && gains >= 0 && losses >= 0 && bothFail >= 0, "counts are not negative")
    let trials = bothPass + gains + losses + bothFail
    guard trials > 0, alpha > 0 else { return anyDifference }
    let (passes, baselinePasses) = (bothPass + gains, bothPass + losses)
    let own = wilson(successes: passes, trials: trials, alpha: alpha)
    let other = wilson(successes: baselinePasses, trials: trials, alpha: alpha)
    let n = Double(trials)
    // As shares of n: products of large counts stay in range.
    let agreement =
      Double(bothPass) / n * (Double(bothFail) / n) - Double(gains) / n * (Double(losses) / n)
    let corrected =
      correctingContinuity && agreement > 0 ? max(0, agreement - 1 / (2 * n)) : agreement
    let (rate, baseline) = (Double(passes) / n, Double(baselinePasses) / n)
    let scale = (rate * (1 - rate) * baseline * (1 - baseline)).squareRoot()
    let correlation = scale > 0 ? min(1, max(-1, corrected / scale)) : 0
    return squareAndAdd(rate, own, minus: baseline, other, correlation: correlation)
  }

  /// Adds the distances from two estimates to their bounds as one adds standard errors.
  private static func squareAndAdd(
    _ rate: Double, _ own: Interval, minus baseline: Double, _ other: Interval,
    correlation: Double
  ) -> Interval {
    func distance(_ x: Double, _ y: Double) -> Double {
      max(0, x * x + y * y - 2 * correlation * x * y).squareRoot()
    }
    let difference = rate - baseline
    let below = distance(rate - own.lower, other.upper - baseline)
    let above = distance(own.upper - rate, baseline - other.lower)
    return Interval(lower: difference - below, upper: difference + above)
      .clamped(to: -1...1)
  }
}
