extension CohenKappa {
  /// Kappa from two raters' ratings of the same units.
  ///
  /// A category that neither used is not part of the scale; where the weights of a fixed scale
  /// matter, give its whole table.
  ///
  /// - Parameters:
  ///   - first: One rating a unit. Shape [units].
  ///   - second: The other rater's, in the same order. Shape [units].
  ///   - weighting: See `init(table:weighting:)`; the categories are taken in ascending order.
  /// - Throws: `StatisticsError` where the lengths differ, there is no unit, a rating is NaN, or all
  ///   are of one category.
  public init<Rating: Hashable & Comparable>(
    _ first: [Rating], _ second: [Rating], weighting: Weighting = .none
  ) throws(StatisticsError) {
    try requireSameCount(first.count, "first", second.count, "second")
    try requireCount(first.count, "first", atLeast: 1)
    try self.init(table: Self.table(first, second).counts, weighting: weighting)
  }

  /// Counts units by the first rater's category (row) and the second's (column).
  ///
  /// - Returns: The categories that occur, ascending, and the counts, shape
  ///   [categories, categories]. Both empty without ratings.
  /// - Throws: `StatisticsError` where the lengths differ or a rating is NaN.
  public static func table<Rating: Hashable & Comparable>(
    _ first: [Rating], _ second: [Rating]
  ) throws(StatisticsError) -> (categories: [Rating], counts: [[Int]]) {
    try requireSameCount(first.count, "first", second.count, "second")
    // NaN is the one value that differs from itself.
    if let index = first.firstIndex(where: { $0 != $0 }) {
      throw .notFinite(argument: "first", index: index)
    }
    if let index = second.firstIndex(where: { $0 != $0 }) {
      throw .notFinite(argument: "second", index: index)
    }
    let categories = Set(first).union(second).sorted()
    var positions: [Rating: Int] = [:]
    for (position, category) in categories.enumerated() { positions[category] = position }
    var counts = categories.map { _ in categories.map { _ in 0 } }
    for (row, column) in zip(first, second) {
      guard let row = positions[row], let column = positions[column] else { continue }
      counts[row][column] += 1
    }
    return (categories, counts)
  }
}
