import Reports

/// Columns of text, aligned by what the terminal shows of them; the first one holds names.
struct TextTable {
  /// Columns of a name at most; a longer one is cut.
  static let longestName = 40

  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(header: [String], alignments: [Alignment]) {
    precondition(header.count == alignments.count, "every column has a header")
    self.alignments = alignments
    rows = [header]
  }

  mutating func add(_ row: [String]) {
    precondition(row.count == alignments.count, "every row has all columns")
    rows.append([row[0].truncated(to: Self.longestName)] + row.dropFirst())
  }

  /// The lines without trailing blanks, the header first.
  func lines() -> [String] {
    let widths = alignments.indices.map { column in
      rows.map { $0[column].displayWidth }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.indices.map { column in
        row[column].padded(to: widths[column], alignments[column])
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}

extension String {
  func padded(to width: Int, _ alignment: TextTable.Alignment = .left) -> String {
    let blanks = String(repeating: " ", count: max(0, width - displayWidth))
    return alignment == .left ? self + blanks : blanks + self
  }
}
