/// The labels of reference lines and of boundaries.
extension Chart {
  struct Limit {
    var label: String
    /// Where its line ends.
    var end: (x: Double, y: Double)
    /// The line goes down to its end.
    var falls = false
    /// A reference line, not a series.
    var isReference = true
  }

  /// In the order of the references and, after them, of the series.
  func limits(in layout: Layout) -> [Limit] {
    let levels = references.filter(\.y.isFinite).map {
      Limit(label: $0.label, end: (layout.right, layout.y.position($0.y)))
    }
    let plot = Clipping(x: layout.left...layout.right, y: layout.top...layout.bottom)
    let boundaries = series.filter { $0.mark == .boundary && !$0.label.isEmpty }
    return levels
      + boundaries.compactMap { series in
        let places = series.points.map { (layout.x.extended($0.x), layout.y.extended($0.y)) }
        guard let piece = plot.pieces(of: places).last, let end = piece.last else { return nil }
        let falls = piece.count > 1 && end.y > piece[piece.count - 2].y
        return Limit(label: series.label, end: end, falls: falls, isReference: false)
      }
  }

  /// Reference lines, and the labels of all limits at the right end of their lines: within the
  /// plot, or beside it where the layout has a gutter.
  func drawLimits(in layout: Layout, on drawing: inout SVG) {
    let limits = limits(in: layout)
    for (limit, label) in zip(limits, layout.labels(of: limits)) {
      if limit.isReference {
        drawing.line(
          layout.left, limit.end.y, layout.right, limit.end.y, color: .ink,
          width: SVG.Style.boundary.width, dashes: SVG.Style.boundary.dashes)
      }
      for (index, line) in label.lines.enumerated() {
        drawing.text(
          line, x: label.x, y: label.y + Layout.limitLine * Double(index), size: Layout.tickSize,
          anchor: label.isBeside ? .start : .end, hasHalo: !label.isBeside)
      }
    }
  }
}
