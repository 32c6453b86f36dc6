extension Chart {
  /// The picture. Series differ in color and in the dashes of their lines or the shapes of their
  /// dots. On paper 720 pixels wide and on a white ground of its own, so that it reads in a light
  /// and in a dark page alike; in a page 480 units wide.
  ///
  /// - Parameter id: Begins the ids of its elements; differs from chart to chart of a page.
  public func svg(_ theme: Theme = .paper, id: String = "chart") -> String {
    let layout = Layout(fitting: self, theme: theme)
    var drawing = SVG(
      width: Int(layout.width), height: Int(layout.height.rounded(.up)), theme: theme,
      name: .described(title: title, description: description, id: id))
    layout.drawFrame(on: &drawing)
    drawSeries(in: layout, on: &drawing)
    drawLimits(in: layout, on: &drawing)
    drawLegend(in: layout, on: &drawing)
    return drawing.text
  }

  /// Of each series, in order.
  var styles: [SVG.Style] {
    var next = 0
    return series.map { series in
      guard series.mark != .boundary else { return .boundary }
      var style = SVG.Style.number(max(0, series.tint ?? next))
      if series.tint == nil { next += 1 }
      if series.isDashed { style = style.extrapolated }
      return style
    }
  }
}

extension Chart.Layout {
  /// Titles, grid lines and the axes with their labels.
  fileprivate func drawFrame(on drawing: inout SVG) {
    for (index, line) in title.enumerated() {
      drawing.text(
        line, x: Self.edge, y: 30 + 21 * Double(index), size: theme.titleSize, weight: "bold")
    }
    for tick in yTicks {
      let level = y.position(tick.value)
      drawing.line(left, level, right, level, color: .grid, width: 1)
      drawing.text(tick.label, x: left - 8, y: level + 4, size: Self.tickSize, anchor: .end)
    }
    for (tick, isLabeled) in zip(xTicks.ticks, xTicks.isLabeled) {
      let place = x.position(tick.value)
      drawing.line(place, bottom, place, bottom + 5, color: .muted, width: 1)
      guard isLabeled else { continue }
      if xTicks.isTilted {
        drawing.text(
          tick.label, x: place + 4, y: bottom + 16, size: Self.tickSize, anchor: .end, turned: -40)
      } else {
        drawing.text(
          tick.label, x: place, y: bottom + 20, size: Self.tickSize, anchor: .middle)
      }
    }
    drawing.line(left, bottom, right, bottom, color: .muted, width: 1)
    let across = xTitle.count == 1 ? (left + right) / 2 : width / 2
    let half = SVG.widthOfText(xTitle.first ?? "", size: Self.axisSize) / 2
    let middle = min(max(across, 4 + half), max(width - 4 - half, width / 2))
    for (index, line) in xTitle.enumerated() {
      drawing.text(
        line, x: middle, y: bottom + xTicks.room + 24 + Self.line * Double(index),
        size: Self.axisSize, anchor: .middle, color: theme == .paper ? nil : .muted)
    }
    for (index, line) in yTitle.enumerated() {
      let offset = Self.line * Double(index)
      if theme == .paper {
        drawing.text(
          line, x: 20 + offset, y: (top + bottom) / 2, size: Self.axisSize, anchor: .middle,
          turned: -90)
      } else {
        let first = top - 22 - Self.line * Double(yTitle.count - 1)
        drawing.text(line, x: Self.edge, y: first + offset, size: Self.axisSize, color: .muted)
      }
    }
  }
}
