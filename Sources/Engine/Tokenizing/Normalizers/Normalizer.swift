/// Changes the characters of a text before it is split, as a `normalizer` of `tokenizer.json` says.
indirect enum Normalizer: Sendable {
  case bert(BertNormalizer)
  case form(NormalizationForm)
  case lowercase
  case precompiled(CharacterMap)
  /// Each place where `pattern` stands becomes `content`; a run of blanks does as a whole.
  case replace(Pattern, content: [Unicode.Scalar])
  case strip(left: Bool, right: Bool)
  /// One after the other; none leaves the text as it is.
  case sequence([Normalizer])

  enum Pattern: Sendable, Hashable {
    case text([Unicode.Scalar])
    /// The regular expression ` {2,}`, which sentencepiece models come with.
    case blanks
  }

  private static let known =
    "BertNormalizer, Lowercase, NFC, NFD, NFKC, NFKD, Precompiled, Replace, Sequence, Strip"

  /// Reads a `normalizer`; nil changes nothing.
  init(_ part: TokenizerPart?) throws {
    guard let part else {
      self = .sequence([])
      return
    }
    switch part.type {
    case "BertNormalizer": self = .bert(try BertNormalizer(part))
    case "Lowercase": self = .lowercase
    case "Precompiled": self = .precompiled(try CharacterMap(part))
    case "Replace": self = try Self.replace(part)
    case "Sequence": self = .sequence(try part.parts("normalizers").map { try Normalizer($0) })
    case "Strip":
      self = .strip(
        left: try part.flag("strip_left", otherwise: true),
        right: try part.flag("strip_right", otherwise: true))
    default:
      guard let form = NormalizationForm(rawValue: part.type) else {
        throw part.unsupported(known: Self.known)
      }
      self = .form(form)
    }
  }

  private static func replace(_ part: TokenizerPart) throws -> Normalizer {
    guard let pattern = part["pattern"], let content = part["content"]?.string else {
      throw part.malformed("it lacks pattern or content")
    }
    let scalars = Array(content.unicodeScalars)
    if let text = pattern["String"]?.string, !text.isEmpty {
      return .replace(.text(Array(text.unicodeScalars)), content: scalars)
    }
    guard pattern["Regex"] == .string(" {2,}") else {
      throw EngineError.unsupported(
        path: part.path,
        what: "the pattern '\(pattern["Regex"]?.summary ?? pattern.summary)' of the normalizer "
          + "Replace", known: "texts, and the regular expression ' {2,}'")
    }
    return .replace(.blanks, content: scalars)
  }

  func normalize(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    switch self {
    case .bert(let normalizer): normalizer.normalize(text)[...]
    case .form(let form): form.normalize(text)[...]
    case .lowercase: text.flatMap { $0.properties.lowercaseMapping.unicodeScalars }[...]
    case .precompiled(let map): map.normalize(text)[...]
    case .replace(let pattern, let content): pattern.replacing(in: text, with: content)[...]
    case .strip(let left, let right): Self.strip(text, left: left, right: right)
    case .sequence(let normalizers): normalizers.reduce(text) { $1.normalize($0) }
    }
  }

  private static func strip(
    _ text: ArraySlice<Unicode.Scalar>, left: Bool, right: Bool
  ) -> ArraySlice<Unicode.Scalar> {
    var text = text
    while left, text.first?.properties.isWhitespace == true { text.removeFirst() }
    while right, text.last?.properties.isWhitespace == true { text.removeLast() }
    return text
  }
}

extension Normalizer.Pattern {
  fileprivate func replacing(
    in text: ArraySlice<Unicode.Scalar>, with content: [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let length = length(at: text[index...])
      if length > 0 {
        result += content
        index += length
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// The length of what matches at the start; 0 where nothing does.
  private func length(at text: ArraySlice<Unicode.Scalar>) -> Int {
    switch self {
    case .text(let pattern): return text.starts(with: pattern) ? pattern.count : 0
    case .blanks:
      guard text.first == " " else { return 0 }
      let length = text.prefix { $0 == " " }.count
      return length > 1 ? length : 0
    }
  }
}
