/// The probability of all outcomes at most as likely as the one seen, of a count with one peak.
///
/// - Parameters:
///   - logMass: ln of the probability of a count.
///   - cdf: P(X ≤ k).
///   - survival: P(X ≥ k).
func probabilityOfNoLikelier(
  than seen: Int, support: ClosedRange<Int>, peak: Int, logMass: (Int) -> Double,
  cdf: (Int) -> Double, survival: (Int) -> Double
) -> Double {
  // As likely up to rounding errors counts as likely.
  let limit = logMass(seen) + 1e-7
  guard seen != peak, limit < logMass(peak) else { return 1 }
  // From the peak outward on the other side: the first count that is no likelier.
  let step = seen < peak ? 1 : -1
  let end = seen < peak ? support.upperBound : support.lowerBound
  var (near, far) = (peak, end + step)
  while abs(far - near) > 1 {
    let middle = near + (far - near) / 2
    if logMass(middle) <= limit { far = middle } else { near = middle }
  }
  let own = seen < peak ? cdf(seen) : survival(seen)
  let other = far == end + step ? 0 : (seen < peak ? survival(far) : cdf(far))
  return min(1, own + other)
}
