extension SVG {
  /// A dot in the shape of its series.
  mutating func mark(_ shape: Style.Shape, x: Double, y: Double, color: Theme.Color) {
    switch shape {
    case .circle:
      dot(x: x, y: y, color: color)
    case .square:
      rectangle(x: x - 4, y: y - 4, width: 8, height: 8, color: color)
    case .triangle:
      polygon(x: x, y: y, [(0, -5.5), (5, 4), (-5, 4)], color: color)
    case .diamond:
      polygon(x: x, y: y, [(0, -5.8), (5.8, 0), (0, 5.8), (-5.8, 0)], color: color)
    case .cross:
      line(x - 4, y - 4, x + 4, y + 4, color: color, width: 2.4)
      line(x - 4, y + 4, x + 4, y - 4, color: color, width: 2.4)
    case .wedge:
      polygon(x: x, y: y, [(0, 5.5), (5, -4), (-5, -4)], color: color)
    }
  }

  /// An error bar that stands, with a cap at each end that lies within the picture.
  mutating func errorBar(
    x: Double, low: Double, high: Double, caps: (low: Bool, high: Bool), capWidth: Double,
    color: Theme.Color
  ) {
    line(x, low, x, high, color: color, width: 2)
    for (end, isShown) in [(low, caps.low), (high, caps.high)] where isShown {
      line(x - capWidth / 2, end, x + capWidth / 2, end, color: color, width: 2)
    }
  }
}
