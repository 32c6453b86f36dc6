public func holm(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
  var adjusted = pValues
  var running = 0.0
  for (rank, index) in order.enumerated() {
    running = max(running, min(1, pValues[index] * Double(pValues.count - rank)))
    adjusted[index] = running
  }
  return adjusted
}
