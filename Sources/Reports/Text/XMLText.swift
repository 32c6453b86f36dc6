/// Text for XML 1.0, whoever wrote it.
package enum XMLText {
  /// Fit for an element or a quoted attribute: markup is escaped, and characters that XML 1.0 has no
  /// way to write are shown as what they are, e.g. `\u{1b}`.
  ///
  /// Line breaks and tabs become references, which survive in attributes too.
  package static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&apos;".unicodeScalars)
      case "\t", "\n", "\r":
        result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      default:
        if isAllowed(scalar) {
          result.append(scalar)
        } else {
          result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        }
      }
    }
    return String(result)
  }

  /// XML 1.0's characters, without those that it discourages and terminals obey: C1 controls and
  /// noncharacters.
  ///
  /// Source: XML 1.0, fifth edition, production 2 and the note below it.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFDCF, 0xFDF0...0xFFFD: true
    case 0x10000...0x10FFFF: scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }
}
