extension HeatMap {
  /// Wide enough for its columns, 480 to about 1300 units; in a page it scales. Where it is shown
  /// much narrower than this in pixels its labels are too small to read, so let it scroll.
  public var width: Int { Int(Layout(self, theme: .page).width.rounded(.up)) }

  /// The places of a heat map's parts.
  struct Layout {
    let width: Double
    let height: Double
    let title: [String]
    let left: Double
    let top: Double
    let cell: (width: Double, height: Double)
    /// Labels as they are drawn; empty where there is no room for all.
    let rows: [String]
    let columns: [String]
    let rowLabelSize: Double
    let columnLabelSize: Double
    /// Of the columns' labels, in degrees.
    let turned: Int
    /// Of the texts within cells; nil where they do not fit.
    let cellLabelSize: Double?
    /// At the head of the rows' labels, and above those of the columns; with arrows.
    let rowTitle: String
    let columnTitle: String

    static let edge = 24.0

    init(_ map: HeatMap, theme: Theme) {
      let least = theme == .paper ? 720.0 : 480
      title = SVG.lines(
        of: map.title, width: least - 2 * Self.edge, size: theme.titleSize, most: 3)
      rowTitle = map.rowTitle.isEmpty ? "" : SVG.cut(map.rowTitle, width: 150, size: 13) + " ↓"
      columnTitle =
        map.columnTitle.isEmpty ? "" : SVG.cut(map.columnTitle, width: 240, size: 13) + " →"

      let longest =
        map.cells.joined().map { SVG.widthOfText(SVG.visible($0?.label ?? ""), size: 1) }.max() ?? 0
      cell = Self.cell(rows: map.rows.count, columns: map.columns.count, longest: longest)
      let fitting = min(11.5, cell.height - 3, (cell.width - 3) / max(longest, 1e-9))
      cellLabelSize = fitting >= 8 ? fitting : nil

      rowLabelSize = min(12, max(9, cell.height - 2))
      columnLabelSize = min(12, max(9, cell.width - 2))
      let rowStep = max(1, Int((rowLabelSize / cell.height).rounded(.up)))
      let columnStep = max(1, Int((columnLabelSize / cell.width).rounded(.up)))
      rows = map.rows.enumerated().map { [rowLabelSize] index, label in
        index % rowStep == 0 ? SVG.cut(label, width: 220, size: rowLabelSize) : ""
      }
      columns = map.columns.enumerated().map { [columnLabelSize] index, label in
        index % columnStep == 0 ? SVG.cut(label, width: 190, size: columnLabelSize) : ""
      }
      let labels = rows.map { [rowLabelSize] in SVG.widthOfText($0, size: rowLabelSize) }
      let widths = columns.map { [columnLabelSize] in SVG.widthOfText($0, size: columnLabelSize) }
      left = Self.edge + max(labels.max() ?? 0, SVG.widthOfText(rowTitle, size: 13)) + 8

      var room = 0.0
      var overhang = 0.0
      if (widths.max() ?? 0) <= cell.width - 4 {
        (turned, room) = (0, 18)
      } else if cell.width < 20 {
        (turned, room) = (-90, (widths.max() ?? 0) + 8)
      } else {
        (turned, room) = (-40, 0.643 * (widths.max() ?? 0) + 14)
        overhang =
          widths.enumerated().map { [cell] index, width in
            0.766 * width - (Double(widths.count - index) - 0.5) * cell.width
          }.max() ?? 0
      }
      let titleFoot = title.isEmpty ? 10 : 30 + 21 * Double(title.count - 1) + 10
      top = titleFoot + (columnTitle.isEmpty ? 8 : 26) + max(room, rowTitle.isEmpty ? 0 : 20)
      let grid = (Double(map.columns.count) * cell.width, Double(map.rows.count) * cell.height)
      width = max(least, left + grid.0 + max(Self.edge, overhang + 8))
      height = top + max(grid.1, 24) + 20
    }

    /// So large that texts fit while there is room, so small that all columns do.
    private static func cell(
      rows: Int, columns: Int, longest: Double
    ) -> (width: Double, height: Double) {
      let room = 860 / Double(max(1, columns))
      let usual = columns > 10 ? 30.0 : columns > 5 ? 44 : 60
      let width = max(4, min(room, max(usual, min(64, longest * 11.5 + 8))))
      return (width, max(4, min(width, rows > 24 ? 18 : rows > 5 ? 26 : 30)))
    }
  }
}
