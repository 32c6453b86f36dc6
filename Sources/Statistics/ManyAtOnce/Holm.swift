/// Holm's adjusted p-values, in the order given: rejecting those of at most α keeps the chance of
/// any false rejection at α, however the tests depend on each other.
///
/// Source: Holm (1979).
public func holm(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted {
    pValues[$0] == pValues[$1] ? $0 < $1 : pValues[$0] < pValues[$1]
  }
  var adjusted = pValues
  var largest = 0.0
  for (rank, index) in order.enumerated() {
    largest = max(largest, min(1, pValues[index] * Double(pValues.count - rank)))
    adjusted[index] = largest
  }
  return adjusted
}
