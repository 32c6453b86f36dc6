extension Chart.Layout {
  /// A series in the legend.
  struct LegendEntry {
    var series: Int
    var label: String
    var x: Double
    var y: Double
  }

  /// Rows above the plot, as many as it takes; none for a single series.
  ///
  /// - Parameters:
  ///   - start: Pixels; `end` too.
  ///   - first: The middle of the first row.
  static func legend(
    of chart: Chart, from start: Double, to end: Double, y first: Double
  ) -> [LegendEntry] {
    let shown = chart.series.indices.filter {
      !chart.series[$0].label.isEmpty && chart.series[$0].mark != .boundary
    }
    guard shown.count > 1 else { return [] }
    var entries: [LegendEntry] = []
    var (place, level) = (start, first)
    for index in shown {
      let label = SVG.cut(chart.series[index].label, width: end - start - 32, size: legendSize)
      let width = 32 + SVG.widthOfText(label, size: legendSize)
      if place + width > end, place > start { (place, level) = (start, level + 20) }
      entries.append(LegendEntry(series: index, label: label, x: place, y: level))
      place += width + 20
    }
    return entries
  }
}

extension Chart {
  /// Each label behind a piece of its line.
  func drawLegend(in layout: Layout, on drawing: inout SVG) {
    let styles = styles
    for entry in layout.legend {
      let (style, x, y) = (styles[entry.series], entry.x, entry.y)
      switch series[entry.series].mark {
      case .line, .steps, .boundary:
        drawing.path([(x, y), (x + 26, y)], style: style)
      case .columns:
        drawing.rectangle(x: x + 4, y: y - 7, width: 14, height: 14, color: style.color)
      case .dots:
        drawing.mark(style.shape, x: x + 13, y: y, color: style.color)
      case .linkedDots:
        drawing.path([(x, y), (x + 26, y)], style: style.link)
        drawing.mark(style.shape, x: x + 13, y: y, color: style.color)
      }
      drawing.text(entry.label, x: x + 32, y: y + 4, size: Layout.legendSize)
    }
  }
}
