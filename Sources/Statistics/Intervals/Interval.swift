public struct Interval: Sendable, Hashable, Codable {
  public var lower: Double
  public var upper: Double
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

extension Interval {
  public static func wilson(successes: Int, trials: Int, alpha: Double) -> Interval {
    guard trials > 0 else { return Interval(lower: 0, upper: 1) }
    let z = normalQuantile(1 - alpha / 2)
    let n = Double(trials)
    let p = Double(successes) / n
    let center = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      lower: successes == 0 ? 0 : max(0, center - half),
      upper: successes == trials ? 1 : min(1, center + half))
  }
}

public func normalQuantile(_ p: Double) -> Double {
  var (low, high) = (-40.0, 40.0)
  for _ in 0..<200 {
    let middle = (low + high) / 2
    if 0.5 * erfcValue(-middle / 2.0.squareRoot()) < p { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
