/// One axis of a chart: what it shows, from where to where, and the values that are labeled.
public struct Axis: Sendable, Hashable {
  public var title: String
  public var domain: ClosedRange<Double>
  public var ticks: [Tick]

  public struct Tick: Sendable, Hashable {
    public var value: Double
    public var label: String

    public init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  public init(title: String, domain: ClosedRange<Double>, ticks: [Tick]) {
    self.title = title
    self.domain = domain
    self.ticks = ticks
  }

  /// An axis labeled in even steps from the start of its domain.
  ///
  /// - Parameters:
  ///   - step: Positive.
  ///   - label: Of a value.
  public init(
    title: String, domain: ClosedRange<Double>, step: Double, label: (Double) -> String
  ) {
    precondition(step > 0, "ticks go on")
    let count = Int(((domain.upperBound - domain.lowerBound) / step + 1e-9).rounded(.down))
    let ticks = (0...count).map { index in
      let value = domain.lowerBound + Double(index) * step
      return Tick(value, label(value))
    }
    self.init(title: title, domain: domain, ticks: ticks)
  }

  /// A value as a whole percentage, e.g. `30 %`.
  public static func percent(_ value: Double) -> String {
    "\(Int((value * 100).rounded())) %"
  }

  /// A whole number.
  public static func whole(_ value: Double) -> String {
    "\(Int(value.rounded()))"
  }

  /// A fraction with two decimals, e.g. `0.90`.
  public static func hundredths(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (ones, rest) = (hundredths / 100, hundredths % 100)
    return "\(ones).\(rest < 10 ? "0" : "")\(rest)"
  }
}
