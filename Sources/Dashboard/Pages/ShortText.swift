extension String {
  /// Of a text that may be a megabyte long, a page shows so many scalars.
  static let longestShown = 2000

  /// The text as a page shows it: its beginning, where it is long.
  var shortened: String {
    guard let end = cut else { return self }
    return String(String.UnicodeScalarView(unicodeScalars[..<end])) + "…"
  }

  /// Whether `shortened` leaves something out.
  var isLong: Bool { cut != nil }

  /// Counted in scalars: a single character may be as long as the text.
  private var cut: String.Index? {
    let end = unicodeScalars.index(
      startIndex, offsetBy: Self.longestShown, limitedBy: unicodeScalars.endIndex)
    return end == unicodeScalars.endIndex ? nil : end
  }
}
