extension HeatMap {
  /// The picture: the darker a cell the higher its value. The number of rows and columns makes its
  /// size; with more than about 80 only some are labeled.
  ///
  /// - Parameter id: Begins the ids of its elements; differs from picture to picture of a page.
  public func svg(_ theme: Theme = .paper, id: String = "chart") -> String {
    let layout = Layout(self, theme: theme)
    var drawing = SVG(
      width: Int(layout.width.rounded(.up)), height: Int(layout.height.rounded(.up)),
      theme: theme, name: .described(title: title, description: description, id: id))
    drawTitles(in: layout, on: &drawing)
    layout.drawGrid(on: &drawing)
    layout.drawLabels(on: &drawing)
    // Outlines last, above the edges of their neighbors.
    for isMarked in [false, true] {
      for row in rows.indices {
        for column in columns.indices {
          guard let cell = cell(row: row, column: column), cell.isMarked == isMarked else {
            continue
          }
          let name = [rows[row], columns[column]].map { SVG.cut($0, characters: 60) }
          drawing.titled("\(name[0]), \(name[1]): \(cell.label)", data: cell.data) {
            layout.draw(cell, row: row, column: column, on: &$0)
          }
        }
      }
    }
    return drawing.text
  }

  private func drawTitles(in layout: Layout, on drawing: inout SVG) {
    for (index, line) in layout.title.enumerated() {
      drawing.text(
        line, x: Layout.edge, y: 30 + 21 * Double(index), size: drawing.theme.titleSize,
        weight: "bold")
    }
    let foot = layout.title.isEmpty ? 10 : 40 + 21 * Double(layout.title.count - 1)
    drawing.text(layout.columnTitle, x: layout.left, y: foot + 16, size: 13, color: .muted)
    drawing.text(
      layout.rowTitle, x: layout.left - 8, y: layout.top - 8, size: 13, anchor: .end,
      color: .muted)
    if rows.isEmpty || columns.isEmpty {
      drawing.text("no data", x: layout.left, y: layout.top + 16, size: 13, color: .muted)
    }
  }
}

extension HeatMap.Layout {
  /// Lines that lead from a cell to its labels.
  fileprivate func drawGrid(on drawing: inout SVG) {
    guard !rows.isEmpty, !columns.isEmpty else { return }
    let right = left + Double(columns.count) * cell.width
    let bottom = top + Double(rows.count) * cell.height
    for index in 0...rows.count {
      let y = top + Double(index) * cell.height
      drawing.line(left, y, right, y, color: .grid, width: 0.7)
    }
    for index in 0...columns.count {
      let x = left + Double(index) * cell.width
      drawing.line(x, top, x, bottom, color: .grid, width: 0.7)
    }
  }

  fileprivate func drawLabels(on drawing: inout SVG) {
    for (index, label) in rows.enumerated() {
      let middle = top + (Double(index) + 0.5) * cell.height
      drawing.text(
        label, x: left - 8, y: middle + rowLabelSize * 0.35, size: rowLabelSize, anchor: .end)
    }
    for (index, label) in columns.enumerated() {
      let middle = left + (Double(index) + 0.5) * cell.width
      switch turned {
      case 0:
        drawing.text(label, x: middle, y: top - 7, size: columnLabelSize, anchor: .middle)
      case -90:
        drawing.text(
          label, x: middle + columnLabelSize * 0.35, y: top - 6, size: columnLabelSize,
          turned: turned)
      default:
        drawing.text(label, x: middle + 2, y: top - 6, size: columnLabelSize, turned: turned)
      }
    }
  }

  fileprivate func draw(_ cell: HeatMap.Cell, row: Int, column: Int, on drawing: inout SVG) {
    let (width, height) = self.cell
    let (x, y) = (left + Double(column) * width, top + Double(row) * height)
    let value = cell.value.isNaN ? 0 : min(max(cell.value, 0), 1)
    // Never so dark that a text is hard to read, and seen wherever it is more than nothing.
    let opacity = value > 0 ? 0.12 + 0.58 * value : 0
    drawing.rectangle(
      x: x, y: y, width: width, height: height, color: .heat, opacity: opacity)
    if cell.isMarked {
      let inset = width < 10 ? 0.5 : 1.5
      drawing.outline(
        x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset,
        color: .ink, lineWidth: width < 10 ? 0.8 : 1.2)
    }
    if let size = cellLabelSize {
      drawing.text(
        cell.label, x: x + width / 2, y: y + height / 2 + size * 0.35, size: size,
        anchor: .middle)
    }
  }
}
