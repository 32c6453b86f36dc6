extension Chart {
  /// Every series, in order.
  func drawSeries(in layout: Layout, on drawing: inout SVG) {
    guard series.contains(where: { $0.points.contains(where: \.isFinite) }) else {
      return drawing.text(
        "no data", x: (layout.left + layout.right) / 2, y: (layout.top + layout.bottom) / 2,
        size: Layout.axisSize, anchor: .middle, color: .muted, hasHalo: true)
    }
    let aside = Aside(series, in: layout)
    for (index, (series, style)) in zip(series, styles).enumerated() {
      switch series.mark {
      case .line, .boundary:
        drawLine(series.points, style: style, in: layout, on: &drawing)
        drawTargets(series.points, in: layout, on: &drawing)
      case .steps:
        for run in series.points.split(whereSeparator: { !$0.isFinite }) {
          drawing.path(layout.corners(of: Array(run)), style: style)
        }
        drawTargets(series.points, in: layout, on: &drawing)
      case .columns(let width):
        for point in series.points where point.isFinite {
          let (x, y) = layout.place(of: point)
          drawing.titled(point.label) {
            $0.rectangle(
              x: x - width / 2, y: y, width: width, height: layout.bottom - y, color: style.color)
          }
        }
      case .dots:
        drawDots(index, style: style, aside: aside, in: layout, on: &drawing)
      case .linkedDots:
        drawLine(
          series.points, style: style.link, aside: aside.offset(of: index), in: layout,
          on: &drawing)
        drawDots(index, style: style, aside: aside, in: layout, on: &drawing)
      }
    }
  }

  private func drawLine(
    _ points: [Series.Point], style: SVG.Style, aside: Double = 0, in layout: Layout,
    on drawing: inout SVG
  ) {
    // Past the ends of a domain by less than is seen.
    let slack = 1e-6
    let clipping = Clipping(
      x: (layout.left - slack + min(0, aside))...(layout.right + slack + max(0, aside)),
      y: (layout.top - slack)...(layout.bottom + slack))
    let places = points.map { (layout.x.extended($0.x) + aside, layout.y.extended($0.y)) }
    for piece in clipping.pieces(of: places) { drawing.path(piece, style: style) }
  }

  private func drawDots(
    _ index: Int, style: SVG.Style, aside: Aside, in layout: Layout, on drawing: inout SVG
  ) {
    for point in series[index].points where point.isFinite {
      let place = layout.place(of: point)
      let (x, y) = (place.x + aside.offset(of: index), place.y)
      drawing.titled(point.label) { drawing in
        if let error = point.error {
          drawing.errorBar(
            x: x, low: layout.y.position(error.lowerBound),
            high: layout.y.position(error.upperBound),
            caps: (
              low: layout.y.domain.contains(error.lowerBound),
              high: layout.y.domain.contains(error.upperBound)
            ), capWidth: aside.capWidth, color: style.color)
        }
        drawing.mark(style.shape, x: x, y: y, color: style.color)
      }
    }
  }

  /// Tooltips for points of a line.
  private func drawTargets(_ points: [Series.Point], in layout: Layout, on drawing: inout SVG) {
    for point in points where point.isFinite && point.label != nil {
      let (x, y) = layout.place(of: point)
      drawing.titled(point.label) { $0.target(x: x, y: y) }
    }
  }
}

extension Chart.Layout {
  func place(of point: Series.Point) -> (x: Double, y: Double) {
    (x.position(point.x), y.position(point.y))
  }

  /// Of a line that stays level until the next point.
  func corners(of points: [Series.Point]) -> [(x: Double, y: Double)] {
    var corners: [(x: Double, y: Double)] = []
    for place in points.map(place) {
      if let last = corners.last { corners.append((place.x, last.y)) }
      corners.append(place)
    }
    return corners
  }
}

extension Series.Point {
  var isFinite: Bool { x.isFinite && y.isFinite }
}
