/// Cuts a normalized text into words, as a `pre_tokenizer` of `tokenizer.json` says.
indirect enum PreTokenizer: Sendable {
  /// At blanks, and around each punctuation mark.
  case bert
  case byteLevel(ByteLevel)
  case metaspace(Metaspace)
  case whitespaceSplit
  /// Each cuts the words of the one before.
  case sequence([PreTokenizer])

  static let known = "BertPreTokenizer, ByteLevel, Metaspace, Sequence, WhitespaceSplit"

  /// Reads a `pre_tokenizer`.
  init(_ part: TokenizerPart) throws {
    switch part.type {
    case "BertPreTokenizer": self = .bert
    case "ByteLevel": self = .byteLevel(try ByteLevel(part))
    case "Metaspace": self = .metaspace(try Metaspace(part))
    case "WhitespaceSplit": self = .whitespaceSplit
    case "Sequence":
      let parts = try part.parts("pretokenizers").map { try PreTokenizer($0) }
      guard !parts.isEmpty, !parts.dropLast().contains(where: \.givesBytes) else {
        throw EngineError.unsupported(
          path: part.path, what: "this Sequence of pre_tokenizers",
          known: "a filled one, ByteLevel at its end")
      }
      self = .sequence(parts)
    default:
      throw part.unsupported(known: Self.known)
    }
  }

  /// Whether words go on as their bytes rather than as their characters.
  var givesBytes: Bool {
    switch self {
    case .byteLevel: true
    case .sequence(let parts): parts.contains(where: \.givesBytes)
    case .bert, .metaspace, .whitespaceSplit: false
    }
  }

  typealias Word = ArraySlice<Unicode.Scalar>

  /// Passes the words of a text to `body`, in order, until it returns false.
  ///
  /// - Returns: False where `body` ended it.
  @discardableResult
  func split(_ text: Word, into body: (Word) -> Bool) -> Bool {
    switch self {
    case .bert: Self.splitAroundPunctuation(text, into: body)
    case .byteLevel(let byteLevel): byteLevel.split(text, into: body)
    case .metaspace(let metaspace): metaspace.split(text, into: body)
    case .whitespaceSplit: Self.splitAtBlanks(text, into: body)
    case .sequence(let parts): Self.split(text, by: parts[...], into: body)
    }
  }

  private static func split(
    _ text: Word, by parts: ArraySlice<PreTokenizer>, into body: (Word) -> Bool
  ) -> Bool {
    guard let first = parts.first else { return body(text) }
    return first.split(text) { split($0, by: parts.dropFirst(), into: body) }
  }

  private static func splitAroundPunctuation(_ text: Word, into body: (Word) -> Bool) -> Bool {
    var start = text.startIndex
    for index in text.indices {
      let isPunctuation = CharacterClasses.isPunctuation(text[index])
      guard isPunctuation || text[index].properties.isWhitespace else { continue }
      if start < index, !body(text[start..<index]) { return false }
      if isPunctuation, !body(text[index...index]) { return false }
      start = index + 1
    }
    return start == text.endIndex || body(text[start...])
  }

  private static func splitAtBlanks(_ text: Word, into body: (Word) -> Bool) -> Bool {
    var start = text.startIndex
    for index in text.indices where text[index].properties.isWhitespace {
      if start < index, !body(text[start..<index]) { return false }
      start = index + 1
    }
    return start == text.endIndex || body(text[start...])
  }
}
