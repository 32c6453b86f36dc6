import Foundation

/// A `tokenizer.json`, read part by part; what is not BERT's is refused by name.
struct TokenizerFile {
  private let path: String
  private let root: [String: Any]

  init(contentsOf url: URL) throws {
    path = url.path
    guard let data = try? Data(contentsOf: url) else {
      throw EngineError.unreadable(path: path, reason: "no such file, or no permission")
    }
    guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw EngineError.malformed(path: path, problem: "it is no JSON object")
    }
    self.root = root
  }

  func normalizer() throws -> BertNormalizer {
    let part = try part("normalizer", type: "BertNormalizer")
    let lowercases = part["lowercase"] as? Bool ?? true
    return BertNormalizer(
      cleansText: part["clean_text"] as? Bool ?? true,
      separatesIdeographs: part["handle_chinese_chars"] as? Bool ?? true,
      stripsAccents: part["strip_accents"] as? Bool ?? lowercases, lowercases: lowercases)
  }

  func wordPiece() throws -> WordPiece {
    _ = try part("pre_tokenizer", type: "BertPreTokenizer")
    let model = try part("model", type: "WordPiece")
    let vocabulary = try vocabulary()
    let unknown = model["unk_token"] as? String ?? "[UNK]"
    guard let id = vocabulary[unknown] else {
      throw EngineError.malformed(
        path: path, problem: "its vocabulary lacks the unknown token '\(unknown)'")
    }
    return WordPiece(
      vocabulary: vocabulary, unknown: id,
      prefix: model["continuing_subword_prefix"] as? String ?? "##",
      longestWord: model["max_input_chars_per_word"] as? Int ?? 100)
  }

  func specialTokens() throws -> SpecialTokens {
    let added = root["added_tokens"] as? [[String: Any]] ?? []
    return SpecialTokens(
      try added.map { token in
        guard let content = token["content"] as? String, let id = token["id"] as? Int else {
          throw EngineError.malformed(path: path, problem: "an added token lacks content or id")
        }
        for option in ["single_word", "lstrip", "rstrip", "normalized"]
        where token[option] as? Bool == true {
          throw EngineError.unsupported(
            path: path, what: "the option \(option) of the added token '\(content)'",
            known: "special tokens without options")
        }
        return (content, try self.id(id))
      })
  }

  /// The ids before and after a text.
  func template() throws -> (prefix: [Int32], suffix: [Int32]) {
    let part = try part("post_processor", type: "TemplateProcessing")
    guard let single = part["single"] as? [[String: Any]] else {
      throw EngineError.malformed(path: path, problem: "its template lacks `single`")
    }
    let vocabulary = try vocabulary()
    var sides: [[Int32]] = [[]]
    for piece in single {
      if piece["Sequence"] != nil {
        sides.append([])
      } else if let special = piece["SpecialToken"] as? [String: Any],
        let name = special["id"] as? String
      {
        guard let id = vocabulary[name] else {
          throw EngineError.malformed(
            path: path, problem: "its vocabulary lacks the template's token '\(name)'")
        }
        sides[sides.count - 1].append(id)
      }
    }
    guard sides.count == 2 else {
      throw EngineError.malformed(path: path, problem: "its template holds no single sequence")
    }
    return (sides[0], sides[1])
  }

  // MARK: - Parts

  private func part(_ name: String, type: String) throws -> [String: Any] {
    guard let part = root[name] as? [String: Any] else {
      throw EngineError.malformed(path: path, problem: "it has no \(name)")
    }
    let found = part["type"] as? String ?? "of no type"
    guard found == type else {
      throw EngineError.unsupported(path: path, what: "the \(name) \(found)", known: type)
    }
    return part
  }

  private func vocabulary() throws -> [String: Int32] {
    guard let entries = (root["model"] as? [String: Any])?["vocab"] as? [String: Any],
      !entries.isEmpty
    else {
      throw EngineError.malformed(path: path, problem: "it has no vocabulary")
    }
    return try entries.mapValues { value in
      guard let number = value as? Int else {
        throw EngineError.malformed(path: path, problem: "a vocabulary entry has no number")
      }
      return try id(number)
    }
  }

  private func id(_ number: Int) throws -> Int32 {
    guard (0..<1 << 24).contains(number) else {
      throw EngineError.malformed(path: path, problem: "token id \(number) is out of range")
    }
    return Int32(number)
  }
}
