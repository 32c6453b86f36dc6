extension Axis {
  /// How the values of an axis are written.
  public enum Format: Sendable, Hashable {
    /// With up to four digits that count, e.g. `0.0304`, `12.5`, `20000`.
    case number
    case whole
    /// With two decimals.
    case hundredths
    /// A fraction as a percentage with one decimal, e.g. `96.0 %`; with up to six where fewer
    /// would make it 0 or 100 and it is neither.
    case percent

    /// One value.
    public func text(_ value: Double) -> String {
      switch self {
      case .whole: return Axis.whole(value)
      case .hundredths: return Axis.hundredths(value)
      case .percent:
        let percent = value * 100
        let decimals = (1..<6).first { decimals in
          let limits = ["0", "100"].map { "\($0).\(String(repeating: "0", count: decimals))" }
          return percent <= 0 || percent >= 100
            || !limits.contains(Decimals.text(percent, decimals: decimals))
        }
        return Decimals.text(percent, decimals: decimals ?? 6) + " %"
      case .number:
        var (decimals, size) = (3, value.magnitude)
        while size >= 10, decimals > 0 { (decimals, size) = (decimals - 1, size / 10) }
        while size > 0, size < 1, decimals < 9 { (decimals, size) = (decimals + 1, size * 10) }
        let text = Decimals.text(value, decimals: decimals)
        guard decimals > 0, text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(digits.reversed())
      }
    }

    /// Ticks: with the fewest decimals that say all of them.
    func labels(of values: [Double]) -> [String] {
      switch self {
      case .whole, .hundredths:
        return values.map(text)
      case .number:
        let decimals = Decimals.needed(for: values)
        return values.map { Decimals.text($0, decimals: decimals) }
      case .percent:
        let percents = values.map { $0 * 100 }
        let decimals = Decimals.needed(for: percents)
        return percents.map { Decimals.text($0, decimals: decimals) + " %" }
      }
    }
  }

  /// A value as the table behind a chart says it: a tick by its label.
  func text(_ value: Double) -> String {
    ticks.first { $0.value == value }?.label ?? format.text(value)
  }
}
