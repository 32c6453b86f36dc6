/// Makes blanks visible and cuts before each: `a bc` gives `▁a` and `▁bc`.
struct Metaspace: Sendable {
  private let replacement: Unicode.Scalar
  /// Whether a text begins as after a blank.
  private let prepends: Bool
  private let cuts: Bool

  init(_ part: TokenizerPart) throws {
    let written = part["replacement"].map { Array(($0.string ?? "").unicodeScalars) } ?? ["▁"]
    guard let replacement = written.first, written.count == 1 else {
      throw part.malformed("its replacement is no single character")
    }
    self.replacement = replacement
    let scheme = part["prepend_scheme"] ?? .string("always")
    // Files of before 2024 say it by a flag.
    let adds = try part.flag("add_prefix_space", otherwise: true)
    guard scheme == .string("always") || scheme == .string("never") else {
      throw EngineError.unsupported(
        path: part.path, what: "prepend_scheme '\(scheme.summary)' of the pre_tokenizer Metaspace",
        known: "always, never")
    }
    prepends = adds && scheme == .string("always")
    cuts = try part.flag("split", otherwise: true)
  }

  func split(
    _ text: PreTokenizer.Word, into body: (PreTokenizer.Word) -> Bool
  ) -> Bool {
    guard !text.isEmpty else { return true }
    var visible: [Unicode.Scalar] = []
    visible.reserveCapacity(text.count + 1)
    if prepends, let first = text.first, first != replacement, first != " " {
      visible.append(replacement)
    }
    for scalar in text { visible.append(scalar == " " ? replacement : scalar) }
    guard cuts else { return body(visible[...]) }
    var start = 0
    for index in visible.indices.dropFirst() where visible[index] == replacement {
      guard body(visible[start..<index]) else { return false }
      start = index
    }
    return body(visible[start...])
  }
}
