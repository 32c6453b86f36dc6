package import Foundation
import Tuning

/// Numbers as the tool prints them everywhere.
package enum Format {
  /// A rate as a percentage with one decimal, e.g. `96.0 %`; with up to six where fewer would make
  /// it 0 or 100 and it is neither.
  package static func percent(_ rate: Double) -> String {
    inside(rate * 100, limit: 100, decimals: 1) + " %"
  }

  /// A chance as a whole percentage, never rounded up to certainty, e.g. `> 99 %`.
  package static func chance(_ value: Double) -> String {
    value.asChance
  }

  /// A target as it is written in a suite, e.g. `0.90`; with a third decimal where that is not 0,
  /// and with up to six where fewer would make it 0 or 1.
  package static func target(_ value: Double) -> String {
    let isWholeHundredths = Int((value * 1000).rounded()) % 10 == 0
    return inside(value, limit: 1, decimals: isWholeHundredths ? 2 : 3)
  }

  /// A number with the least decimals that do not make it 0 or `limit` when it lies between them.
  private static func inside(_ value: Double, limit: Double, decimals: Int) -> String {
    let finest = 6
    for decimals in decimals...finest {
      let text = String(format: "%.\(decimals)f", value)
      let printed = Double(text) ?? value
      if value <= 0 || value >= limit || (printed > 0 && printed < limit) { return text }
    }
    return String(format: "%.\(finest)f", value < limit / 2 ? 1e-6 : limit - 1e-6)
  }

  /// A level with three significant digits, e.g. `0.0304`.
  package static func level(_ value: Double) -> String {
    String(format: "%.3g", value)
  }

  /// A log-loss in nats.
  package static func loss(_ value: Double) -> String {
    String(format: "%.3f", value)
  }

  /// Seconds for people: `8 s`, `3 min 20 s`, `2 h 5 min`.
  package static func seconds(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  package static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// Some of many names: `a, b, c and 9 more`.
  package static func few(_ names: [String], most: Int) -> String {
    names.prefix(most).joined(separator: ", ")
      + (names.count > most ? " and \(names.count - most) more" : "")
  }

  /// A time in UTC, e.g. `2026-11-29 00:02:46`.
  package static func time(_ date: Date) -> String {
    date.formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(
        includingFractionalSeconds: false))
  }

  /// `a`, `a and b`, `a, b and c`.
  package static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
