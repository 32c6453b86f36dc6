extension String {
  /// Fit for a terminal whoever wrote it: control characters and direction overrides are shown
  /// as what they are, line breaks as blanks.
  package var harmless: String {
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

  /// The same, cut to so many columns: names, labels and replies may have any length.
  package func shown(_ width: Int = 120) -> String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(4 * width))).harmless.truncated(to: width)
  }

  /// The same between backquotes.
  package var ticked: String { "`\(harmless)`" }
}
