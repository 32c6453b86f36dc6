import Mustache

/// Text for HTML, whoever wrote it: markup is escaped, and characters that mislead are shown as what
/// they are. Templates name it: `{{% CONTENT_TYPE:HARMLESS}}`.
///
/// Scalar by scalar. The library's own way looks at whole characters: to it a quotation mark with an
/// accent upon it is no quotation mark, while to a browser it ends an attribute.
struct HarmlessHTML: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.harmless.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension PageParts {
  /// Makes known how templates write texts (`HARMLESS`); before one that names it is read.
  package static func registerEscaping() {
    MustacheContentTypes.register(HarmlessHTML(), named: "HARMLESS")
  }
}
