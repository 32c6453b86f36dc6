/// The tokens around a text, e.g. `[CLS] … [SEP]` or `<s> … </s>`.
struct Template: Sendable, Hashable {
  var prefix: [Int32]
  var suffix: [Int32]

  static let known = "BertProcessing, RobertaProcessing, TemplateProcessing"

  var count: Int { prefix.count + suffix.count }

  /// Reads a `post_processor`.
  init(_ part: TokenizerPart) throws {
    switch part.type {
    case "BertProcessing", "RobertaProcessing":
      prefix = [try Self.pair(part, "cls")]
      suffix = [try Self.pair(part, "sep")]
    case "TemplateProcessing":
      (prefix, suffix) = try Self.sides(part)
    case "Sequence":
      // What `ByteLevel` does here concerns places in the text, no tokens.
      let parts = try part.parts("processors").filter { $0.type != "ByteLevel" }
      guard let only = parts.first, parts.count == 1 else {
        throw part.unsupported(known: Self.known)
      }
      self = try Template(only)
    default:
      throw part.unsupported(known: Self.known)
    }
    guard count > 0 else { throw part.malformed("it adds no token") }
  }

  /// The id in `"cls": ["<s>", 0]`.
  private static func pair(_ part: TokenizerPart, _ key: String) throws -> Int32 {
    guard let pair = part[key]?.array, pair.count == 2 else {
      throw part.malformed("\(key) is no token with its id")
    }
    return try part.id(pair[1])
  }

  private static func sides(_ part: TokenizerPart) throws -> (prefix: [Int32], suffix: [Int32]) {
    guard let single = part["single"]?.array else { throw part.malformed("it lacks `single`") }
    var sides: [[Int32]] = [[]]
    for piece in single {
      let sequence = piece["Sequence"]
      let special = piece["SpecialToken"]
      if let type = (sequence ?? special)?["type_id"], type.integer != 0 {
        throw EngineError.unsupported(
          path: part.path, what: "type_id \(type.summary) in a template for one text", known: "0")
      }
      if sequence != nil {
        sides.append([])
      } else if let name = special?["id"]?.string {
        guard let ids = part["special_tokens"]?[name]?["ids"]?.array else {
          throw part.malformed("its special_tokens lack '\(name)'")
        }
        sides[sides.count - 1] += try ids.map { try part.id($0) }
      } else {
        throw part.malformed("a piece of `single` is neither a text nor a token")
      }
    }
    guard sides.count == 2 else { throw part.malformed("`single` holds no single text") }
    return (sides[0], sides[1])
  }
}
