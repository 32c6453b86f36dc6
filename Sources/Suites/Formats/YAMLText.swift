/// Writes scalars that every YAML reader reads back as they were.
package enum YAMLText {
  /// Double-quoted, on one line; what cannot be seen is escaped.
  package static func quoted(_ text: String) -> String {
    quoted(text) { scalar in
      scalar.value > 0xFFFF ? "\\U\(hex(scalar.value, 8))" : "\\u\(hex(scalar.value, 4))"
    }
  }

  /// The same for JSON, whose escapes are UTF-16.
  package static func quotedJSON(_ text: String) -> String {
    quoted(text) { scalar in
      UTF16.encode(scalar)!.map { "\\u\(hex(UInt32($0), 4))" }.joined()
    }
  }

  private static func quoted(
    _ text: String, escape: (Unicode.Scalar) -> String
  ) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
          result += escape(scalar)
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: width - digits.count) + digits
  }
}
