/// Turns words into token ids, as a `model` of `tokenizer.json` says.
enum TokenModel: Sendable {
  case bytePairs(BytePairs)
  case unigram(Unigram)
  case wordPiece(WordPiece)

  static let known = "BPE, Unigram, WordPiece"

  /// Reads a `model`.
  ///
  /// - Parameter bytes: Whether words come as bytes, which BPE needs and the others do not know.
  init(_ part: TokenizerPart, bytes: Bool) throws {
    switch part.type {
    case "BPE" where bytes: self = .bytePairs(try BytePairs(part))
    case "Unigram" where !bytes: self = .unigram(try Unigram(part))
    case "WordPiece" where !bytes: self = .wordPiece(try WordPiece(part))
    case "BPE", "Unigram", "WordPiece":
      throw EngineError.unsupported(
        path: part.path, what: "the model \(part.type) \(bytes ? "with" : "without") ByteLevel",
        known: "BPE with the pre_tokenizer ByteLevel, Unigram and WordPiece without")
    default: throw part.unsupported(known: Self.known)
    }
  }

  /// One more than the highest id.
  var size: Int {
    switch self {
    case .bytePairs(let model): model.size
    case .unigram(let model): model.size
    case .wordPiece(let model): model.size
    }
  }

  /// Appends the ids of a word; of an empty one none.
  func encode(_ word: PreTokenizer.Word, into ids: inout [Int32]) {
    switch self {
    case .bytePairs(let model): model.encode(word, into: &ids)
    case .unigram(let model): model.encode(word, into: &ids)
    case .wordPiece(let model): model.encode(word, into: &ids)
    }
  }
}

extension TokenizerPart {
  /// The ids of `vocab`, an object.
  func vocabulary() throws -> [(piece: [UInt8], id: Int32)] {
    guard let members = self["vocab"]?.members, !members.isEmpty else {
      throw EngineError.malformed(path: path, problem: "it has no vocabulary")
    }
    return try members.map { (Array($0.key.utf8), try id($0.value)) }
  }
}

extension ArraySlice where Element == Unicode.Scalar {
  /// The characters as UTF-8.
  var utf8: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for scalar in self {
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar)!)
      }
    }
    return bytes
  }
}
