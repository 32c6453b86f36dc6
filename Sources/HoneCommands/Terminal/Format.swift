import Foundation

/// Numbers as the tool prints them everywhere.
enum Format {
  /// A rate as a percentage with one decimal, e.g. `96.0 %`.
  static func percent(_ rate: Double) -> String {
    String(format: "%.1f %%", rate * 100)
  }

  /// A chance as a whole percentage, never rounded up to certainty, e.g. `> 99 %`.
  static func chance(_ value: Double) -> String {
    if value > 0 && value < 0.005 { return "< 1 %" }
    if value < 1 && value >= 0.995 { return "> 99 %" }
    return String(format: "%.0f %%", value * 100)
  }

  /// A target as it is written in a suite, e.g. `0.90`.
  static func target(_ value: Double) -> String {
    let thousandths = (value * 1000).rounded() / 1000
    return String(format: thousandths * 100 == (thousandths * 100).rounded() ? "%.2f" : "%.3f", value)
  }

  /// A level with three significant digits, e.g. `0.0304`.
  static func level(_ value: Double) -> String {
    String(format: "%.3g", value)
  }

  static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
