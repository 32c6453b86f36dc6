/// A mapping of values to places on a picture: straight, from a domain to a range of pixels.
public struct Scale: Sendable, Hashable {
  public var domain: ClosedRange<Double>
  /// Pixels of the ends of the domain; falling for an axis that goes up.
  public var start: Double
  public var end: Double

  /// - Precondition: The domain has a positive length.
  public init(domain: ClosedRange<Double>, start: Double, end: Double) {
    precondition(domain.lowerBound < domain.upperBound, "a scale has a length")
    self.domain = domain
    self.start = start
    self.end = end
  }

  /// The pixel of a value; values outside of the domain lie at its nearer end.
  public func position(_ value: Double) -> Double {
    let inside = min(max(value, domain.lowerBound), domain.upperBound)
    let share = (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + share * (end - start)
  }
}
