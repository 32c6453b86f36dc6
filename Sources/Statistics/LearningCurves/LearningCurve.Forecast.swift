extension LearningCurve {
  /// When a pass rate will be reached, as far as that can be said.
  public enum Forecast: Sendable, Hashable, Codable {
    /// Nearly all replicates come to it within the horizon: with so many examples in all, and the
    /// range that holds the middle of them.
    case reached(size: Double, range: Interval)
    /// Most do, but too many do not: rather with more examples than `atLeast`.
    case perhaps(size: Double, atLeast: Double)
    /// Hardly any does: within the horizon the rate stays in this range.
    case outOfReach(estimate: Double, range: Interval)
    /// The units are too few to tell.
    case unknown
  }

  /// - Parameters:
  ///   - rate: The pass rate wanted, in (0, 1).
  ///   - confidence: The share of the replicates in the range; half of the rest is what "hardly any"
  ///     means.
  public func forecast(reaching rate: Double, confidence: Double = 0.8) -> Forecast {
    let end = Self.horizon * (sizes.last ?? 0)
    let needed = replicates.map { law in
      let size = law.size(reaching: 1 - rate) ?? .infinity
      return size <= end ? size : .infinity
    }.sorted()
    // Without interpolation: between a number and infinity there is nothing.
    func quantile(_ p: Double) -> Double {
      needed[min(needed.count - 1, Int(p * Double(needed.count)))]
    }
    let tail = (1 - confidence) / 2
    let (low, middle, high) = (quantile(tail), quantile(0.5), quantile(1 - tail))
    if high.isFinite { return .reached(size: middle, range: Interval(lower: low, upper: high)) }
    if middle.isFinite { return .perhaps(size: middle, atLeast: low) }
    if low.isFinite { return .unknown }
    let limit = self.rate(at: end, confidence: confidence)
    return .outOfReach(estimate: limit.estimate, range: limit.range)
  }
}
