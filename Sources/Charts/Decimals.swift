/// Numbers as text, the same on every machine.
enum Decimals {
  /// Rounded to `decimals` places; a dash where there is no number.
  static func text(_ value: Double, decimals: Int) -> String {
    guard !value.isNaN else { return "–" }
    guard value.isFinite else { return value < 0 ? "−∞" : "∞" }
    let unit = (0..<decimals).reduce(1.0) { unit, _ in unit * 10 }
    let scaled = (value * unit).rounded()
    guard scaled.magnitude < 1e15 else { return "\(value)" }
    let whole = Int(scaled)
    let digits = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = whole < 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// The fewest places, of at most six, that say all of these numbers.
  static func needed(for values: [Double]) -> Int {
    var unit = 1.0
    for decimals in 0..<6 {
      let isEnough = values.allSatisfy {
        let scaled = $0 * unit
        return (scaled - scaled.rounded()).magnitude < 1e-6
      }
      if isEnough { return decimals }
      unit *= 10
    }
    return 6
  }
}
