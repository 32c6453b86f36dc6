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

  /// A scale of any domain: one without a length is widened, one without an end is given one.
  init(of domain: ClosedRange<Double>, start: Double, end: Double) {
    let most = 1e300
    let (low, high) = (
      min(max(domain.lowerBound, -most), most), min(max(domain.upperBound, -most), most)
    )
    let margin = low < high ? 0 : max(0.5, low.magnitude * 0.1)
    self.init(domain: (low - margin)...(high + margin), start: start, end: end)
  }

  /// The pixel of a value; values outside of the domain lie at its nearer end.
  public func position(_ value: Double) -> Double {
    extended(min(max(value, domain.lowerBound), domain.upperBound))
  }

  /// The pixel of a value, wherever it lies.
  func extended(_ value: Double) -> Double {
    let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + share * (end - start)
  }
}
