/// One axis of a chart: what it shows, from where to where, and the values that are labeled.
public struct Axis: Sendable, Hashable {
  public var title: String
  public var domain: ClosedRange<Double>
  public var ticks: [Tick]
  /// How values are written in the table behind the chart. Unless given, as percentages where the
  /// ticks are, else as plain numbers.
  public var format: Format

  public struct Tick: Sendable, Hashable {
    public var value: Double
    public var label: String

    public init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  public init(
    title: String, domain: ClosedRange<Double>, ticks: [Tick], format: Format? = nil
  ) {
    self.title = title
    self.domain = domain
    self.ticks = ticks
    let isPercent = !ticks.isEmpty && ticks.allSatisfy { $0.label.hasSuffix("%") }
    self.format = format ?? (isPercent ? .percent : .number)
  }

  /// An axis labeled in even steps from the start of its domain.
  ///
  /// - Parameters:
  ///   - step: Positive.
  ///   - label: Of a value.
  public init(
    title: String, domain: ClosedRange<Double>, step: Double, format: Format? = nil,
    label: (Double) -> String
  ) {
    precondition(step > 0, "ticks go on")
    let count = Int(((domain.upperBound - domain.lowerBound) / step + 1e-9).rounded(.down))
    let ticks = (0...count).map { index in
      let value = domain.lowerBound + Double(index) * step
      return Tick(value, label(value))
    }
    self.init(title: title, domain: domain, ticks: ticks, format: format)
  }

  /// An axis labeled at round values.
  ///
  /// - Parameter most: Ticks, at most.
  public init(title: String, domain: ClosedRange<Double>, format: Format, atMost most: Int = 6) {
    let values = Self.ticks(over: domain, atMost: most)
    let labels = format.labels(of: values)
    self.init(
      title: title, domain: domain, ticks: zip(values, labels).map(Tick.init), format: format)
  }

  /// A value as a whole percentage, e.g. `30 %`.
  public static func percent(_ value: Double) -> String {
    Decimals.text(value * 100, decimals: 0) + " %"
  }

  /// A whole number.
  public static func whole(_ value: Double) -> String {
    Decimals.text(value, decimals: 0)
  }

  /// A fraction with two decimals, e.g. `0.90`.
  public static func hundredths(_ value: Double) -> String {
    Decimals.text(value, decimals: 2)
  }
}
