/// Agreement of several raters beyond chance, where every unit has as many ratings; the raters need
/// not be the same from unit to unit. 1 is perfect agreement, 0 is chance.
///
/// - Parameter counts: How many ratings of each category each unit has. Shape [units, categories].
/// - Throws: `StatisticsError` where there is no unit, units differ in their number of ratings or
///   have fewer than two, a count is negative, rows differ in length, or all ratings are of one
///   category, so that kappa is 0/0.
///
/// Source: Fleiss (1971).
public func fleissKappa(counts: [[Int]]) throws(StatisticsError) -> Double {
  try requireCount(counts.count, "counts", atLeast: 1)
  var ratings = 0.0
  var agreeingPairs = 0.0
  var byCategory = [Double](repeating: 0, count: counts[0].count)
  for (unit, row) in counts.enumerated() {
    try requireSameCount(row.count, "counts[\(unit)]", byCategory.count, "counts[0]")
    let row = row.map(Double.init)
    try requireFinite(row, "counts[\(unit)]", in: 0...Double.infinity)
    let sum = row.reduce(0, +)
    if unit == 0 {
      ratings = sum
      try requireCount(Int(min(ratings, 2)), "counts[0]", atLeast: 2)
    }
    guard sum == ratings else {
      throw .unequalRatings(
        argument: "counts", index: unit, count: Int(min(sum, 0x1p62)),
        expected: Int(min(ratings, 0x1p62)))
    }
    for (category, count) in row.enumerated() {
      byCategory[category] += count
      agreeingPairs += count * (count - 1)
    }
  }
  let total = Double(counts.count) * ratings
  let observed = agreeingPairs / (total * (ratings - 1))
  let shares = byCategory.map { $0 / total }
  let chance = shares.reduce(0) { $0 + $1 * (1 - $1) }
  guard chance > 0, !byCategory.contains(total) else { throw .oneCategory(argument: "counts") }
  return 1 - (1 - observed) / chance
}
