/// Which of several e-values to reject, such that of those rejected at most a share α is false, on
/// average, however they depend on each other, and whenever one looked.
///
/// Rejects the k largest, with k as large as the k-th largest allows: at least m/(αk).
///
/// - Parameters:
///   - eValues: Shape [m]. One that is NaN or negative is no evidence and counts as 0.
///   - alpha: In (0, 1). 0, less, or NaN rejects none that is finite.
/// - Returns: Whether each is rejected, in the order given. Shape [m].
///
/// Source: Wang and Ramdas (2022).
public func eBenjaminiHochberg(_ eValues: [Double], alpha: Double) -> [Bool] {
  let values = eValues.map { $0 > 0 ? $0 : 0 }
  let count = Double(values.count)
  let largestFirst = Array(values.map { -$0 }.smallestFirst)
  var rejected = 0
  for (position, index) in largestFirst.enumerated() {
    let rank = Double(position + 1)
    if alpha > 0 && values[index] * rank * alpha >= count { rejected = position + 1 }
  }
  var decisions = [Bool](repeating: false, count: values.count)
  for index in largestFirst.prefix(rejected) { decisions[index] = true }
  return decisions
}
