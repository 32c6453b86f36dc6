extension Axis {
  /// Round values within a domain, in even steps of 1, 2 or 5 times a power of ten.
  ///
  /// - Parameter count: As many at most, and as near to it as such steps come.
  /// - Returns: The value itself for a domain without a length; nothing for one without an end.
  public static func ticks(over domain: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    guard count > 0, (high - low).isFinite else { return [] }
    guard high > low else { return [low] }
    // Steps as a whole number over another, so that .3 is 3 / 10 and not three times .1.
    var (numerator, denominator) = (1.0, 1.0)
    let least = (high - low) / Double(count + 1)
    while numerator * 10 <= least { numerator *= 10 }
    while numerator / denominator > least, denominator < 1e300 { denominator *= 10 }
    var finer: [Double] = []
    while true {
      for factor in [1.0, 2, 5] {
        let values = multiples(of: factor * numerator, over: denominator, from: low, to: high)
        if values.count <= count { return values.isEmpty ? Array(finer.prefix(count)) : values }
        finer = values
      }
      if denominator > 1 { denominator /= 10 } else { numerator *= 10 }
    }
  }

  private static func multiples(
    of numerator: Double, over denominator: Double, from low: Double, to high: Double
  ) -> [Double] {
    let step = numerator / denominator
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard first <= last else { return [] }
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * numerator / denominator
      // A value that misses an end by rounding is that end.
      return min(max(value, low), high)
    }
  }
}
