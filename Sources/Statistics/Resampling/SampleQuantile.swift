/// The p-quantile of values in any order, by linear interpolation: of n sorted values it stands at
/// position (n − 1)·p, counted from 0.
///
/// - Parameters:
///   - p: 0 is the smallest value, ½ the median, 1 the largest.
///   - values: Shape [n], n ≥ 1.
/// - Throws: `StatisticsError` where there is no value, or one is NaN or infinite.
/// - Precondition: p lies in [0, 1].
///
/// Source: Hyndman and Fan (1996), type 7, which NumPy and R use.
public func sampleQuantile(_ p: Double, of values: [Double]) throws(StatisticsError) -> Double {
  try sampleQuantiles([p], of: values)[0]
}

/// Several quantiles at once, in the order of `probabilities`; sorts once. As `sampleQuantile`.
public func sampleQuantiles(
  _ probabilities: [Double], of values: [Double]
) throws(StatisticsError) -> [Double] {
  try requireCount(values.count, "values", atLeast: 1)
  try requireFinite(values, "values")
  let sorted = values.sorted()
  return probabilities.map { sampleQuantile($0, ofSorted: sorted) }
}

/// The p-quantile of finite values in ascending order, in constant time.
///
/// - Precondition: There is a value, they are sorted, and p lies in [0, 1].
public func sampleQuantile(_ p: Double, ofSorted values: [Double]) -> Double {
  precondition(!values.isEmpty, "a quantile is of something")
  precondition((0...1).contains(p), "a probability lies in 0...1")
  let position = Double(values.count - 1) * p
  let below = min(values.count - 1, Int(position))
  let above = min(values.count - 1, below + 1)
  let part = position - Double(below)
  let step = values[above] - values[below]
  // Two values may be farther apart than the largest number.
  return step.isFinite
    ? values[below] + part * step : values[below] * (1 - part) + values[above] * part
}
