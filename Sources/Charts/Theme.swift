/// Where a picture is looked at.
public enum Theme: Sendable {
  /// A file of its own: fixed colors on a white ground, a fixed size.
  case paper
  /// Inline in a page: no ground, no size but its `viewBox`, the page's font, and colors from the
  /// page's custom properties, so that it follows a dark page. Without them it is as on paper.
  ///
  /// ```
  /// --ink --muted --grid --ground          text, axes, grid lines, what lies behind
  /// --series-1 ... --series-5              what a chart shows
  /// --heat                                 the darkest cell of a heat map; else --series-1
  /// --good --open --bad                    the standing of an interval bar
  /// ```
  case page
}

extension Theme {
  /// A color of a picture by its part.
  enum Color: Hashable {
    case ink, muted, grid, ground, heat, good, open, bad
    /// Counted from 0; they repeat after five.
    case series(Int)
  }

  func value(_ color: Color) -> String {
    switch self {
    case .paper: color.fixed
    case .page where color == .heat: "var(--heat, \(value(.series(0))))"
    case .page: "var(--\(color.name), \(color.fixed))"
    }
  }
}

extension Theme.Color {
  /// Of Okabe and Ito, which most people can tell apart.
  private static let series = ["#0072b2", "#d55e00", "#009e73", "#aa4499", "#806000"]

  fileprivate var fixed: String {
    switch self {
    case .ink: "#222222"
    case .muted: "#555555"
    case .grid: "#dddddd"
    case .ground: "#ffffff"
    case .heat: Self.series[0]
    case .good: "#0a7d4f"
    case .open: "#8a6100"
    case .bad: "#b3261e"
    case .series(let index): Self.series[index % Self.series.count]
    }
  }

  fileprivate var name: String {
    switch self {
    case .series(let index): "series-\(index % Self.series.count + 1)"
    default: "\(self)"
    }
  }
}
