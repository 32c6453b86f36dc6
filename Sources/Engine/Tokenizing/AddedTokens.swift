/// A token that is found in a text as it stands, such as `<mask>`, before the model sees words.
struct AddedToken: Sendable {
  var content: String
  var id: Int32
  /// Whether it is looked for in the normalized text, its content normalized likewise.
  var isNormalized: Bool
  /// Whether the blanks before it are taken as part of it.
  var stripsLeft: Bool
  var stripsRight: Bool
}

/// Finds added tokens in a text: the leftmost first, the longest where two begin at one place.
struct AddedTokens: Sendable {
  private let tokens: [(scalars: [Unicode.Scalar], token: AddedToken)]
  private let firsts: Set<Unicode.Scalar>

  enum Segment {
    case text(ArraySlice<Unicode.Scalar>)
    case token(Int32)
  }

  /// - Parameter tokens: With the content that is looked for; those without content are left out.
  init(_ tokens: [AddedToken]) {
    self.tokens = tokens.map { (Array($0.content.unicodeScalars), $0) }
      .filter { !$0.0.isEmpty }
      .sorted { $0.0.count > $1.0.count }
    firsts = Set(self.tokens.map { $0.scalars[0] })
  }

  /// Cuts a text into what stands between added tokens, and those.
  func split(_ text: ArraySlice<Unicode.Scalar>) -> [Segment] {
    guard !firsts.isEmpty else { return text.isEmpty ? [] : [.text(text)] }
    var segments: [Segment] = []
    var start = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      guard firsts.contains(text[index]),
        let found = tokens.first(where: { text[index...].starts(with: $0.scalars) })
      else {
        index += 1
        continue
      }
      var first = index
      index += found.scalars.count
      if found.token.stripsLeft {
        while first > start, text[first - 1].properties.isWhitespace { first -= 1 }
      }
      if start < first { segments.append(.text(text[start..<first])) }
      segments.append(.token(found.token.id))
      start = index
      if found.token.stripsRight {
        while start < text.endIndex, text[start].properties.isWhitespace { start += 1 }
      }
      index = start
    }
    if start < text.endIndex { segments.append(.text(text[start...])) }
    return segments
  }
}
