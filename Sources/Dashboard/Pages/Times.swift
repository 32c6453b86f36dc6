import Foundation

/// Times as the pages show them, in UTC.
enum Times {
  /// `2026-11-29T00:02:46Z`
  static func machine(_ date: Date) -> String { date.formatted(.iso8601) }
}
