/// Cuts a text as GPT-2 does: contractions, and runs of letters, of numbers and of other marks,
/// each with the blank before it.
///
/// ```
/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
/// ```
///
/// That regular expression covers every text, so the words are the text again. The last blank
/// before a word stays with the word, or alone where it is no plain one.
struct ByteLevel: Sendable {
  /// Whether a text begins as after a blank.
  private let prepends: Bool
  private let cuts: Bool

  init(_ part: TokenizerPart) throws {
    prepends = try part.flag("add_prefix_space", otherwise: true)
    cuts = try part.flag("use_regex", otherwise: true)
  }

  func split(_ text: PreTokenizer.Word, into body: (PreTokenizer.Word) -> Bool) -> Bool {
    guard let first = text.first else { return true }
    let text = prepends && first != " " ? ([" "] + text)[...] : text
    guard cuts else { return body(text) }
    var rest = text
    while !rest.isEmpty {
      let end = Self.end(of: rest)
      guard body(rest[..<end]) else { return false }
      rest = rest[end...]
    }
    return true
  }

  private enum Class { case blank, letter, number, other }

  /// Where the first word of a text ends.
  private static func end(of text: PreTokenizer.Word) -> Int {
    let start = text.startIndex
    if let length = contraction(text) { return start + length }
    let afterBlank = text[start] == " " && text.count > 1 ? start + 1 : start
    let kind = kind(of: text[afterBlank])
    guard kind == .blank else {
      return text[afterBlank...].firstIndex { Self.kind(of: $0) != kind } ?? text.endIndex
    }
    guard let next = text.firstIndex(where: { Self.kind(of: $0) != .blank }) else {
      return text.endIndex
    }
    return max(start + 1, next - 1)
  }

  private static let contractions: [[Unicode.Scalar]] = [
    ["'", "s"], ["'", "t"], ["'", "r", "e"], ["'", "v", "e"], ["'", "m"], ["'", "l", "l"],
    ["'", "d"],
  ]

  private static func contraction(_ text: PreTokenizer.Word) -> Int? {
    guard text.first == "'" else { return nil }
    return contractions.first { text.starts(with: $0) }?.count
  }

  private static func kind(of scalar: Unicode.Scalar) -> Class {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: return .letter
    case 0x30...0x39: return .number
    case 0x09...0x0D, 0x20: return .blank
    case 0..<0x80: return .other
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return scalar.properties.isWhitespace ? .blank : .other
    }
  }

  /// The characters by which vocabularies write the 256 bytes: printable ones for themselves, and
  /// the others as those from U+0100 on.
  static let characters: [Character] = {
    var next: UInt32 = 0x100
    return (0..<256).map { byte -> Character in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Character(Unicode.Scalar(UInt8(byte)))
      default:
        defer { next += 1 }
        return Character(Unicode.Scalar(next)!)
      }
    }
  }()
}
