/// A component of a `tokenizer.json`, such as its normalizer, with the words to refuse it by.
struct TokenizerPart {
  let path: String
  /// What the file calls it, e.g. `pre_tokenizer`.
  let name: String
  let value: JSONValue

  var type: String { self["type"]?.string ?? "of no type" }

  /// A field; nil where it is left out or `null`.
  subscript(key: String) -> JSONValue? {
    value[key].flatMap { $0.isNull ? nil : $0 }
  }

  func flag(_ key: String, otherwise: Bool) throws -> Bool {
    guard let value = self[key] else { return otherwise }
    guard let flag = value.bool else { throw malformed("\(key) is neither true nor false") }
    return flag
  }

  /// The components that a sequence of them consists of.
  func parts(_ key: String) throws -> [TokenizerPart] {
    guard let values = self[key]?.array else { throw malformed("\(key) is no list") }
    return values.map { TokenizerPart(path: path, name: name, value: $0) }
  }

  /// Refuses an option that is set to anything but what it is without effect.
  func refuse(_ key: String, unless isHarmless: (JSONValue) -> Bool) throws {
    guard let value = self[key], !isHarmless(value) else { return }
    throw EngineError.unsupported(
      path: path, what: "\(key) '\(value.summary)' of the \(name) \(type)",
      known: "\(type) without it")
  }

  func malformed(_ problem: String) -> EngineError {
    .malformed(path: path, problem: "the \(name) \(type) is broken: \(problem)")
  }

  /// An error about the type of this component.
  func unsupported(known: String) -> EngineError {
    .unsupported(path: path, what: "the \(name) \(type)", known: known)
  }

  /// A token's number, which any component may name.
  static let ids = 0..<(1 << 24)

  func id(_ value: JSONValue?) throws -> Int32 {
    guard let number = value?.integer else { throw malformed("a token has no number") }
    guard Self.ids.contains(number) else {
      throw malformed("token id \(number) is out of range")
    }
    return Int32(number)
  }
}
