/// Agreement of any number of raters beyond chance, with gaps where a rater saw no reply: 1 is
/// perfect agreement, 0 is chance, below 0 is systematic disagreement.
///
/// Units with fewer than two ratings are left out: nothing can be compared there.
///
/// Source: Krippendorff (2011), "Computing Krippendorff's alpha-reliability".
public enum KrippendorffAlpha {
  /// Alpha where two ratings are either alike or not: categories without an order.
  ///
  /// - Parameter ratings: Rater by rater, nil where there is none. Shape [raters, units].
  /// - Throws: `StatisticsError` where raters differ in their number of units, no unit has two
  ///   ratings, or all ratings that can be compared are of one category, so that alpha is 0/0.
  public static func nominal<Rating: Hashable>(
    _ ratings: [[Rating?]]
  ) throws(StatisticsError) -> Double {
    var disagreement = 0.0
    var totals: [Rating: Int] = [:]
    var comparable = 0
    for unit in try units(of: ratings) {
      var counts: [Rating: Int] = [:]
      for rating in unit { counts[rating, default: 0] += 1 }
      // Integers: a dictionary's order differs from run to run, and a sum must not.
      let pairs = counts.values.reduce(0) { $0 + $1 * (unit.count - $1) }
      disagreement += Double(pairs) / Double(unit.count - 1)
      comparable += unit.count
      totals.merge(counts, uniquingKeysWith: +)
    }
    guard totals.count > 1 else { throw .oneCategory(argument: "ratings") }
    let pairs = totals.values.reduce(0) { $0 + $1 * (comparable - $1) }
    return 1 - disagreement * Double(comparable - 1) / Double(pairs)
  }

  /// Alpha where ratings are numbers and a disagreement weighs by its square.
  ///
  /// - Parameter ratings: Rater by rater, nil where there is none. Shape [raters, units].
  /// - Throws: As `nominal`, and where a rating is NaN or infinite.
  public static func interval(_ ratings: [[Double?]]) throws(StatisticsError) -> Double {
    for (rater, row) in ratings.enumerated() {
      try requireFinite(row.map { $0 ?? 0 }, "ratings[\(rater)]")
    }
    let units = try units(of: ratings)
    // Squared differences over all pairs are n times the squared deviations from the mean.
    let observed = units.reduce(0) { sum, unit in
      let n = Double(unit.count)
      return sum + n / (n - 1) * SampleMoments(unit).squaredDeviations
    }
    let all = SampleMoments(units.flatMap { $0 })
    guard !all.isConstant else { throw .oneCategory(argument: "ratings") }
    let n = Double(all.count)
    return 1 - observed / (n / (n - 1) * all.squaredDeviations)
  }

  /// The ratings of each unit that has two or more.
  private static func units<Rating>(
    of ratings: [[Rating?]]
  ) throws(StatisticsError) -> [[Rating]] {
    let count = ratings.first?.count ?? 0
    for (rater, row) in ratings.enumerated() {
      try requireSameCount(row.count, "ratings[\(rater)]", count, "ratings[0]")
    }
    let units = (0..<count).map { unit in ratings.compactMap { $0[unit] } }
      .filter { $0.count > 1 }
    try requireCount(units.count, "units with two ratings", atLeast: 1)
    return units
  }
}
