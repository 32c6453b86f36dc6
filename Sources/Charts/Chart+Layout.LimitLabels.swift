extension Chart.Layout {
  static let limitLine = 14.0

  /// The label of a limit: at its line's end, apart from all others.
  struct LimitLabel {
    var lines: [String]
    /// The end of the texts; their start where they are beside the plot.
    var x: Double
    /// Of the first line's foot.
    var y: Double
    var isBeside: Bool

    var width: Double {
      lines.map { SVG.widthOfText($0, size: Chart.Layout.tickSize) }.max() ?? 0
    }
  }

  /// The layout whose labels of limits do not lie upon what the chart shows: within the plot if
  /// they can, else beside it.
  init(fitting chart: Chart, theme: Theme) {
    let plain = Chart.Layout(chart, theme: theme)
    let limits = chart.limits(in: plain)
    let labels = plain.labels(of: limits)
    let isClear = labels.indices.allSatisfy { index in
      let label = labels[index]
      let box = Clipping(x: (label.x - label.width)...label.x, y: (label.y - 11)...(label.y + 2))
      return label.y == plain.foot(of: limits[index]) && !plain.isCovered(box, chart: chart)
    }
    guard !isClear else {
      self = plain
      return
    }
    let widest = labels.map(\.width).max() ?? 0
    self.init(chart, theme: theme, gutter: min(widest + 4, plain.width * 0.24))
  }

  func labels(of limits: [Chart.Limit]) -> [LimitLabel] {
    var labels = limits.map { limit in
      // A line that ends at the top or at the foot of the plot has no place beside it.
      let isBeside = gutter > 0 && limit.end.x > right - 1
      guard !isBeside else {
        let lines = SVG.lines(of: limit.label, width: gutter, size: Self.tickSize, most: 3)
        let rise = Self.limitLine * Double(max(0, lines.count - 1)) / 2
        return LimitLabel(lines: lines, x: right + 8, y: limit.end.y + 4 - rise, isBeside: true)
      }
      let room = right - 4 - left
      let text = SVG.cut(limit.label, width: room, size: Self.tickSize)
      let width = SVG.widthOfText(text, size: Self.tickSize)
      return LimitLabel(
        lines: [text], x: max(limit.end.x - 4, left + min(room, width)), y: foot(of: limit),
        isBeside: false)
    }
    for isBeside in [false, true] {
      let chosen = labels.indices.filter { labels[$0].isBeside == isBeside }
        .sorted { (labels[$0].y, $0) < (labels[$1].y, $1) }
      let feet = apart(chosen.map { (labels[$0].y, max(1, labels[$0].lines.count)) })
      for (index, foot) in zip(chosen, feet) { labels[index].y = foot }
    }
    return labels
  }

  /// Of a label within the plot: above its line, below one that falls.
  private func foot(of limit: Chart.Limit) -> Double {
    limit.falls ? limit.end.y + 14 : limit.end.y - 5
  }

  /// Feet of labels, moved so that none lies upon the next: half as far down as one way of doing
  /// so takes, half as far up as the other.
  private func apart(_ labels: [(foot: Double, lines: Int)]) -> [Double] {
    var (down, up) = (labels.map(\.foot), labels.map(\.foot))
    for index in labels.indices.dropFirst() {
      let height = Self.limitLine * Double(labels[index - 1].lines)
      down[index] = max(down[index], down[index - 1] + height)
    }
    for index in labels.indices.dropLast().reversed() {
      let height = Self.limitLine * Double(labels[index].lines)
      up[index] = min(up[index], up[index + 1] - height)
    }
    return zip(down, up).map { ($0 + $1) / 2 }
  }

  /// Whether a chart shows something within a box of pixels.
  private func isCovered(_ box: Clipping, chart: Chart) -> Bool {
    let levels = chart.references.filter(\.y.isFinite).map { y.position($0.y) }
    if levels.contains(where: { box.y.contains($0) }) { return true }
    return chart.series.contains { series in
      let points = series.points.filter(\.isFinite)
      switch series.mark {
      case .line, .boundary:
        let places = points.map { (x.extended($0.x), y.extended($0.y)) }
        return !box.pieces(of: places).isEmpty
      case .steps:
        return !box.pieces(of: corners(of: points)).isEmpty
      case .columns(let width):
        return points.map(place).contains {
          $0.y <= box.y.upperBound && $0.x + width / 2 >= box.x.lowerBound
            && $0.x - width / 2 <= box.x.upperBound
        }
      case .dots, .linkedDots:
        // As wide as dots may stand aside.
        let near = Clipping(
          x: (box.x.lowerBound - 20)...(box.x.upperBound + 20),
          y: (box.y.lowerBound - 6)...(box.y.upperBound + 6))
        if series.mark == .linkedDots, !near.pieces(of: points.map(place)).isEmpty { return true }
        return points.contains { point in
          let bar = point.error ?? point.y...point.y
          let (x, _) = place(of: point)
          return !near.pieces(
            of: [(x, y.position(bar.lowerBound)), (x, y.position(bar.upperBound))]
          ).isEmpty
        }
      }
    }
  }
}
