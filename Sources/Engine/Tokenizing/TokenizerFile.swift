import Foundation

/// A `tokenizer.json`, read component by component.
struct TokenizerFile {
  private let file: JSONFile

  init(contentsOf url: URL) throws {
    file = try JSONFile(contentsOf: url)
  }

  /// A component; nil where the file says `null`.
  ///
  /// - Throws: `EngineError.malformed` where the file does not speak of it.
  func part(_ name: String) throws -> TokenizerPart? {
    guard let value = file.root[name] else { throw file.malformed("it has no \(name)") }
    return value.isNull ? nil : TokenizerPart(path: file.path, name: name, value: value)
  }

  /// A component that has to be there.
  ///
  /// - Parameter known: What to name where it is `null`.
  func required(_ name: String, known: String) throws -> TokenizerPart {
    guard let part = try part(name) else {
      throw file.unsupported("a tokenizer without \(name)", known: known)
    }
    return part
  }

  func addedTokens() throws -> [AddedToken] {
    try (file["added_tokens"]?.array ?? []).map { value in
      let part = TokenizerPart(path: file.path, name: "added token", value: value)
      guard let content = part["content"]?.string, let id = part["id"] else {
        throw file.malformed("an added token lacks content or id")
      }
      if try part.flag("single_word", otherwise: false) {
        throw file.unsupported(
          "the option single_word of the added token '\(content)'",
          known: "lstrip, rstrip, normalized")
      }
      return AddedToken(
        content: content, id: try part.id(id),
        isNormalized: try part.flag("normalized", otherwise: false),
        stripsLeft: try part.flag("lstrip", otherwise: false),
        stripsRight: try part.flag("rstrip", otherwise: false))
    }
  }
}
