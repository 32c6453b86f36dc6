extension Chart {
  /// The picture, 720 by 420 pixels, on a white ground of its own so that it reads in a light and
  /// in a dark page alike. Series differ in color and in the dashes of their lines.
  public func svg() -> String {
    var drawing = SVG(width: 720, height: 420, title: title, description: description)
    let plot = Plot(chart: self)
    plot.drawFrame(on: &drawing)
    for (index, series) in series.enumerated() {
      plot.draw(series, style: .number(index), on: &drawing)
    }
    plot.drawReferences(on: &drawing)
    plot.drawLegend(on: &drawing)
    return drawing.text
  }
}

/// The places of a chart's parts.
private struct Plot {
  let chart: Chart
  let x: Scale
  let y: Scale
  private let left = 72.0
  private let right = 696.0
  private let top = 84.0
  private let bottom = 360.0

  init(chart: Chart) {
    self.chart = chart
    x = Scale(domain: chart.x.domain, start: left, end: right)
    y = Scale(domain: chart.y.domain, start: bottom, end: top)
  }

  func drawFrame(on drawing: inout SVG) {
    drawing.text(chart.title, x: left - 48, y: 30, size: 17, weight: "bold")
    for tick in chart.y.ticks {
      let level = y.position(tick.value)
      drawing.line(left, level, right, level, color: "#dddddd", width: 1)
      drawing.text(tick.label, x: left - 8, y: level + 4, size: 12, anchor: .end)
    }
    for tick in chart.x.ticks {
      let place = x.position(tick.value)
      drawing.line(place, bottom, place, bottom + 5, color: "#555555", width: 1)
      drawing.text(tick.label, x: place, y: bottom + 20, size: 12, anchor: .middle)
    }
    drawing.line(left, bottom, right, bottom, color: "#555555", width: 1)
    drawing.text(
      chart.x.title, x: (left + right) / 2, y: bottom + 44, size: 13, anchor: .middle)
    drawing.text(
      chart.y.title, x: 20, y: (top + bottom) / 2, size: 13, anchor: .middle, isUpright: true)
  }

  func draw(_ series: Series, style: SVG.Style, on drawing: inout SVG) {
    let places = series.points.map { (x: x.position($0.x), y: y.position($0.y)) }
    switch series.mark {
    case .line:
      drawing.path(places, style: style)
    case .steps:
      var corners: [(x: Double, y: Double)] = []
      for place in places {
        if let last = corners.last { corners.append((place.x, last.y)) }
        corners.append(place)
      }
      drawing.path(corners, style: style)
    case .columns(let width):
      for place in places {
        drawing.rectangle(
          x: place.x - width / 2, y: place.y, width: width, height: bottom - place.y,
          color: style.color)
      }
    case .dots:
      for (point, place) in zip(series.points, places) {
        if let error = point.error {
          let (low, high) = (y.position(error.lowerBound), y.position(error.upperBound))
          drawing.line(place.x, low, place.x, high, color: style.color, width: 2)
          for end in [low, high] {
            drawing.line(place.x - 7, end, place.x + 7, end, color: style.color, width: 2)
          }
        }
        drawing.dot(x: place.x, y: place.y, color: style.color)
      }
    }
  }

  func drawReferences(on drawing: inout SVG) {
    for reference in chart.references {
      let level = y.position(reference.y)
      drawing.line(left, level, right, level, color: "#222222", width: 1.2, dashes: "2 3")
      drawing.text(
        reference.label, x: right - 4, y: level - 5, size: 12, anchor: .end, hasHalo: true)
    }
  }

  /// One row above the plot, each label behind a piece of its line.
  func drawLegend(on drawing: inout SVG) {
    guard chart.series.count > 1 else { return }
    var place = left
    for (index, series) in chart.series.enumerated() {
      let style = SVG.Style.number(index)
      switch series.mark {
      case .line, .steps:
        drawing.path([(place, 58), (place + 26, 58)], style: style)
      case .columns:
        drawing.rectangle(x: place + 4, y: 51, width: 14, height: 14, color: style.color)
      case .dots:
        drawing.dot(x: place + 13, y: 58, color: style.color)
      }
      drawing.text(series.label, x: place + 32, y: 62, size: 12.5)
      place += 32 + SVG.widthOfText(series.label, size: 12.5) + 20
    }
  }
}
