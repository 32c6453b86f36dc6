import Statistics

/// One error bar on a shared axis, as a line of text.
///
/// ```
/// 0.7        0.8       0.9       1.0
///   ·      ├──────●──┤|                 target at `|`
/// ```
struct ErrorBar {
  /// The rates at the two ends of the axis, fractions.
  var axis: ClosedRange<Double>
  /// Columns.
  var width: Int
  var unicode: Bool

  /// The axis for a set of bars: from the lowest end, rounded down to a tenth, to 1.
  static func axis(for lowest: Double) -> ClosedRange<Double> {
    let start = (max(0, min(lowest, 0.9)) * 10).rounded(.down) / 10
    return start...1
  }

  /// Draws the bar, its point, and the target behind it. Exactly `width` columns.
  func draw(_ interval: Interval, point: Double?, target: Double) -> String {
    var cells = [Character](repeating: " ", count: width)
    let line: Character = unicode ? "─" : "-"
    let ends: (Character, Character) = unicode ? ("├", "┤") : ("[", "]")
    let (lower, upper) = (column(interval.lower), column(interval.upper))
    for index in lower...upper { cells[index] = line }
    cells[lower] = ends.0
    cells[upper] = ends.1
    let mark: Character = unicode ? "┃" : "|"
    cells[column(target)] = mark
    if let point { cells[column(point)] = unicode ? "●" : "o" }
    return String(cells)
  }

  /// Labels the axis at evenly spaced tenths, 1 among them. At most two columns wider than a bar.
  func scale() -> String {
    var cells = [Character](repeating: " ", count: width + 2)
    let first = Int((axis.lowerBound * 10).rounded())
    let step = [1, 2, 5, 10].first { 5 * ((10 - first) / $0) <= width } ?? 10
    for tenth in stride(from: 10, through: first, by: -step) {
      let label = Array(tenth == 10 ? "1.0" : "0.\(tenth)")
      let start = min(max(column(Double(tenth) / 10) - 1, 0), cells.count - label.count)
      cells.replaceSubrange(start..<start + label.count, with: label)
    }
    return String(cells)
  }

  private func column(_ rate: Double) -> Int {
    let span = axis.upperBound - axis.lowerBound
    let position = (rate - axis.lowerBound) / span * Double(width - 1)
    return min(max(Int(position.rounded()), 0), width - 1)
  }
}
