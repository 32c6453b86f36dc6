extension Chart {
  /// The places of a chart's parts: as much room as its texts take, and what is left for the plot.
  struct Layout {
    let theme: Theme
    let width: Double
    let height: Double
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let x: Scale
    let y: Scale

    let title: [String]
    let legend: [LegendEntry]
    let xTicks: XTicks
    let yTicks: [Axis.Tick]
    let xTitle: [String]
    let yTitle: [String]
    /// Room for labels at the right of the plot; 0 where they lie within.
    let gutter: Double

    static let edge = 24.0
    static let tickSize = 12.0
    static let axisSize = 13.0
    static let legendSize = 12.5
    static let line = 17.0

    init(_ chart: Chart, theme: Theme, gutter: Double = 0) {
      (self.theme, self.gutter) = (theme, gutter)
      width = theme == .paper ? 720 : 480
      let inside = width - 2 * Self.edge
      let plotHeight = theme == .paper ? 276.0 : 220

      title = SVG.lines(of: chart.title, width: inside, size: theme.titleSize, most: 3)
      let titleFoot = 30 + 21 * Double(max(0, title.count - 1)) - (title.isEmpty ? 20 : 0)
      legend = Self.legend(
        of: chart, from: theme == .paper ? 72 : Self.edge, to: width - Self.edge, y: titleFoot + 28)
      let legendFoot = legend.last?.y ?? (theme == .paper ? titleFoot + 28 : titleFoot + 2)
      // On paper upright at the left of the axis; in a page, which may be narrow, above it.
      yTitle = SVG.lines(
        of: chart.y.title, width: theme == .paper ? plotHeight : inside, size: Self.axisSize,
        most: 3)
      let titleRows = theme == .paper ? 0 : Double(yTitle.count)
      top = legendFoot + 26 + Self.line * titleRows + (titleRows > 0 ? 11 : 0)
      bottom = top + plotHeight

      yTicks = Self.cut(chart.y.ticks, width: inside * 0.3)
      let columns =
        theme == .paper && !yTitle.isEmpty ? 28 + Self.line * Double(yTitle.count - 1) : 8
      let widest = yTicks.map { SVG.widthOfText($0.label, size: Self.tickSize) }.max() ?? 0
      let beside = max(theme == .paper ? 72 : Self.edge, columns + widest + 8)

      let ticks = Self.cut(chart.x.ticks, width: inside * 0.5)
      let most = width - Self.edge - gutter
      xTicks = XTicks(ticks, domain: chart.x.domain, width: most - beside)
      right = min(most, width - 4 - xTicks.roomAtRight)
      left = max(beside, xTicks.roomAtLeft)
      x = Scale(of: chart.x.domain, start: left, end: right)
      y = Scale(of: chart.y.domain, start: bottom, end: top)

      xTitle = SVG.lines(of: chart.x.title, width: inside, size: Self.axisSize, most: 3)
      height =
        bottom + xTicks.room + 40 + Self.line * Double(max(0, xTitle.count - 1))
        - (xTitle.isEmpty ? 20 : 0)
    }

    private static func cut(_ ticks: [Axis.Tick], width: Double) -> [Axis.Tick] {
      ticks.filter(\.value.isFinite).map {
        Axis.Tick($0.value, SVG.cut($0.label, width: width, size: tickSize))
      }
    }
  }
}

extension Theme {
  var titleSize: Double { self == .paper ? 17 : 15 }
}
