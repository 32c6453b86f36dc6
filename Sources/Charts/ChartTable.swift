/// The data behind a chart as text: what a reader without a picture, or with a question, looks at.
///
/// Rows are as long as the header; an empty cell has no value. Texts are as they were given: who
/// writes them into a page escapes them.
public struct ChartTable: Sendable, Hashable {
  public var header: [String]
  public var rows: [[String]]

  public init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }
}

extension Chart {
  /// One row for each x, in order, and a column for each series and each reference.
  ///
  /// A series with several points at one x has as many rows for it.
  public var table: ChartTable {
    var cells: [Key: [Int: String]] = [:]
    for (index, series) in series.enumerated() {
      var seen: [Double: Int] = [:]
      for point in series.points where !point.x.isNaN {
        let key = Key(x: point.x, turn: seen[point.x, default: 0])
        seen[point.x, default: 0] += 1
        cells[key, default: [:]][index] = text(of: point)
      }
    }
    let limits = references.map { y.text($0.y) }
    let rows = cells.keys.sorted().map { key in
      [x.text(key.x)] + series.indices.map { cells[key]?[$0] ?? "" } + limits
    }
    let header = [x.title] + series.map(\.label) + references.map(\.label)
    return ChartTable(header: header, rows: rows)
  }

  /// A place among the rows.
  private struct Key: Hashable, Comparable {
    var x: Double
    /// Which of several points at the same place.
    var turn: Int

    static func < (one: Key, other: Key) -> Bool {
      (one.x, one.turn) < (other.x, other.turn)
    }
  }

  private func text(of point: Series.Point) -> String {
    let value = y.format.text(point.y)
    guard let error = point.error else { return value }
    return "\(value) (\(y.format.text(error.lowerBound)) to \(y.format.text(error.upperBound)))"
  }
}
