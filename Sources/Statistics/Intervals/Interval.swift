/// Two bounds on a quantity; for rates fractions in [0, 1].
public struct Interval: Sendable, Hashable, Codable {
  public var lower: Double
  public var upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  public var width: Double { upper - lower }
}
