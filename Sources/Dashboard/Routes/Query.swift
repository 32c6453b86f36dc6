/// The part of an address behind the question mark, as forms write it: `a=one+two&b=%C3%A9`.
struct Query: Sendable, Hashable {
  private(set) var items: [(name: String, value: String)] = []

  /// Takes what cannot be decoded for what it is.
  init(_ text: String) {
    for part in text.utf8.split(separator: UInt8(ascii: "&")).prefix(50) {
      let pieces = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      items.append((Self.decoded(pieces[0]), pieces.count > 1 ? Self.decoded(pieces[1]) : ""))
    }
  }

  init(_ items: [(name: String, value: String)] = []) {
    self.items = items
  }

  /// The first value of this name; nil where there is none, or an empty one.
  subscript(_ name: String) -> String? {
    get { items.first { $0.name == name && !$0.value.isEmpty }?.value }
    set {
      items.removeAll { $0.name == name }
      if let newValue { items.append((name, newValue)) }
    }
  }

  func has(_ name: String) -> Bool { items.contains { $0.name == name } }

  /// With the question mark; empty where there is nothing.
  var text: String {
    let parts = items.filter { !$0.value.isEmpty }
      .map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
    return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
  }

  private static func decoded(_ bytes: Substring.UTF8View.SubSequence) -> String {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"):
        result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2)
        if digits.count == 2, digits.allSatisfy(\.isHexDigit),
          let value = UInt8(String(Substring(digits)), radix: 16)
        {
          result.append(value)
          rest = rest.dropFirst(2)
        } else {
          result.append(byte)
        }
      default:
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Letters, digits and `-._~` as they are, all else in percents.
  private static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }

  static func == (left: Query, right: Query) -> Bool {
    left.items.map(\.name) == right.items.map(\.name)
      && left.items.map(\.value) == right.items.map(\.value)
  }

  func hash(into hasher: inout Hasher) {
    for item in items {
      hasher.combine(item.name)
      hasher.combine(item.value)
    }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
