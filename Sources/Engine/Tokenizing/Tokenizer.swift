public import Foundation

/// Turns text into token ids as BERT does it: `tokenizer.json` with WordPiece.
///
/// ```
/// text ─ special tokens cut out ─ normalized ─ split at blanks and punctuation ─ word pieces
///      ─ truncated ─ [CLS] … [SEP]
/// ```
///
/// The truncation and the padding inside `tokenizer.json` are ignored, as sentence-transformers
/// ignores them.
public struct Tokenizer: Sendable {
  public let vocabularySize: Int
  private let normalizer: BertNormalizer
  private let wordPiece: WordPiece
  private let specialTokens: SpecialTokens
  private let prefix: [Int32]
  private let suffix: [Int32]

  /// Reads a `tokenizer.json`.
  ///
  /// - Throws: `EngineError`: `.unsupported` names the part that is not BERT's.
  public init(contentsOf url: URL) throws {
    let file = try TokenizerFile(contentsOf: url)
    normalizer = try file.normalizer()
    wordPiece = try file.wordPiece()
    specialTokens = try file.specialTokens()
    (prefix, suffix) = try file.template()
    vocabularySize = wordPiece.size
  }

  /// The ids of a text, at least those of the template and at most `maximumLength`.
  ///
  /// An empty text gives the template alone: `[CLS] [SEP]`.
  public func encode(_ text: String, maximumLength: Int) -> [Int32] {
    let room = max(0, maximumLength - prefix.count - suffix.count)
    var ids: [Int32] = []
    for segment in specialTokens.split(text) {
      if ids.count >= room { break }
      switch segment {
      case .token(let id):
        ids.append(id)
      case .text(let scalars):
        encode(scalars, into: &ids, room: room)
      }
    }
    return prefix + ids.prefix(room) + suffix
  }

  private func encode(
    _ scalars: ArraySlice<Unicode.Scalar>, into ids: inout [Int32], room: Int
  ) {
    var word: [Unicode.Scalar] = []
    for scalar in normalizer.normalize(scalars) {
      if ids.count >= room { return }
      let isPunctuation = CharacterClasses.isPunctuation(scalar)
      if isPunctuation || scalar.properties.isWhitespace {
        wordPiece.encode(word, into: &ids)
        word.removeAll(keepingCapacity: true)
        if isPunctuation { wordPiece.encode([scalar], into: &ids) }
      } else {
        word.append(scalar)
      }
    }
    wordPiece.encode(word, into: &ids)
  }
}
