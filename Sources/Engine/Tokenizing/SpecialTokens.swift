/// Tokens that are found in the raw text before anything else, such as `[MASK]`.
struct SpecialTokens: Sendable {
  private let tokens: [(scalars: [Unicode.Scalar], id: Int32)]

  enum Segment {
    case text(ArraySlice<Unicode.Scalar>)
    case token(Int32)
  }

  /// - Parameter tokens: Contents with their ids. Where two match, the longest wins.
  init(_ tokens: [(content: String, id: Int32)]) {
    self.tokens = tokens.map { (Array($0.content.unicodeScalars), $0.id) }
      .filter { !$0.scalars.isEmpty }
      .sorted { $0.scalars.count > $1.scalars.count }
  }

  /// Cuts a text into what stands between special tokens, and those.
  func split(_ text: String) -> [Segment] {
    let scalars = Array(text.unicodeScalars)
    let firsts = Set(tokens.map { $0.scalars[0] })
    var segments: [Segment] = []
    var start = 0
    var index = 0
    while index < scalars.count {
      if firsts.contains(scalars[index]),
        let token = tokens.first(where: { scalars[index...].starts(with: $0.scalars) })
      {
        if start < index { segments.append(.text(scalars[start..<index])) }
        segments.append(.token(token.id))
        index += token.scalars.count
        start = index
      } else {
        index += 1
      }
    }
    if start < scalars.count { segments.append(.text(scalars[start...])) }
    return segments
  }
}
