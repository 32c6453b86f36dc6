/// Hommel's adjusted p-values, in the order given: closed testing with Simes' test. Rejecting those
/// of at most α keeps the chance of any false rejection at α for independent tests, or positively
/// dependent ones.
///
/// Rejects whatever `hochberg` rejects and more. None give none. A p-value that is NaN is no
/// evidence and counts as 1. The time grows with the square of their number: 10,000 take about a
/// tenth of a second.
///
/// Source: Hommel (1988); the algorithm for adjusted values Wright (1992).
public func hommel(_ pValues: [Double]) -> [Double] {
  let count = pValues.count
  guard count > 1 else { return pValues.map(usablePValue) }
  let values = pValues.map(usablePValue)
  let order = values.smallestFirst
  let sorted = order.map { values[$0] }
  // Of every size, the set that is hardest to reject holds the largest p-values, and with them the
  // one in question. Simes' test takes the least of size·p/rank.
  var adjusted = [Double](
    repeating: sorted.indices.map { Double(count) * sorted[$0] / Double($0 + 1) }.min() ?? 1,
    count: count)
  for size in stride(from: count - 1, to: 1, by: -1) {
    let first = count - size + 1
    var least = Double.infinity
    for index in first..<count {
      least = min(least, Double(size) * sorted[index] / Double(index - first + 2))
    }
    for index in 0..<first {
      adjusted[index] = max(adjusted[index], min(least, Double(size) * sorted[index]))
    }
    // One of the largest brings in the largest of the others.
    for index in first..<count {
      adjusted[index] = max(adjusted[index], adjusted[first - 1])
    }
  }
  var result = values
  for (position, index) in order.enumerated() {
    result[index] = min(1, max(adjusted[position], sorted[position]))
  }
  return result
}
