/// A p-value within [0, 1]; 1, which is no evidence, for NaN.
func usablePValue(_ p: Double) -> Double { p.isNaN ? 1 : min(1, max(0, p)) }

extension [Double] {
  /// Adjusts p-values one by one from the smallest to the largest, each at least as large as those
  /// before.
  ///
  /// - Parameter factor: What to multiply the p-value of a rank with, counted from 1.
  func adjustedStepDown(_ factor: (_ rank: Int) -> Double) -> [Double] {
    let values = map(usablePValue)
    var (adjusted, largest) = (values, 0.0)
    for (position, index) in values.smallestFirst.enumerated() {
      largest = Swift.max(largest, Swift.min(1, values[index] * factor(position + 1)))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// Adjusts p-values one by one from the largest to the smallest, each at most as large as those
  /// before.
  ///
  /// - Parameter factor: What to multiply the p-value of a rank with, counted from 1 for the
  ///   smallest.
  func adjustedStepUp(_ factor: (_ rank: Int) -> Double) -> [Double] {
    let values = map(usablePValue)
    var (adjusted, smallest) = (values, 1.0)
    for (position, index) in values.smallestFirst.enumerated().reversed() {
      smallest = Swift.min(smallest, values[index] * factor(position + 1))
      adjusted[index] = smallest
    }
    return adjusted
  }

  /// The indices of the elements by their size, equal ones in the order given.
  var smallestFirst: [Int] {
    indices.sorted { self[$0] == self[$1] ? $0 < $1 : self[$0] < self[$1] }
  }
}
