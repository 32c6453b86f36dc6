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
  /// Columns that a terminal uses: escape sequences none, wide characters two.
  var displayWidth: Int {
    var width = 0
    var isEscape = false
    for character in self {
      if isEscape {
        if character == "m" { isEscape = false }
        continue
      }
      if character == "\u{1B}" {
        isEscape = true
        continue
      }
      width += character.isWide ? 2 : 1
    }
    return width
  }

  func padded(to width: Int, _ alignment: TextTable.Alignment = .left) -> String {
    let blanks = String(repeating: " ", count: max(0, width - displayWidth))
    return alignment == .left ? self + blanks : blanks + self
  }

  /// At most `width` columns, the end cut with an ellipsis.
  func truncated(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var kept = ""
    for character in self {
      if (kept + String(character)).displayWidth > width - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Fit for a terminal whoever wrote it: control characters and direction overrides are shown
  /// as what they are, line breaks as blanks.
  var harmless: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\n" || scalar == "\r" || scalar == "\t":
        result.append(" ")
      case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator:
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default:
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The same between backquotes.
  var ticked: String { "`\(harmless)`" }
}

extension Character {
  fileprivate var isWide: Bool {
    guard let scalar = unicodeScalars.first else { return false }
    if scalar.properties.isEmojiPresentation { return true }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return true
    default:
      return false
    }
  }
}
