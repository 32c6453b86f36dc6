import Engine
import Foundation
import Testing

/// Tokenizers that are damaged, made to harm, or of a kind that is not known here.
@Suite("Hostile tokenizers")
struct HostileTokenizerTests {
  static func load(_ copy: ModelCopy) throws -> Tokenizer {
    try Tokenizer(contentsOf: copy.folder.appendingPathComponent("tokenizer.json"))
  }

  @Test(
    "A broken or unknown part",
    arguments: [
      // Any model
      ("roberta", "model", "null", "a tokenizer without model is not supported"),
      ("roberta", "model.type", #""WordLevel""#, "the model WordLevel is not supported"),
      ("roberta", "model.vocab", "{}", "it has no vocabulary"),
      ("roberta", "model.vocab", #"{"a":16777216}"#, "token id 16777216 is out of range"),
      ("roberta", "model.vocab", #"{"a":-1}"#, "token id -1 is out of range"),
      ("roberta", "model.vocab", #"{"a":1.5}"#, "a token has no number"),
      ("roberta", "model.vocab", #"{"a":"1"}"#, "a token has no number"),
      // Byte pairs
      ("roberta", "model.merges", "null", "merges is no list"),
      ("roberta", "model.merges", #"["a b c"]"#, "merge 1 joins what is not in its vocabulary"),
      ("roberta", "model.merges", #"["a"]"#, "merge 1 joins what is not in its vocabulary"),
      ("roberta", "model.merges", #"[["a","☃"]]"#, "merge 1 joins what is not in its vocabulary"),
      ("roberta", "model.merges", "[7]", "merge 1 joins what is not in its vocabulary"),
      ("roberta", "model.unk_token", #""nobody""#, "lacks the unknown token 'nobody'"),
      ("roberta", "model.dropout", "0.1", "dropout '0.1' of the model BPE is not supported"),
      ("roberta", "model.byte_fallback", "true", "byte_fallback 'true' of the model BPE"),
      ("roberta", "model.ignore_merges", "true", "ignore_merges 'true' of the model BPE"),
      ("roberta", "model.end_of_word_suffix", #""</w>""#, "end_of_word_suffix '</w>'"),
      ("roberta", "pre_tokenizer", #"{"type":"Metaspace"}"#, "the model BPE without ByteLevel"),
      // Unigram
      ("xlm-roberta", "model.vocab", "[]", "it has no vocabulary"),
      ("xlm-roberta", "model.vocab", #"{"a":1}"#, "it has no vocabulary"),
      (
        "xlm-roberta", "model.vocab", #"[["a"]]"#,
        "entry 0 of its vocabulary is no text with a number"
      ),
      (
        "xlm-roberta", "model.vocab", #"[["a",0],["b","-1"]]"#,
        "entry 1 of its vocabulary is no text"
      ),
      ("xlm-roberta", "model.vocab", #"[["a",null]]"#, "entry 0 of its vocabulary is no text"),
      (
        "xlm-roberta", "model.vocab", #"[["\#(String(repeating: "a", count: 1025))",0]]"#,
        "entry 0 of its vocabulary is longer than any word"
      ),
      ("xlm-roberta", "model.unk_id", "null", "unk_id is missing or out of range"),
      ("xlm-roberta", "model.unk_id", "-1", "unk_id is missing or out of range"),
      ("xlm-roberta", "model.unk_id", "400", "unk_id is missing or out of range"),
      ("xlm-roberta", "model.byte_fallback", "true", "byte_fallback 'true' of the model Unigram"),
      (
        "xlm-roberta", "pre_tokenizer", #"{"type":"ByteLevel"}"#, "the model Unigram with ByteLevel"
      ),
      // Normalizers
      ("xlm-roberta", "normalizer.type", #""Nmt""#, "the normalizer Nmt is not supported"),
      ("xlm-roberta", "normalizer", "7", "the normalizer of no type is not supported"),
      ("xlm-roberta", "normalizer", #"{"type":"Sequence"}"#, "normalizers is no list"),
      (
        "xlm-roberta", "normalizer",
        #"{"type":"Replace","pattern":{"Regex":"(a+)+b"},"content":""}"#,
        "the pattern '(a+)+b' of the normalizer Replace is not supported"
      ),
      ("xlm-roberta", "normalizer", #"{"type":"Replace"}"#, "it lacks pattern or content"),
      ("bert", "normalizer.lowercase", "1", "lowercase is neither true nor false"),
      // Pre-tokenizers
      ("roberta", "pre_tokenizer", "null", "a tokenizer without pre_tokenizer is not supported"),
      (
        "roberta", "pre_tokenizer", #"{"type":"Split"}"#, "the pre_tokenizer Split is not supported"
      ),
      (
        "roberta", "pre_tokenizer",
        #"{"type":"Sequence","pretokenizers":[{"type":"ByteLevel"},{"type":"WhitespaceSplit"}]}"#,
        "this Sequence of pre_tokenizers is not supported"
      ),
      (
        "xlm-roberta", "pre_tokenizer", #"{"type":"Metaspace","prepend_scheme":"first"}"#,
        "prepend_scheme 'first' of the pre_tokenizer Metaspace is not supported"
      ),
      (
        "xlm-roberta", "pre_tokenizer", #"{"type":"Metaspace","replacement":""}"#,
        "its replacement is no single character"
      ),
      // Templates
      ("bert", "post_processor", "null", "a tokenizer without post_processor is not supported"),
      ("bert", "post_processor.cls", #"["[CLS]"]"#, "cls is no token with its id"),
      ("bert", "post_processor.sep", #"["[SEP]",-7]"#, "token id -7 is out of range"),
      ("roberta", "post_processor", #"{"type":"ByteLevel"}"#, "the post_processor ByteLevel"),
      ("distilbert", "post_processor.single", "[]", "`single` holds no single text"),
      ("distilbert", "post_processor.single", #"[{"Sequence":{"id":"A"}}]"#, "it adds no token"),
      ("distilbert", "post_processor.single", "[7]", "neither a text nor a token"),
      ("distilbert", "post_processor.special_tokens", "{}", "its special_tokens lack '[CLS]'"),
      (
        "distilbert", "post_processor.single", #"[{"Sequence":{"id":"A","type_id":1}}]"#,
        "type_id 1 in a template for one text is not supported"
      ),
      // Added tokens
      ("bert", "added_tokens", #"[{"id":1}]"#, "an added token lacks content or id"),
      ("bert", "added_tokens", #"[{"id":99999999,"content":"x"}]"#, "id 99999999 is out of range"),
      (
        "bert", "added_tokens", #"[{"id":1,"content":"x","single_word":true}]"#,
        "the option single_word of the added token 'x' is not supported"
      ),
    ] as [(String, String, String, String)])
  func part(model: String, path: String, value: String, message: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: model, in: folder)
      try copy.set(path, in: "tokenizer.json", to: value)
      let error = HostileFileTests.error { _ = try Self.load(copy) }
      #expect(error?.contains(message) == true, "\(error ?? "it loaded")")
    }
  }

  @Test("Merges that lead in circles come to an end")
  func circles() throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "roberta", in: folder)
      try copy.set(
        "model.vocab", in: "tokenizer.json", to: #"{"a":7,"b":7,"ab":7,"ba":8,"aab":7,"aa":7}"#)
      try copy.set(
        "model.merges", in: "tokenizer.json", to: #"["a b","b a","a ab","a a","a b","a b"]"#)
      let text = String(repeating: "ab", count: 5_000)
      #expect(try Self.load(copy).encode(text, maximumLength: 100) == [0, 7, 2])
    }
  }

  @Test("Scores that are no numbers", arguments: ["1e999", "-1e999", "NaN"])
  func scores(score: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "xlm-roberta", in: folder)
      let place = copy.folder.appendingPathComponent("tokenizer.json")
      let text = try String(contentsOf: place, encoding: .utf8)
      try copy.write(
        text.replacing(#"["<s>",0.0]"#, with: #"["<s>",\#(score)]"#), to: "tokenizer.json")
      let error = HostileFileTests.error { _ = try Self.load(copy) }
      let expected = score == "NaN" ? "it is no JSON object" : "is no text with a number"
      #expect(error?.contains(expected) == true, "\(error ?? "it loaded")")
    }
  }

  /// A charsmap: the claimed length of the tree, its units, the replacements.
  static func charsmap(_ length: UInt32, _ units: [UInt32], _ replacements: [UInt8] = []) -> String
  {
    let words = ([length] + units).flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 0xFF) }
    }
    return Data(words + replacements).base64EncodedString()
  }

  @Test(
    "A broken charsmap",
    arguments: [
      ("!", "missing or no Base64"),
      ("", "shorter than it says"),
      ("AAA=", "shorter than it says"),
      (charsmap(0, []), "shorter than it says"),
      (charsmap(8, [0]), "shorter than it says"),
      (charsmap(3, [0]), "shorter than it says"),
      (charsmap(.max, [0]), "shorter than it says"),
      (charsmap(4, [0], [0xFF, 0]), "are no UTF-8"),
    ])
  func brokenMap(map: String, message: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "xlm-roberta", in: folder)
      try copy.set("normalizer.precompiled_charsmap", in: "tokenizer.json", to: "\"\(map)\"")
      let error = HostileFileTests.error { _ = try Self.load(copy) }
      #expect(error?.contains(message) == true, "\(error ?? "it loaded")")
    }
  }

  @Test("A charsmap of random numbers is read without leaving it", arguments: 0..<20)
  func randomMap(seed: UInt64) throws {
    try Fixtures.scratch { folder in
      var state = seed
      let units = (0..<300).map { _ -> UInt32 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // Small offsets stay inside now and then, large ones leave.
        return UInt32(truncatingIfNeeded: state >> 33) & (state & 1 << 20 == 0 ? 0xFFFF : .max)
      }
      let copy = try ModelCopy(of: "xlm-roberta", in: folder)
      let map = Self.charsmap(1200, units, Array("some replacements\0é\0".utf8))
      try copy.set("normalizer.precompiled_charsmap", in: "tokenizer.json", to: "\"\(map)\"")
      let tokenizer = try Self.load(copy)
      for row in try Fixtures.texts.get() {
        #expect(tokenizer.encode(row.text, maximumLength: 100_000).count >= 2)
      }
    }
  }

  @Test(
    "Nesting without end is no JSON object",
    arguments: [
      String(repeating: "[", count: 1_000_000), String(repeating: #"{"a":"#, count: 100_000),
      #"{"a":"\ud800"}"#, #"{"a":"\u12"}"#, #"{"a":1e}"#, #"{"a":tru}"#, #"{"a":1}x"#, "\"a\"",
      #"{"a":"# + "\"\u{1}\"}", "",
    ])
  func json(text: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "bert", in: folder)
      try copy.write(text, to: "tokenizer.json")
      let error = HostileFileTests.error { _ = try Self.load(copy) }
      #expect(error?.contains("it is no JSON object") == true, "\(error ?? "it loaded")")
    }
  }

  @Test("Pieces that are canonically equal are two pieces")
  func canonicallyEqual() throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "bert", in: folder)
      let place = copy.folder.appendingPathComponent("tokenizer.json")
      var text = try String(contentsOf: place, encoding: .utf8)
      let start = try #require(text.firstRange(of: #""vocab":{"#))
      let same = ["\u{1E0B}\u{323}", "\u{1E0D}\u{307}", "d\u{323}\u{307}"]
      let entries = zip(same, 71...).map { "\"\($0)\":\($1)," }.joined()
      text.insert(contentsOf: entries, at: start.upperBound)
      try copy.write(text, to: "tokenizer.json")
      let tokenizer = try Self.load(copy)
      let ids = tokenizer.encode(same.joined(separator: " "), maximumLength: 20)
      #expect(ids == [2, 71, 72, 73, 3])
    }
  }

  @Test(
    "A word of 100,000 characters takes no time to speak of",
    arguments: ["bert", "distilbert", "roberta", "xlm-roberta", "unigram-whole"])
  func longWord(model: String) throws {
    let tokenizer = try Tokenizer(
      contentsOf: EncoderFolderTests.folder(model).appendingPathComponent("tokenizer.json"))
    for unit in ["a", "ab", "the", "\u{E9}", "字", "\u{301}"] {
      let text = String(repeating: unit, count: 100_000)
      let start = ContinuousClock.now
      #expect(tokenizer.encode(text, maximumLength: 40).count >= 2)
      // Quadratic time would be minutes.
      #expect(ContinuousClock.now - start < .seconds(5), "\(unit)")
    }
  }
}
