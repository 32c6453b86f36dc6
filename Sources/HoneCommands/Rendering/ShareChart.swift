import Foundation
import Reports

/// Shares that grow round by round, as bars of text; the part that is wrong stands out.
///
/// ```
/// round  0  ███                                 8.1 %
/// round  1  ██████████▒                        29.0 %
/// ```
struct ShareChart {
  /// One bar; fractions of all runs.
  struct Bar {
    var label: String
    var share: Double
    /// The part of `share` that is false.
    var wrong: Double
  }

  var bars: [Bar]
  /// Columns of a bar at 100 %.
  var width: Int
  var unicode: Bool

  /// At most so many rounds are drawn.
  static let mostBars = 16

  /// Bars for cumulated counts, shape [rounds + 1]; of many rounds, evenly spaced ones.
  init(counts: [Int], wrong: [Int], of runs: Int, width: Int, unicode: Bool) {
    let last = counts.count - 1
    let step = max(1, (last + Self.mostBars - 2) / (Self.mostBars - 1))
    var rounds = Array(stride(from: 0, through: last, by: step))
    if rounds.last != last { rounds.append(last) }
    let digits = String(last).count
    bars = rounds.map { round in
      Bar(
        label: "round " + String(round).padded(to: digits, .right),
        share: Double(counts[round]) / Double(runs), wrong: Double(wrong[round]) / Double(runs))
    }
    self.width = width
    self.unicode = unicode
  }

  func lines() -> [String] {
    bars.map { bar in
      let columns = Self.columns(bar.share, of: width)
      let wrong = min(columns, Self.columns(bar.wrong, of: width))
      let drawn =
        String(repeating: unicode ? "█" : "#", count: columns - wrong)
        + String(repeating: unicode ? "▒" : "x", count: wrong)
      return "\(bar.label)  \(drawn.padded(to: width))  "
        + Format.percent(bar.share).padded(to: 7, .right)
    }
  }

  /// A share above 0 is never invisible.
  private static func columns(_ share: Double, of width: Int) -> Int {
    share > 0 ? max(1, Int((share * Double(width)).rounded())) : 0
  }
}
