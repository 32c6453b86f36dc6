package import Foundation

/// The time as HTTP says it, written anew once in a second.
///
/// Source: RFC 9110, 5.6.7.
package struct HTTPClock {
  package init() {}

  private var text = ""
  private var second = -1.0

  /// E.g. `Sun, 06 Nov 1994 08:49:37 GMT`.
  package mutating func now(_ date: Date = .now) -> String {
    let second = date.timeIntervalSince1970.rounded(.down)
    if second != self.second {
      self.second = second
      text = date.formatted(Self.format)
    }
    return text
  }

  private static let format = Date.VerbatimFormatStyle(
    format: """
      \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
      \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
      \(second: .twoDigits) GMT
      """, locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
    calendar: Calendar(identifier: .gregorian))
}
