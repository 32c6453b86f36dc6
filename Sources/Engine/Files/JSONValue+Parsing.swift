extension JSONValue {
  /// Nesting at most; deeper texts are made to harm.
  private static let deepest = 128

  /// Reads a JSON text; nil where it is none.
  init?(parsing text: some Collection<UInt8>) {
    let bytes = Array(text)
    let value = bytes.withUnsafeBufferPointer { buffer -> JSONValue? in
      var parser = Parser(bytes: buffer)
      guard let value = parser.value(depth: 0) else { return nil }
      parser.skipBlanks()
      return parser.index == buffer.count ? value : nil
    }
    guard let value else { return nil }
    self = value
  }

  /// Goes through the text once; each method begins at `index` and leaves it after what it read.
  private struct Parser {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipBlanks() {
      while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        index += 1
      }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard next == byte else { return false }
      index += 1
      return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
      let length = word.utf8CodeUnitCount
      guard index + length <= bytes.count,
        (0..<length).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] })
      else { return false }
      index += length
      return true
    }

    mutating func value(depth: Int) -> JSONValue? {
      guard depth < JSONValue.deepest else { return nil }
      skipBlanks()
      switch next {
      case UInt8(ascii: "{"): return object(depth: depth)
      case UInt8(ascii: "["): return array(depth: depth)
      case UInt8(ascii: "\""): return string().map { .string($0) }
      case UInt8(ascii: "n"): return take("null") ? .null : nil
      case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
      case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
      default: return number()
      }
    }

    private mutating func object(depth: Int) -> JSONValue? {
      index += 1
      var members: [Member] = []
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      while true {
        skipBlanks()
        guard next == UInt8(ascii: "\""), let key = string() else { return nil }
        skipBlanks()
        guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
        members.append(Member(key: key, value: value))
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        guard take(UInt8(ascii: ",")) else { return nil }
      }
    }

    private mutating func array(depth: Int) -> JSONValue? {
      index += 1
      var values: [JSONValue] = []
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      while true {
        guard let value = value(depth: depth + 1) else { return nil }
        values.append(value)
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(values) }
        guard take(UInt8(ascii: ",")) else { return nil }
      }
    }

    private mutating func number() -> JSONValue? {
      let start = index
      while let byte = next {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
          UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
          index += 1
          continue
        default: break
        }
        break
      }
      let digits = String(decoding: bytes[start..<index], as: UTF8.self)
      return Double(digits).map { .number($0) }
    }

    private mutating func string() -> String? {
      index += 1
      let start = index
      while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
        index += 1
      }
      let plain = bytes[start..<index]
      if take(UInt8(ascii: "\"")) { return String(validating: plain, as: UTF8.self) }
      var text = Array(plain)
      while let byte = next {
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let scalar = escaped() else { return nil }
          text.append(contentsOf: UTF8.encode(scalar)!)
        case 0..<0x20: return nil
        default: text.append(byte)
        }
      }
      return nil
    }

    /// What a backslash stands for; surrogates come in pairs.
    private mutating func escaped() -> Unicode.Scalar? {
      guard let byte = next else { return nil }
      index += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{c}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "u"):
        guard let high = hexadecimal() else { return nil }
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
        guard take("\\u"), let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else {
          return nil
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      default: return nil
      }
    }

    private mutating func hexadecimal() -> UInt32? {
      guard index + 4 <= bytes.count else { return nil }
      var value: UInt32 = 0
      for byte in bytes[index..<index + 4] {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
        value = value << 4 + UInt32(digit)
      }
      index += 4
      return value
    }
  }
}
