/// Halves an interval until its ends are neighbors, or nearly so.
///
/// - Parameters:
///   - isBelow: Whether a point lies below the root: true at `low`, false at `high`; neither is
///     asked.
/// - Returns: The last point known to lie below, and the first known not to.
func bisect(
  _ low: Double, _ high: Double, isBelow: (Double) -> Bool
) -> (below: Double, above: Double) {
  var (low, high) = (low, high)
  for _ in 0..<200 {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high || high - low < 1e-18 { break }
    if isBelow(middle) { low = middle } else { high = middle }
  }
  return (low, high)
}

/// The smallest whole number that `isReached`, which stays reached from there on.
///
/// - Returns: Nil where it is not reached up to 2⁶⁰.
func smallestWhole(from start: Int, isReached: (Int) -> Bool) -> Int? {
  if isReached(start) { return start }
  var (low, step) = (start, 1)
  while !isReached(low + step) {
    low += step
    step *= 2
    if low + step >= 1 << 60 { return nil }
  }
  var high = low + step
  while high - low > 1 {
    let middle = low + (high - low) / 2
    if isReached(middle) { high = middle } else { low = middle }
  }
  return high
}
