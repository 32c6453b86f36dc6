/// A terminal, as far as frames need one: what is on its screen after some bytes.
///
/// It wraps again what it has wrapped when it becomes narrower or wider, as most terminals do.
struct Screen {
  private(set) var columns: Int
  private(set) var rowCount: Int
  private(set) var isCursorShown = true
  private(set) var wraps = true
  /// Control sequences that it does not know.
  private(set) var unknown: [String] = []
  /// From the first line that was ever written.
  private var rows: [Row] = [Row()]
  private var row = 0
  private var column = 0
  /// The last column was written, and the next character goes to the next row.
  private var isPending = false

  private struct Row {
    /// A wide character is followed by an empty cell.
    var cells: [String] = []
    /// Whether the next row goes on with it.
    var isWrapped = false
  }

  init(columns: Int, rows: Int) {
    self.columns = columns
    rowCount = rows
  }

  private var top: Int { max(0, rows.count - rowCount) }

  /// All that was ever written and not erased, without trailing blanks and lines.
  var all: [String] {
    var texts = rows.map(Self.text)
    while texts.last == "" { texts.removeLast() }
    return texts
  }

  /// What is on the screen.
  var visible: [String] { rows[top...].map(Self.text) }

  var cursor: (row: Int, column: Int) { (row - top, column) }

  private static func text(_ row: Row) -> String {
    var text = row.cells.joined()
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  // MARK: - Writing

  mutating func write(_ text: String) {
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case "\r":
        column = 0
        isPending = false
      case "\n": lineFeed()
      case "\u{1B}":
        guard scalars.next() == "[" else {
          unknown.append("ESC")
          continue
        }
        var parameters = ""
        while let next = scalars.next() {
          if ("@"..."~").contains(next) {
            control(parameters, next)
            break
          }
          parameters.unicodeScalars.append(next)
        }
      default: put(scalar)
      }
    }
  }

  private mutating func control(_ parameters: String, _ final: Unicode.Scalar) {
    switch (parameters, final) {
    case ("?2026", "h"), ("?2026", "l"), (_, "m"): break
    case ("?25", _): isCursorShown = final == "h"
    case ("?7", _): wraps = final == "h"
    case (_, "A"):
      row = max(top, row - (Int(parameters) ?? 1))
      isPending = false
    case ("", "K"): eraseRow()
    default: unknown.append("\(parameters)\(final)")
    }
  }

  private mutating func eraseRow() {
    rows[row].cells = Array(rows[row].cells.prefix(column))
    rows[row].isWrapped = false
  }

  private mutating func lineFeed() {
    isPending = false
    row += 1
    if row == rows.count { rows.append(Row()) }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    if width == 0 {
      let before = isPending ? column : column - 1
      if rows[row].cells.indices.contains(before) {
        rows[row].cells[before].unicodeScalars.append(scalar)
      }
      return
    }
    if isPending || column + width > columns {
      if wraps {
        rows[row].isWrapped = true
        lineFeed()
        column = 0
      } else {
        column = columns - width
      }
      isPending = false
    }
    while rows[row].cells.count < column + width { rows[row].cells.append(" ") }
    rows[row].cells[column] = String(scalar)
    if width == 2 { rows[row].cells[column + 1] = "" }
    column += width
    if column >= columns {
      column = columns - 1
      isPending = true
    }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
      || (0xAC00...0xD7A3).contains(scalar.value) || (0xFF01...0xFF60).contains(scalar.value)
      ? 2 : 1
  }

  // MARK: - Resizing

  mutating func resize(columns: Int, rows count: Int) {
    var texts: [(cells: [String], cursor: Int?)] = []
    var isOpen = false
    for (index, old) in rows.enumerated() {
      if !isOpen { texts.append(([], nil)) }
      if index == row { texts[texts.count - 1].cursor = texts.last!.cells.count + column }
      texts[texts.count - 1].cells += old.cells
      isOpen = old.isWrapped
    }
    rows = []
    for text in texts {
      let start = rows.count
      var cells = text.cells[...]
      repeat {
        var length = min(columns, cells.count)
        // A wide character is not cut in two.
        if length < cells.count, cells[cells.startIndex + length] == "" { length -= 1 }
        rows.append(Row(cells: Array(cells.prefix(length)), isWrapped: length < cells.count))
        cells = cells.dropFirst(length)
      } while !cells.isEmpty
      if let cursor = text.cursor {
        row = min(start + cursor / columns, rows.count - 1)
        column = cursor % columns
      }
    }
    // Empty lines below the cursor are given up first.
    while rows.count > row + 1, rows[rows.count - 1].cells.isEmpty { rows.removeLast() }
    isPending = false
    self.columns = columns
    rowCount = count
  }
}
