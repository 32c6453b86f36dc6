import Foundation
import Suites
import Testing

@Suite("JSON is read strictly, with places")
struct JSONReaderTests {
  static func read(_ bytes: [UInt8]) -> Result<SourceValue, JSONReader.Problem> {
    // The reader's callers look for broken UTF-8 first.
    if let offset = bytes.withUnsafeBytes({ UTF8Check.firstInvalid(in: $0) }) {
      return .failure(.init(text: "not UTF-8", place: Place(line: 1, column: offset + 1)))
    }
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer, in: 0..<buffer.count, line: 1)
      do throws(JSONReader.Problem) {
        return .success(try reader.document())
      } catch {
        return .failure(error)
      }
    }
  }

  static func problem(_ text: String) -> String? {
    guard case .failure(let problem) = read(Array(text.utf8)) else { return nil }
    return "\(problem.place.line):\(problem.place.column): \(problem.text)"
  }

  @Test(
    "what is refused",
    arguments: [
      ("", "1:1: it ends where a value must be"),
      ("{", "1:2: it ends inside the object that opens at 1:1"),
      ("[1,\n 2", "2:3: it ends inside the list that opens at 1:1"),
      ("[1 2]", "1:4: found '2' where ',' or ']' must be"),
      ("[1,]", "1:4: a comma before ']'"),
      ("{\"a\":1,}", "1:8: a comma before '}'"),
      ("{\"é\":1,\"é\":2}", "1:8: the key 'é' stands twice"),
      ("{a:1}", "1:2: found 'a' where a key in double quotes must be"),
      ("{\"a\" 1}", "1:6: found '1' where ':' after the key 'a' must be"),
      ("\"a\nb\"", "1:3: the line ends inside a text; a line break in it is written \\n"),
      ("\"a\u{1}\"", "1:3: a control character (\\u0001) inside a text; write it as an escape"),
      ("\"\\x\"", "1:2: there is no escape '\\x'"),
      ("\"\\u12g4\"", "1:2: \\u needs four hexadecimal digits"),
      ("\"\\udc00\"", "1:2: half of a surrogate pair: \\udc00"),
      ("\"\\ud83d\\u0041\"", "1:2: half of a surrogate pair: \\ud83d"),
      ("01", "1:2: a number must not begin with 0"),
      ("-", "1:2: a '-' without a number"),
      ("1.", "1:3: a number must go on after its point"),
      ("1e", "1:3: a number must go on after its exponent"),
      ("NaN", "1:1: found 'NaN' where a value must be"),
      ("-Infinity", "1:2: a '-' without a number"),
      ("nul", "1:1: found 'nul' where a value must be"),
      ("true false", "1:6: there is more after the end, beginning with 'false'"),
      ("// a\n1", "1:1: found '/' where a value must be"),
    ])
  func refused(_ text: String, _ message: String) {
    #expect(Self.problem(text) == message)
  }

  @Test("512 levels are read, 513 are refused, and a million do no harm")
  func depth() {
    func nested(_ n: Int) -> String {
      String(repeating: "[", count: n) + String(repeating: "]", count: n)
    }
    #expect(Self.problem(nested(512)) == nil)
    #expect(Self.problem(nested(513)) == "1:513: nested more than 512 levels deep")
    #expect(Self.problem(nested(1_000_000)) == "1:513: nested more than 512 levels deep")
  }

  @Test("escapes and surrogate pairs")
  func escapes() throws {
    let value = try Self.read(Array(#""\"\\\/\b\f\n\r\t\u0041\ud83d\ude00é""#.utf8)).get()
    guard case .scalar(let text) = value.content else {
      Issue.record("no text")
      return
    }
    #expect(text == "\"\\/\u{8}\u{c}\n\r\tA😀é")
  }

  @Test("numbers keep their text", arguments: ["0", "-0", "1.0", "1e3", "-12.50E-07"])
  func numbers(_ number: String) throws {
    guard case .scalar(number) = try Self.read(Array(number.utf8)).get().content else {
      Issue.record("not \(number)")
      return
    }
  }

  @Test("random documents, whole and broken, are read or refused as Foundation does")
  func againstFoundation() throws {
    var generator = SeededGenerator(11)
    var read = 0
    var refused = 0
    for _ in 0..<4_000 {
      var bytes = Array(Self.document(4, &generator).utf8)
      for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
        let i = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: bytes.remove(at: i)
        case 1: bytes[i] = Array("{}[]\",:0 e-\\u".utf8).randomElement(using: &generator) ?? 0
        default: bytes.insert(bytes[i], at: i)
        }
      }
      let reference = try? JSONSerialization.jsonObject(
        with: Data(bytes), options: [.fragmentsAllowed])
      switch (Self.read(bytes), reference) {
      case (.success(let own), let theirs?):
        read += 1
        #expect(Self.matches(own, theirs), "\(String(decoding: bytes, as: UTF8.self))")
      case (.failure, nil): refused += 1
      case (.failure(let problem), _?):
        // Foundation lets the last of two equal keys win.
        #expect(
          problem.text.contains("stands twice"),
          "\(problem.text) in \(String(decoding: bytes, as: UTF8.self))")
      case (.success, nil):
        Issue.record("only we read \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(read > 1_000 && refused > 500)
  }

  private static func document(_ depth: Int, _ generator: inout SeededGenerator) -> String {
    func text() -> String {
      let parts = ["a", "é", "😀", "\\n", "\\u00e9", "\\ud83d\\ude00", " ", "\\\"", "日", "~", "\\/"]
      let count = Int.random(in: 0...4, using: &generator)
      return "\""
        + (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined() + "\""
    }
    switch Int.random(in: 0...(depth > 0 ? 7 : 4), using: &generator) {
    case 0: return text()
    case 1: return String(Int.random(in: -999...999, using: &generator))
    case 2: return ["1.5", "0", "-0.25", "1e2", "12E-1"].randomElement(using: &generator) ?? "0"
    case 3: return ["true", "false"].randomElement(using: &generator) ?? "true"
    case 4: return "null"
    case 5:
      let items = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        document(depth - 1, &generator)
      }
      return "[ \(items.joined(separator: " ,\n")) ]"
    default:
      let members = (0..<Int.random(in: 0...3, using: &generator)).map { i in
        "\"k\(i)\" : \(document(depth - 1, &generator))"
      }
      return "{\(members.joined(separator: ","))}"
    }
  }

  private static func matches(_ own: SourceValue, _ theirs: Any) -> Bool {
    switch own.content {
    case .nothing: return theirs is NSNull
    case .list(let items):
      guard let list = theirs as? [Any], list.count == items.count else { return false }
      return zip(items, list).allSatisfy { matches($0, $1) }
    case .table(let entries):
      guard let table = theirs as? [String: Any], table.count == entries.count else { return false }
      return entries.allSatisfy { entry in
        table[entry.key].map { matches(entry.value, $0) } ?? false
      }
    case .scalar(let text):
      if let string = theirs as? String {
        return string.unicodeScalars.elementsEqual(text.unicodeScalars)
      }
      if text == "true" || text == "false" { return (theirs as? Bool) == (text == "true") }
      return (theirs as? Double) == Double(text)
    }
  }
}
