extension Interval {
  /// The score interval of a difference of two pass rates on the same units: for regression gates.
  ///
  /// The differences that the test of `NonInferiority.tango` would not reject. In −1...1, never of
  /// zero width; without flips ±z²/(n + z²), without units −1...1. Its one-sided size can reach
  /// 6.9 % at a nominal 5 % where every flip is a loss; `PairedExact` is exact there.
  ///
  /// - Parameters:
  ///   - gains: Units that only the model in question passes.
  ///   - losses: Units that only the baseline passes.
  ///   - trials: All units, those on which both agree included.
  ///   - alpha: 1 − confidence, both sides together, in (0, 1): .10 for a lower bound at 5 %.
  ///     0, less, or NaN: −1...1.
  /// - Precondition: Counts are not negative, and flips are among the trials.
  ///
  /// Source: Tango (1998).
  public static func tango(gains: Int, losses: Int, trials: Int, alpha: Double) -> Interval {
    precondition(
      gains >= 0 && losses >= 0 && gains + losses <= trials, "flips are among the trials")
    guard trials > 0, let z = twoSidedNormalQuantile(alpha) else { return anyDifference }
    let estimate = (Double(gains) - Double(losses)) / Double(trials)
    return scoreInterval(around: estimate, z: z) { difference in
      pairedDifferenceScore(
        gains: gains, losses: losses, trials: trials, difference: difference)
    }
  }
}

/// How far an observed paired difference lies from a supposed one, in standard errors at the
/// supposed one. 0 without trials.
///
/// Source: Tango (1998), the likeliest rate of losses in closed form.
func pairedDifferenceScore(
  gains: Int, losses: Int, trials: Int, difference: Double
) -> Double {
  guard trials > 0 else { return 0 }
  let n = Double(trials)
  let (gain, loss) = (Double(gains) / n, Double(losses) / n)
  let distance = gain - loss - difference
  if distance == 0 { return 0 }
  // 2q² + linear·q + constant = 0 for the rate of losses q; the root that does not cancel.
  let linear = (2 - gain + loss) * difference - gain - loss
  let constant = -loss * difference * (1 - difference)
  let root = max(0, linear * linear - 8 * constant).squareRoot()
  let lossRate = linear > 0 ? -2 * constant / (linear + root) : (root - linear) / 4
  let variance = 2 * max(lossRate, max(0, -difference)) + difference * (1 - difference)
  return distance / (max(0, variance) / n).squareRoot()
}
