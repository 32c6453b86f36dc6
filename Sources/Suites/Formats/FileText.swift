import Foundation

/// Reads whole files as bytes, and refuses what no reader could make sense of.
enum FileText {
  /// The most bytes that a file of examples may have.
  static let largestData = 2 << 30
  /// The most bytes that a YAML file may have.
  static let largestYAML = 16 << 20

  /// - Parameters:
  ///   - file: How errors name it.
  ///   - limit: The most bytes that it may have.
  /// - Returns: The bytes without a byte order mark, and how many bytes that mark has.
  static func bytes(
    of url: URL, file: String, limit: Int
  ) throws(SuiteErrors) -> (bytes: [UInt8], skipped: Int) {
    func refuse(_ problem: SuiteError.Problem) -> SuiteErrors {
      SuiteErrors(SuiteError(problem, at: SourceLocation(file: file)))
    }
    var bytes: [UInt8]
    do {
      bytes = try PlainFile.read(url.path, limit: limit)
    } catch {
      switch error {
      case .missing: throw refuse(.fileMissing(file))
      case .tooLarge(let size): throw refuse(.tooLarge(bytes: size, limit: limit))
      case .failed(let reason): throw refuse(.notReadable(reason: reason))
      }
    }
    if let encoding = otherEncoding(bytes.prefix(4)) { throw refuse(.otherEncoding(encoding)) }
    guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return (bytes, 0) }
    bytes.removeFirst(3)
    return (bytes, 3)
  }

  /// The text of a file that must be UTF-8 as a whole.
  static func text(of url: URL, file: String, limit: Int) throws(SuiteErrors) -> String {
    let (bytes, skipped) = try bytes(of: url, file: file, limit: limit)
    if let offset = bytes.withUnsafeBytes({ UTF8Check.firstInvalid(in: $0) }) {
      let problem = SuiteError.Problem.invalidUTF8(offset: offset + skipped)
      throw SuiteErrors(SuiteError(problem, at: SourceLocation(file: file)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func otherEncoding(_ start: ArraySlice<UInt8>) -> String? {
    if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "UTF-32"
    }
    return start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) ? "UTF-16" : nil
  }
}

/// Finds what is not UTF-8.
package enum UTF8Check {
  /// - Returns: Offset of the first byte of the first sequence that is not well-formed UTF-8
  ///   (Unicode 15, table 3-7), or nil.
  package static func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
    var i = 0
    let end = bytes.count
    while i < end {
      let byte = bytes[i]
      if byte < 0x80 {
        i += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch byte {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return i
      }
      guard i + length <= end, second.contains(bytes[i + 1]) else { return i }
      for k in i + 2..<max(i + 2, i + length) where bytes[k] & 0xC0 != 0x80 { return i }
      i += length
    }
    return nil
  }
}
