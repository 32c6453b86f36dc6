/// Reads JSON strictly (RFC 8259), with places.
///
/// Refused beside what the grammar refuses: a key that stands twice in one object, a lone
/// surrogate, more than 512 levels. Numbers keep their text. The bytes must be UTF-8.
package struct JSONReader {
  static let depthLimit = 512

  /// What is wrong, and where.
  package struct Problem: Error {
    package var text: String
    package var place: Place

    package init(text: String, place: Place) {
      self.text = text
      self.place = place
    }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private(set) var offset: Int
  private var line: Int
  /// The last offset whose column is known, and that column. Only ever moves on.
  private var mark: (offset: Int, column: Int)

  /// - Parameters:
  ///   - bytes: A whole file.
  ///   - range: The part to read; begins at the start of a line.
  ///   - line: The number of that line, from 1.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, line: Int) {
    self.bytes = bytes
    self.line = line
    offset = range.lowerBound
    end = range.upperBound
    mark = (range.lowerBound, 1)
  }

  // MARK: - Documents

  /// One value, and nothing after it.
  package mutating func document() throws(Problem) -> SourceValue {
    let value = try value()
    try finish()
    return value
  }

  /// Makes sure that nothing but white space is left.
  mutating func finish() throws(Problem) {
    skipSpace()
    if offset < end { throw problem("there is more after the end, beginning with \(seen)") }
  }

  /// One value, after white space.
  mutating func value(depth: Int = 0) throws(Problem) -> SourceValue {
    skipSpace()
    let place = place()
    guard offset < end else { throw problem("it ends where a value must be") }
    if depth >= Self.depthLimit {
      throw problem("nested more than \(Self.depthLimit) levels deep")
    }
    switch bytes[offset] {
    case UInt8(ascii: "{"):
      return SourceValue(content: .table(try object(depth: depth)), place: place)
    case UInt8(ascii: "["):
      var items: [SourceValue] = []
      try eachElement { (reader) throws(Problem) in
        items.append(try reader.value(depth: depth + 1))
      }
      return SourceValue(content: .list(items), place: place)
    case UInt8(ascii: "\""): return SourceValue(content: .scalar(try string()), place: place)
    case UInt8(ascii: "-"), 0x30...0x39:
      return SourceValue(content: .scalar(try number()), place: place)
    default:
      return SourceValue(content: try word(), place: place)
    }
  }

  /// The first byte of the next value; nil at the end.
  mutating func peek() -> UInt8? {
    skipSpace()
    return offset < end ? bytes[offset] : nil
  }

  /// Passes over the next value without reading it, where it is longer than `limit` bytes.
  ///
  /// - Returns: Its length in bytes; nil, with nothing passed over, where it is not so long.
  mutating func skipValue(longerThan limit: Int) -> Int? {
    skipSpace()
    var (i, depth, inText) = (offset, 0, false)
    scan: while i < end {
      switch bytes[i] {
      case UInt8(ascii: "\\") where inText: i += 1
      case UInt8(ascii: "\""): inText.toggle()
      case _ where inText: break
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { break scan }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: break scan
      default: break
      }
      i += 1
    }
    let length = min(i, end) - offset
    guard length > limit else { return nil }
    while offset < min(i, end) {
      if bytes[offset] == 0x0A {
        line += 1
        mark = (offset + 1, 1)
      }
      offset += 1
    }
    return length
  }

  mutating func place() -> Place {
    while mark.offset < offset {
      if bytes[mark.offset] & 0xC0 != 0x80 { mark.column += 1 }
      mark.offset += 1
    }
    return Place(line: line, column: mark.column)
  }

  // MARK: - Lists and objects

  /// Reads a list, leaving each element to `read`.
  mutating func eachElement(
    _ read: (inout JSONReader) throws(Problem) -> Void
  ) throws(Problem) {
    let opened = place()
    offset += 1
    skipSpace()
    if take("]") { return }
    while true {
      try read(&self)
      skipSpace()
      if take("]") { return }
      if take(",") {
        skipSpace()
        if offset < end, bytes[offset] == UInt8(ascii: "]") {
          throw problem("a comma before ']'")
        }
        continue
      }
      throw unfinished("the list", opened, needs: "',' or ']'")
    }
  }

  private mutating func object(depth: Int) throws(Problem) -> [SourceValue.Entry] {
    var entries: [SourceValue.Entry] = []
    var keys = KeySet()
    try eachMember { (reader, key, place) throws(Problem) in
      if !keys.insert(key) {
        throw Problem(text: "the key '\(shown(key))' stands twice", place: place)
      }
      let value = try reader.value(depth: depth + 1)
      entries.append(SourceValue.Entry(key: key, place: place, value: value))
    }
    return entries
  }

  /// Reads an object, leaving each member's value to `read`.
  mutating func eachMember(
    _ read: (inout JSONReader, String, Place) throws(Problem) -> Void
  ) throws(Problem) {
    let opened = place()
    offset += 1
    skipSpace()
    if take("}") { return }
    while true {
      skipSpace()
      let place = place()
      guard offset < end else { throw unfinished("the object", opened, needs: "a key") }
      guard bytes[offset] == UInt8(ascii: "\"") else {
        throw problem(
          bytes[offset] == UInt8(ascii: "}")
            ? "a comma before '}'" : "found \(seen) where a key in double quotes must be")
      }
      let key = try string()
      skipSpace()
      guard take(":") else {
        throw unfinished("the object", opened, needs: "':' after the key '\(shown(key))'")
      }
      try read(&self, key, place)
      skipSpace()
      if take("}") { return }
      guard take(",") else { throw unfinished("the object", opened, needs: "',' or '}'") }
    }
  }

  private mutating func unfinished(_ what: String, _ opened: Place, needs: String) -> Problem {
    if offset < end { return problem("found \(seen) where \(needs) must be") }
    return problem("it ends inside \(what) that opens at \(opened.line):\(opened.column)")
  }

  // MARK: - Scalars

  private mutating func string() throws(Problem) -> String {
    let opened = place()
    offset += 1
    let start = offset
    while offset < end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        defer { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start, opened) }
      if byte < 0x20 { throw controlCharacter(byte) }
      offset += 1
    }
    throw problem("the text that opens at \(opened.line):\(opened.column) has no closing quote")
  }

  private mutating func stringWithEscapes(
    from start: Int, _ opened: Place
  ) throws(Problem) -> String {
    var text = Array(bytes[start..<offset])
    while offset < end {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &text)
      case 0..<0x20: throw controlCharacter(byte)
      default:
        text.append(byte)
        offset += 1
      }
    }
    throw problem("the text that opens at \(opened.line):\(opened.column) has no closing quote")
  }

  private mutating func escape(into text: inout [UInt8]) throws(Problem) {
    guard offset + 1 < end else { throw problem("it ends inside an escape") }
    let kind = bytes[offset + 1]
    if let byte = Self.escaped(kind) {
      text.append(byte)
      offset += 2
      return
    }
    guard kind == UInt8(ascii: "u") else {
      throw problem("there is no escape '\\\(shown(scalar(at: offset + 1)))'")
    }
    let first = try unit(at: offset)
    var value = UInt32(first)
    var length = 6
    if UTF16.isTrailSurrogate(first) { throw problem("half of a surrogate pair: \\u\(hex(first))") }
    if UTF16.isLeadSurrogate(first) {
      guard offset + 7 < end, bytes[offset + 6] == UInt8(ascii: "\\"),
        bytes[offset + 7] == UInt8(ascii: "u"),
        case let second = try unit(at: offset + 6), UTF16.isTrailSurrogate(second)
      else { throw problem("half of a surrogate pair: \\u\(hex(first))") }
      value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      length = 12
    }
    if let scalar = Unicode.Scalar(value) { text += Array(String(Character(scalar)).utf8) }
    offset += length
  }

  /// The four digits of the escape at an offset.
  private mutating func unit(at start: Int) throws(Problem) -> UInt16 {
    var value: UInt16 = 0
    for i in start + 2..<start + 6 {
      guard i < end, let digit = Self.digit(bytes[i]) else {
        throw problem("\\u needs four hexadecimal digits")
      }
      value = value << 4 | digit
    }
    return value
  }

  private static func escaped(_ kind: UInt8) -> UInt8? {
    switch Unicode.Scalar(kind) {
    case "\"", "\\", "/": kind
    case "b": 0x08
    case "f": 0x0C
    case "n": 0x0A
    case "r": 0x0D
    case "t": 0x09
    default: nil
    }
  }

  private static func digit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x41 + 10)
    case 0x61...0x66: UInt16(byte - 0x61 + 10)
    default: nil
    }
  }

  private mutating func number() throws(Problem) -> String {
    let start = offset
    _ = take("-")
    if take("0") {
      if offset < end, (0x30...0x39).contains(bytes[offset]) {
        throw problem("a number must not begin with 0")
      }
    } else if digits() == 0 {
      throw problem("a '-' without a number")
    }
    if take("."), digits() == 0 { throw problem("a number must go on after its point") }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      if digits() == 0 { throw problem("a number must go on after its exponent") }
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  /// Skips digits and counts them.
  private mutating func digits() -> Int {
    let start = offset
    while offset < end, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
    return offset - start
  }

  private mutating func word() throws(Problem) -> SourceValue.Content {
    for (word, content) in Self.words {
      let stop = offset + word.utf8.count
      guard stop <= end, bytes[offset..<stop].elementsEqual(word.utf8) else { continue }
      offset = stop
      return content
    }
    throw problem("found \(seen) where a value must be")
  }

  private static var words: [(String, SourceValue.Content)] {
    [("true", .scalar("true")), ("false", .scalar("false")), ("null", .nothing)]
  }

  // MARK: - Bytes

  private mutating func skipSpace() {
    while offset < end {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0D: offset += 1
      case 0x0A:
        offset += 1
        line += 1
        mark = (offset, 1)
      default: return
      }
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard offset < end, bytes[offset] == UInt8(ascii: byte) else { return false }
    offset += 1
    return true
  }

  private mutating func problem(_ text: String) -> Problem {
    Problem(text: text, place: place())
  }

  private mutating func controlCharacter(_ byte: UInt8) -> Problem {
    problem(
      byte == 0x0A
        ? "the line ends inside a text; a line break in it is written \\n"
        : "a control character (\\u\(hex(UInt16(byte)))) inside a text; write it as an escape")
  }

  /// The word or character at hand, for errors.
  private var seen: String {
    let word = bytes[offset..<end].prefix(24).prefix {
      (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
    }
    let text = word.count > 1 ? String(decoding: word, as: UTF8.self) : scalar(at: offset)
    return "'\(shown(text))'"
  }

  private func scalar(at offset: Int) -> String {
    String(
      String(decoding: bytes[offset..<min(end, offset + 4)], as: UTF8.self).unicodeScalars.prefix(1)
    )
  }

  private func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// Finds repeated keys: by comparison while they are few, by hash when they are many.
private struct KeySet {
  private var few: [String] = []
  private var many: Set<String> = []

  /// - Returns: Whether the key is new.
  mutating func insert(_ key: String) -> Bool {
    if few.count < 12 {
      if few.contains(key) { return false }
      few.append(key)
      return true
    }
    if many.isEmpty { many = Set(few) }
    return many.insert(key).inserted
  }
}
