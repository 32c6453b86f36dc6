public import Foundation

/// Turns text into token ids, as a `tokenizer.json` says.
///
/// ```
/// text ─ added tokens cut out ─ normalizer ─ pre_tokenizer ─ model ─ truncated ─ post_processor
///                               characters    words          ids                 [CLS] … [SEP]
/// ```
///
/// Models are WordPiece (BERT), byte-level BPE (RoBERTa) and Unigram (XLM-R). The truncation and
/// the padding inside `tokenizer.json` are ignored, as sentence-transformers ignores them.
public struct Tokenizer: Sendable {
  /// One more than the highest id that it gives.
  public let vocabularySize: Int
  private let addedTokens: AddedTokens
  private let normalizer: Normalizer
  private let normalizedTokens: AddedTokens
  private let preTokenizer: PreTokenizer
  private let model: TokenModel
  private let template: Template

  /// Reads a `tokenizer.json`.
  ///
  /// - Throws: `EngineError`: `.unsupported` names the component that this engine does not know.
  public init(contentsOf url: URL) throws {
    let file = try TokenizerFile(contentsOf: url)
    let normalizer = try Normalizer(file.part("normalizer"))
    self.normalizer = normalizer
    preTokenizer = try PreTokenizer(file.required("pre_tokenizer", known: PreTokenizer.known))
    model = try TokenModel(
      file.required("model", known: TokenModel.known), bytes: preTokenizer.givesBytes)
    let added = try file.addedTokens()
    addedTokens = AddedTokens(added.filter { !$0.isNormalized })
    normalizedTokens = AddedTokens(
      added.filter(\.isNormalized).map { token in
        var token = token
        token.content = String(normalizer.normalize(Array(token.content.unicodeScalars)[...]))
        return token
      })
    template = try Template(file.required("post_processor", known: Template.known))
    let named = added.map(\.id) + template.prefix + template.suffix
    vocabularySize = max(model.size, Int(named.max() ?? 0) + 1)
  }

  /// Tokens that each text has around it.
  var templateCount: Int { template.count }

  /// The ids of a text, at least those of the template and at most `maximumLength`.
  ///
  /// An empty text gives the template alone, e.g. `[CLS] [SEP]`.
  public func encode(_ text: String, maximumLength: Int) -> [Int32] {
    let room = max(0, maximumLength - template.count)
    var ids: [Int32] = []
    for segment in addedTokens.split(Array(text.unicodeScalars)[...]) where ids.count < room {
      switch segment {
      case .token(let id): ids.append(id)
      case .text(let raw):
        for part in normalizedTokens.split(normalizer.normalize(raw)) where ids.count < room {
          switch part {
          case .token(let id): ids.append(id)
          case .text(let text):
            preTokenizer.split(text) { word in
              model.encode(word, into: &ids)
              return ids.count < room
            }
          }
        }
      }
    }
    return template.prefix + ids.prefix(room) + template.suffix
  }
}
