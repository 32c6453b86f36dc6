/// How far two raters agree beyond what their habits alone would give: 1 is perfect agreement, 0 is
/// chance, below 0 is worse than chance.
///
/// Assumes that both rated the same units, each unit independently of the others. Where both use
/// one category for nearly everything kappa is small even though they agree almost always; look at
/// `observedAgreement` beside it.
///
/// Source: Cohen (1960) and, weighted, Cohen (1968); standard errors by Fleiss, Cohen and Everitt
/// (1969).
public struct CohenKappa: Sendable, Hashable, Codable {
  /// What a disagreement costs, by how far apart the two categories stand in their order.
  public enum Weighting: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every disagreement is as bad: categories without an order.
    case none
    /// In proportion to the distance.
    case linear
    /// In proportion to the squared distance.
    case quadratic
  }

  public let kappa: Double
  /// The large-sample standard error of `kappa`; 0 where all ratings agree.
  public let standardError: Double
  /// The same if the raters were independent of each other: for a test of kappa = 0.
  public let standardErrorUnderIndependence: Double
  /// The share of agreement, a fraction; partial agreement counts in part where it is weighted.
  public let observedAgreement: Double
  /// What that share would be if the raters were independent of each other.
  public let expectedAgreement: Double
  /// The units rated.
  public let units: Int
  /// How many units the raters gave the very same category.
  public let agreements: Int
  public let weighting: Weighting
  /// The most that a disagreement can count as agreement: 0 without weights.
  private let largestPartialAgreement: Double

  /// Kappa from a table of counts.
  ///
  /// - Parameters:
  ///   - table: Units by the first rater's category (row) and the second's (column), categories in
  ///     the same order. Shape [categories, categories].
  ///   - weighting: Linear and quadratic weights take the order of the categories as their scale,
  ///     all steps alike.
  /// - Throws: `StatisticsError` where the table is not square, holds a negative count or no unit,
  ///   or where both raters use one and the same category only, so that kappa is 0/0.
  public init(table: [[Int]], weighting: Weighting = .none) throws(StatisticsError) {
    for (row, counts) in table.enumerated() {
      try requireSameCount(counts.count, "table[\(row)]", table.count, "table")
      try requireFinite(counts.map(Double.init), "table[\(row)]", in: 0...Double.infinity)
    }
    let total = table.joined().reduce(0) { $0 + Double($1) }
    try requireCount(total > 0 ? 1 : 0, "table", atLeast: 1)

    let categories = table.indices
    let shares = table.map { $0.map { Double($0) / total } }
    let first = shares.map { $0.reduce(0, +) }
    let second = categories.map { column in shares.reduce(0) { $0 + $1[column] } }
    let weights = Self.weights(weighting, categories: table.count)

    // Over the table as it is, and as it were if the raters were independent.
    func sum(_ term: (_ row: Int, _ column: Int) -> Double) -> Double {
      categories.reduce(0) { total, row in
        categories.reduce(total) { $0 + term(row, $1) }
      }
    }
    let observed = sum { Double(table[$0][$1]) * weights[$0][$1] } / total
    let expected = sum { first[$0] * second[$1] * weights[$0][$1] }
    // 1 − expected, without rounding where it is tiny.
    let chance = sum { first[$0] * second[$1] * (1 - weights[$0][$1]) }
    guard chance > 0 else { throw .oneCategory(argument: "table") }
    let disagreement = sum { Double(table[$0][$1]) * (1 - weights[$0][$1]) } / total
    let kappa = 1 - disagreement / chance

    // The weight that each rater's category earns on average against the other's habits.
    let byRow = categories.map { row in
      categories.reduce(0) { $0 + second[$1] * weights[row][$1] }
    }
    let byColumn = categories.map { column in
      categories.reduce(0) { $0 + first[$1] * weights[$1][column] }
    }
    func influence(_ row: Int, _ column: Int, _ kappa: Double) -> Double {
      weights[row][column] - (byRow[row] + byColumn[column]) * (1 - kappa)
    }
    let mean = sum { shares[$0][$1] * influence($0, $1, kappa) }
    let variance = sum {
      let deviation = influence($0, $1, kappa) - mean
      return shares[$0][$1] * deviation * deviation
    }
    let varianceUnderIndependence = sum {
      let deviation = influence($0, $1, 0) + expected
      return first[$0] * second[$1] * deviation * deviation
    }

    self.kappa = kappa
    // What is left by rounding is nothing.
    standardError = variance > 1e-24 ? (variance / total).squareRoot() / chance : 0
    standardErrorUnderIndependence = (varianceUnderIndependence / total).squareRoot() / chance
    observedAgreement = observed
    expectedAgreement = expected
    units = Int(min(total, 0x1p62))
    agreements = Int(min(categories.reduce(0) { $0 + Double(table[$1][$1]) }, 0x1p62))
    self.weighting = weighting
    largestPartialAgreement = table.count > 1 ? weights[0][1] : 0
  }

  /// The share of agreement that each pair of categories counts for. Shape [categories, categories].
  private static func weights(_ weighting: Weighting, categories: Int) -> [[Double]] {
    let farthest = Double(max(1, categories - 1))
    return (0..<categories).map { row in
      (0..<categories).map { column in
        let distance = Double(abs(row - column)) / farthest
        return switch weighting {
        case .none: row == column ? 1 : 0
        case .linear: 1 - distance
        case .quadratic: 1 - distance * distance
        }
      }
    }
  }

  /// The two-sided interval kappa ± z·SE; approximate, for some dozens of units and more.
  ///
  /// As in the literature it is not cut off at 1; clamp it to −1...1 to show it. Where the standard error is 0, which says
  /// nothing, the exact bounds on the share of agreement take its place, at the expected agreement
  /// that was seen; so it is never of zero width.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). 0, less, or NaN claims
  ///   nothing: −∞...∞, or −1...1 where the exact bounds are taken.
  public func interval(alpha: Double) -> Interval {
    if standardError > 0 {
      return .normal(estimate: kappa, standardError: standardError, alpha: alpha)
    }
    let agreement = Interval.clopperPearson(successes: agreements, trials: units, alpha: alpha)
    let most = agreement.upper + (1 - agreement.upper) * largestPartialAgreement
    return Interval(
      lower: max(-1, 1 - (1 - agreement.lower) / (1 - expectedAgreement)),
      upper: min(1, 1 - (1 - most) / (1 - expectedAgreement)))
  }
}
