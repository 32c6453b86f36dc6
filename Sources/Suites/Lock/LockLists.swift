/// The long lists of a lock, read line by line where they stand as Hone writes them.
///
/// There is a line for every example, and a YAML parser takes some 20 µs for each. What is read here
/// is blanked in `rest`, so that the parser sees the same lines at the same numbers without it. A
/// list with a single line that is not as Hone writes it, or out of order, is left to the parser,
/// which says what is wrong and where.
///
/// ```
/// roles:
///   0a1b2c3d4e5f6071: train                             two blanks, sorted by key
///       examples:
///         0a1b2c3d4e5f6071: 9f8e7d6c5b4a3928 gate pass  eight blanks, sorted by key
/// ```
struct LockLists {
  let roles: [String: Role]
  /// By the number of the line that says `examples:`.
  let examples: [Int: [BaselineBehavior.Graded]]
  /// The text without what was read.
  let rest: String

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var lineNumber = 0
    var start = 0
    var blanked: [Range<Int>] = []
    var roles: [String: Role] = [:]
    var examples: [Int: [BaselineBehavior.Graded]] = [:]
    bytes.withUnsafeBufferPointer { all in
      while start < all.count {
        lineNumber += 1
        let line = Self.line(in: all, from: start)
        start = line.endIndex + 1
        if line.elementsEqual("roles:".utf8), roles.isEmpty {
          guard let (found, end) = Self.list(in: all, from: start, indent: 2, Self.role) else {
            continue
          }
          for (key, role) in found { roles[key] = role }
          blanked.append(start..<end)
          lineNumber += found.count
          start = end
        } else if line.elementsEqual("      examples:".utf8) {
          guard let (found, end) = Self.list(in: all, from: start, indent: 8, Self.graded) else {
            continue
          }
          examples[lineNumber] = found.map(\.value)
          blanked.append(start..<end)
          lineNumber += found.count
          start = end
        }
      }
    }
    self.roles = roles
    self.examples = examples
    // Lines stay, so that places do.
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count / 4)
    var position = 0
    for range in blanked {
      kept += bytes[position..<range.lowerBound]
      kept += bytes[range].lazy.filter { $0 == UInt8(ascii: "\n") }
      position = range.upperBound
    }
    kept += bytes[position...]
    rest = blanked.isEmpty ? text : String(decoding: kept, as: UTF8.self)
  }

  private typealias Bytes = UnsafeBufferPointer<UInt8>

  private static func line(in all: Bytes, from start: Int) -> Slice<Bytes> {
    all[start..<(all[start...].firstIndex(of: UInt8(ascii: "\n")) ?? all.count)]
  }

  /// All lines that are indented, or nil where one is not as it should be.
  ///
  /// - Returns: Keys with values, in order, and where the next line begins.
  private static func list<Value>(
    in all: Bytes, from start: Int, indent: Int, _ read: (String, Slice<Bytes>) -> Value?
  ) -> (found: [(key: String, value: Value)], end: Int)? {
    var found: [(key: String, value: Value)] = []
    var start = start
    while start < all.count {
      let line = Self.line(in: all, from: start)
      let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
      // A line that is indented less ends the list.
      if blanks < indent { return line.isEmpty || found.isEmpty ? nil : (found, start) }
      let text = line.dropFirst(indent)
      let key = text.prefix(16)
      guard blanks == indent, key.count == 16, key.allSatisfy(isHexadecimal),
        text.dropFirst(16).starts(with: ": ".utf8), line.endIndex < all.count
      else { return nil }
      let name = String(decoding: key, as: UTF8.self)
      if let last = found.last, last.key >= name { return nil }
      guard let value = read(name, text.dropFirst(18)) else { return nil }
      found.append((name, value))
      start = line.endIndex + 1
    }
    // A lock that ends within a list was cut; the parser says so.
    return nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  // MARK: - Values

  private static func role(_ key: String, _ text: Slice<Bytes>) -> Role? {
    Role.allCases.first { text.elementsEqual($0.rawValue.utf8) }
  }

  /// `input role pass`, with the margin of a tie at the end.
  private static func graded(
    _ key: String, _ text: Slice<Bytes>
  ) -> BaselineBehavior.Graded? {
    let words = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3 || words.count == 4, words[0].count == 16,
      words[0].allSatisfy(isHexadecimal), let role = Self.role(key, words[1]), role != .sealed
    else { return nil }
    var tie: Double?
    if words.count == 4 {
      tie = TableReader.decimal(String(decoding: words[3], as: UTF8.self))
      guard let tie, tie >= 0 else { return nil }
    }
    let passed = words[2].elementsEqual(BaselineBehavior.pass.utf8)
    guard passed || words[2].elementsEqual(BaselineBehavior.fail.utf8) else { return nil }
    return BaselineBehavior.Graded(
      id: key, input: String(decoding: words[0], as: UTF8.self), role: role, passed: passed,
      tie: tie)
  }
}
