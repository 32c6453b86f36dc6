/// How far an observed difference of pass rates lies from a supposed one, in standard errors at the
/// supposed one. 0 where either side has no trials.
///
/// - Parameter correctingVariance: Multiplies the variance by n/(n−1), as Miettinen and Nurminen do
///   and Farrington and Manning do not.
func differenceScore(
  successes: Int, trials: Int, baselineSuccesses: Int, baselineTrials: Int, difference: Double,
  correctingVariance: Bool, estimate: RestrictedEstimate
) -> Double {
  guard trials > 0, baselineTrials > 0 else { return 0 }
  let restricted = RestrictedRates(
    successes: successes, trials: trials, baselineSuccesses: baselineSuccesses,
    baselineTrials: baselineTrials, difference: difference, estimate: estimate)
  let total = Double(trials) + Double(baselineTrials)
  let variance =
    (restricted.rate * (1 - restricted.rate) / Double(trials)
      + restricted.baseline * (1 - restricted.baseline) / Double(baselineTrials))
    * (correctingVariance ? total / (total - 1) : 1)
  let distance =
    Double(successes) / Double(trials) - Double(baselineSuccesses) / Double(baselineTrials)
    - difference
  if distance == 0 { return 0 }
  return distance / max(0, variance).squareRoot()
}

/// The bounds at which a score that falls from +∞ to −∞ over −1...1 is ±z.
func scoreInterval(
  around estimate: Double, z: Double, _ score: (_ difference: Double) -> Double
) -> Interval {
  func root(_ low: Double, _ high: Double, _ target: Double) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if score(middle) > target { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
  return Interval(
    lower: estimate <= -1 ? -1 : root(-1, estimate, z),
    upper: estimate >= 1 ? 1 : root(estimate, 1, -z))
}
