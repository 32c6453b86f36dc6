/// How much clustering inflates a variance: 1 + (m − 1)·ρ for clusters of m units whose grades
/// correlate by ρ.
///
/// Source: Kish (1965); for unequal clusters m is Σm²/Σm.
public struct DesignEffect: Sendable, Hashable, Codable {
  /// The variance of a mean over clustered units in units of that over independent ones. 1 where
  /// clusters do not matter; below 1 where grades within a cluster repel each other; not negative.
  public let factor: Double

  /// - Parameters:
  ///   - clusterSize: Units in a cluster, from 1 on; may be a mean.
  ///   - correlation: ρ, the correlation of two units of one cluster.
  /// - Precondition: The size is at least 1 and finite; the correlation lies in −1...1.
  public init(clusterSize: Double, correlation: Double) {
    precondition(clusterSize >= 1 && clusterSize.isFinite, "a cluster holds a unit")
    precondition((-1...1).contains(correlation), "a correlation lies in −1...1")
    factor = max(0, 1 + (clusterSize - 1) * correlation)
  }

  /// Clusters of different sizes, weighted by their units: Σm²/Σm. Without units the factor is 1.
  ///
  /// - Precondition: Sizes are not negative; the correlation lies in −1...1.
  public init(clusterSizes: [Int], correlation: Double) {
    precondition(clusterSizes.allSatisfy { $0 >= 0 }, "sizes are not negative")
    let sum = clusterSizes.reduce(0) { $0 + Double($1) }
    let squares = clusterSizes.reduce(0) { $0 + Double($1) * Double($1) }
    self.init(clusterSize: sum > 0 ? squares / sum : 1, correlation: correlation)
  }

  /// The number of independent units that would say as much: n / factor. 0 without units; infinite
  /// at a factor of 0.
  ///
  /// - Precondition: The number of units is not negative.
  public func effectiveUnits(_ units: Int) -> Double {
    precondition(units >= 0, "a count is not negative")
    return units == 0 ? 0 : Double(units) / factor
  }
}
