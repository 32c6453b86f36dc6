/// Text within Markdown that Markdown does not read.
package enum MarkdownText {
  /// A code span that the text cannot end: its fence is longer than any within.
  package static func code(_ text: String) -> String {
    let text = text.harmless.truncated(to: 300)
    var (longest, run) = (0, 0)
    for character in text.unicodeScalars {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence) \(text.isEmpty ? "" : text) \(fence)"
  }

  /// The same within a table, whose cells end at any bar.
  package static func cell(_ text: String) -> String {
    code(text.replacing("|", with: "\u{FF5C}"))
  }
}
