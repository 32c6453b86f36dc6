extension String {
  /// Columns that a terminal uses: escape sequences none, wide characters two.
  package var displayWidth: Int {
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

  /// At most `width` columns, the end cut with an ellipsis.
  package func truncated(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var kept = ""
    for character in self {
      if (kept + String(character)).displayWidth > width - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }
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
