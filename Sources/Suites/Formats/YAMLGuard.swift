import Yams

/// What must be known about YAML before and after Yams has seen it.
enum YAMLGuard {
  /// Finds a key that is, or holds, an alias, in a document that has anchors.
  ///
  /// Yams hashes keys to find duplicates, and to hash an alias is to walk all that it stands for.
  static func firstAliasedKey(in text: String) -> Place? {
    guard text.utf8.contains(UInt8(ascii: "&")), text.utf8.contains(UInt8(ascii: "*")) else {
      return nil
    }
    var hasAnchor = false
    var suspect: Place?
    var lineNumber = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      lineNumber += 1
      let bytes = Array(line)
      for (i, byte) in bytes.enumerated() {
        let before = i == 0 ? UInt8(ascii: " ") : bytes[i - 1]
        let startsToken = " \t[{,:-?".utf8.contains(before)
        if byte == UInt8(ascii: "&") && startsToken && i + 1 < bytes.count && bytes[i + 1] > 0x20 {
          hasAnchor = true
        }
        guard suspect == nil else { continue }
        let isAliasedKey =
          byte == UInt8(ascii: "*") && startsToken && colonFollows(bytes, at: wordEnd(bytes, i + 1))
        let isComplexKey =
          (byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")) && i + 1 < bytes.count
          && colonFollows(bytes, at: i + 1)
        let isExplicitKey =
          byte == UInt8(ascii: "?") && startsToken
          && (i + 1 == bytes.count || bytes[i + 1] <= 0x20) && isPrefix(bytes[..<i])
        if isAliasedKey || isComplexKey || isExplicitKey {
          suspect = Place(line: lineNumber, column: i + 1)
        }
      }
    }
    return hasAnchor ? suspect : nil
  }

  /// Where the name of an alias ends: letters, digits, `-` and `_`.
  private static func wordEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start...].firstIndex { byte in
      !(0x61...0x7A).contains(byte | 0x20) && !(0x30...0x39).contains(byte)
        && !"-_".utf8.contains(byte)
    } ?? bytes.count
  }

  /// Whether a colon follows that makes a key of what stands before.
  private static func colonFollows(_ bytes: [UInt8], at start: Int) -> Bool {
    var k = start
    while k < bytes.count, bytes[k] == 0x20 || bytes[k] == 0x09 { k += 1 }
    guard k < bytes.count, bytes[k] == UInt8(ascii: ":") else { return false }
    return k + 1 == bytes.count || bytes[k + 1] <= 0x20 || ",]}".utf8.contains(bytes[k + 1])
  }

  /// Whether only indicators of the block or flow style stand before.
  private static func isPrefix(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { " \t-?:".utf8.contains($0) }
      || bytes.last.map { "[{,".utf8.contains($0) } == true
      || bytes.last(where: { $0 > 0x20 }).map { "[{,".utf8.contains($0) } == true
  }

  // MARK: - Errors

  /// Says in one line, with its place, what Yams found.
  static func error(_ error: any Error, in text: String, file: String) -> SuiteError {
    func at(_ mark: Mark) -> SourceLocation {
      SourceLocation(file: file, line: mark.line, column: mark.column)
    }
    func syntax(_ problem: String, _ place: SourceLocation) -> SuiteError {
      SuiteError(.syntax(format: "YAML", problem: problem), at: place)
    }
    guard let error = error as? YamlError else {
      return syntax("\(error)", SourceLocation(file: file))
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if problem.contains("nesting level") {
        return SuiteError(.nested(limit: YAMLReader.depthLimit), at: at(mark))
      }
      let words = [context?.text, problem].compactMap { $0 }.filter { !$0.isEmpty }
      return syntax(shown(words.joined(separator: ", "), limit: 200), at(mark))
    case .reader(let problem, let offset, let value, _):
      let place = offset.map { characterPlace($0, in: text) } ?? .wholeFile
      let code = value > 0 ? " (U+\(hex4(value)))" : ""
      return syntax("\(problem)\(code)", SourceLocation(file, place))
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.sorted().first ?? ""
      let first = context.mark
      let place = secondPlace(of: key, after: first, in: text)
      return SuiteError(
        .duplicateKey(key),
        at: SourceLocation(file, place ?? Place(line: first.line, column: first.column)),
        others: place == nil ? [] : [at(first)])
    case .memory:
      return SuiteError(.nested(limit: YAMLReader.depthLimit), at: SourceLocation(file: file))
    default:
      return syntax(
        "\(error)".split(separator: "\n").joined(separator: " "), SourceLocation(file: file))
    }
  }

  private static func hex4(_ value: Int32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func characterPlace(_ offset: Int, in text: String) -> Place {
    var place = Place(line: 1, column: 1)
    for character in text.prefix(offset) {
      if character.isNewline {
        place.line += 1
        place.column = 1
      } else {
        place.column += character.unicodeScalars.count
      }
    }
    return place
  }

  /// Where a key of block style stands again, in the same column.
  private static func secondPlace(of key: String, after mark: Mark, in text: String) -> Place? {
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if number <= mark.line { continue }
      let body = line.drop { $0 == " " }
      guard line.count - body.count == mark.column - 1, body.hasPrefix(key) else { continue }
      if body.dropFirst(key.count).drop(while: { $0 == " " }).first == ":" {
        return Place(line: number, column: mark.column)
      }
    }
    return nil
  }
}

/// The lines that git writes where two sides of a merge differ.
enum MergeConflict {
  static func isMarker(_ line: some StringProtocol) -> Bool {
    line.hasPrefix("<<<<<<< ") || line.hasPrefix(">>>>>>> ") || line.hasPrefix("||||||| ")
      || line == "=======" || line == "=======\r"
  }

  static func firstLine(in text: String) -> Int? {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) else {
      return nil
    }
    var number = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard let first = line.first, "<>".utf8.contains(first) else { continue }
      if isMarker(Substring(line)) { return number }
    }
    return nil
  }
}
