/// A table of shades as a value, e.g. a confusion matrix, or behaviors by rounds.
public struct HeatMap: Sendable, Hashable {
  /// Drawn above, and the `<title>` of the picture.
  public var title: String
  /// The text alternative: what the picture shows, in a sentence or two.
  public var description: String
  /// Labels. Long ones are cut in the picture, not in the table.
  public var rows: [String]
  public var columns: [String]
  /// What the labels are; may be empty.
  public var rowTitle: String
  public var columnTitle: String
  /// By row and column; nil, or missing, is empty.
  public var cells: [[Cell?]]

  public struct Cell: Sendable, Hashable {
    /// The darkness, from 0 to 1.
    public var value: Double
    /// Written within, where all cells are large enough for theirs, and always in the table.
    public var label: String
    /// Has an outline, e.g. the diagonal of a confusion matrix.
    public var isMarked: Bool
    /// In a page, attributes `data-…` of its element, for a script to know it by.
    public var data: [String: String]

    public init(
      value: Double, label: String, isMarked: Bool = false, data: [String: String] = [:]
    ) {
      self.value = value
      self.label = label
      self.isMarked = isMarked
      self.data = data
    }
  }

  public init(
    title: String, description: String, rows: [String], columns: [String], rowTitle: String = "",
    columnTitle: String = "", cells: [[Cell?]]
  ) {
    self.title = title
    self.description = description
    self.rows = rows
    self.columns = columns
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.cells = cells
  }

  /// Nil where there is none.
  public func cell(row: Int, column: Int) -> Cell? {
    guard cells.indices.contains(row), cells[row].indices.contains(column) else { return nil }
    return cells[row][column]
  }

  /// The labels of the cells.
  public var table: ChartTable {
    let corner = [rowTitle, columnTitle].filter { !$0.isEmpty }.joined(separator: " / ")
    return ChartTable(
      header: [corner] + columns,
      rows: rows.enumerated().map { row, label in
        [label] + columns.indices.map { cell(row: row, column: $0)?.label ?? "" }
      })
  }
}
