/// Texts that anybody may have written, and how much room they take.
extension SVG {
  // MARK: - Escaping

  /// Fit for an element and for an attribute in double quotes.
  ///
  /// What has no picture of its own (control characters, direction overrides, characters that XML
  /// forbids) is shown by its number, a line break as a blank.
  static func escaped(_ text: String, quotes: Bool = false) -> String {
    var result = String.UnicodeScalarView()
    for scalar in visible(text).unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"" where quotes: result.append(contentsOf: "&quot;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// With nothing in it that acts on the text around it.
  static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\n" || scalar == "\r" || scalar == "\t",
        .lineSeparator, .paragraphSeparator:
        result.append(" ")
      case .control, .format, .surrogate, .privateUse,
        .unassigned where scalar == "\u{FFFE}" || scalar == "\u{FFFF}":
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default:
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// An id of letters, digits and hyphens; different texts give different ids.
  static func identifier(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        String(UnicodeScalar(byte))
      default:
        "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }.joined()
  }

  // MARK: - Room

  /// The width of a text in pixels, roughly and rather too much than too little.
  static func widthOfText(_ text: String, size: Double) -> Double {
    text.reduce(0) { $0 + width(of: $1) } * size
  }

  /// The start of a text that fits into a width, with an ellipsis where something is left off.
  static func cut(_ text: String, width limit: Double, size: Double) -> String {
    // Far fewer characters fit; the rest need not be looked at.
    let text = cut(visible(String(text.prefix(2000))), characters: 400)
    guard widthOfText(text, size: size) > limit else { return text }
    var (kept, room) = ("", limit / size - width(of: "…"))
    for character in text {
      room -= width(of: character)
      if room < 0 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// At most so many characters. One that piles up marks counts as often as it has some.
  static func cut(_ text: String, characters limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    var (kept, room) = ("", limit)
    for character in text {
      room -= character.unicodeScalars.count
      if room < 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// A text in lines that fit into a width, about equally long, broken at blanks where it can be;
  /// the last of `most` lines is cut. No lines for an empty text.
  static func lines(of text: String, width: Double, size: Double, most: Int) -> [String] {
    var words: [String] = []
    for word in cut(visible(String(text.prefix(2000))), characters: 400).split(separator: " ") {
      // A percentage is one word.
      if word.hasPrefix("%"), let number = words.popLast() {
        words.append("\(number) \(word)")
      } else {
        words.append(String(word))
      }
    }
    var best = broken(words, width: width, size: size, most: most)
    guard best.count > 1, best.last?.hasSuffix("…") != true else { return best }
    for share in stride(from: 0.95, to: 0.4, by: -0.05) {
      let narrower = broken(words, width: width * share, size: size, most: most)
      let isWhole = narrower.joined(separator: " ") == best.joined(separator: " ")
      guard narrower.count == best.count, isWhole else { break }
      best = narrower
    }
    return best
  }

  private static func broken(
    _ words: [String], width: Double, size: Double, most: Int
  ) -> [String] {
    var lines: [String] = []
    var words = words[...]
    while let word = words.popFirst() {
      if let last = lines.last, widthOfText("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else if lines.count == most {
        let rest = ([lines[most - 1], word] + words).joined(separator: " ")
        lines[most - 1] = cut(rest, width: width, size: size)
        break
      } else if widthOfText(word, size: size) > width, lines.count < most - 1 {
        // A word longer than a line goes on in the next one.
        let head = String(cut(word, width: width, size: size).dropLast())
        guard !head.isEmpty else { return lines }
        lines.append(head)
        words.insert(String(word.dropFirst(head.count)), at: words.startIndex)
      } else {
        lines.append(cut(word, width: width, size: size))
      }
    }
    return lines
  }

  /// Of the size of the font.
  private static func width(of character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return 1.05
    default:
      return 0.58
    }
  }
}
