import Foundation

/// Reads lines in batches, as many as have arrived: a pipe is answered as it flows.
struct LineReader {
  private let handle: FileHandle
  private var rest = Data()
  private var isAtEnd = false
  private var lineNumber = 0

  /// A longer line is refused rather than kept in memory.
  static let longestLine = 1 << 20

  init(handle: FileHandle) {
    self.handle = handle
  }

  /// The next lines, without their ends; nil after the last.
  ///
  /// - Throws: `PredictError` for a line that is too long or no UTF-8.
  mutating func next(atMost count: Int) throws -> [String]? {
    var lines: [String] = []
    while lines.count < count {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        lines.append(try text(rest[rest.startIndex..<end]))
        rest = Data(rest[(end + 1)...])
        continue
      }
      if isAtEnd {
        if !rest.isEmpty { lines.append(try text(rest)) }
        rest = Data()
        break
      }
      if !lines.isEmpty { break }
      if rest.count > Self.longestLine { throw PredictError.longLine(number: lineNumber + 1) }
      let more = handle.availableData
      if more.isEmpty { isAtEnd = true }
      rest.append(more)
    }
    return lines.isEmpty ? nil : lines
  }

  private mutating func text(_ bytes: Data) throws -> String {
    lineNumber += 1
    var bytes = bytes
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard let text = String(bytes: bytes, encoding: .utf8) else {
      throw PredictError.notUTF8(line: lineNumber)
    }
    return text
  }
}

/// What can be wrong with the texts to predict.
enum PredictError: Error, Hashable {
  case noFile(path: String)
  case longLine(number: Int)
  case notUTF8(line: Int)
  case nothingTuned(folder: String)
  case unknownCheckpoint(String)
}

extension PredictError: LocalizedError, CustomStringConvertible {
  var description: String {
    switch self {
    case .noFile(let path):
      "\(path): cannot be read. Name a text file with one text a line, or `-` for standard input."
    case .longLine(let number):
      "line \(number): longer than 1 MiB. One text a line is expected; split the input."
    case .notUTF8(let line):
      "line \(line): not UTF-8. Convert the input, for example with `iconv -t utf-8`."
    case .nothingTuned(let folder):
      "\(folder): no checkpoint was certified or tuned here. Run `hone train` first."
    case .unknownCheckpoint(let id):
      "there is no checkpoint '\(id)' under .hone/checkpoints. `hone train` prints the ids."
    }
  }

  var errorDescription: String? { description }
}
