#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines in batches, as many as have arrived: a pipe is answered as it flows.
///
/// Every line counts, empty ones too. What is wrong with a line is thrown once the lines before it
/// have been handed out.
struct LineReader {
  private let descriptor: Int32
  private let name: String
  /// Read, and from `start` on not handed out yet.
  private var bytes: [UInt8] = []
  private var start = 0
  /// No line ends before this index.
  private var searched = 0
  private var isAtEnd = false
  private var lineNumber = 0
  private var failure: PredictError?

  /// A longer line is refused rather than kept in memory.
  static let longestLine = 1 << 20
  private static let block = 1 << 16

  /// - Parameters:
  ///   - descriptor: Of a file or pipe; left open.
  ///   - name: What errors call it.
  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// The next lines, without their ends; nil after the last.
  ///
  /// - Throws: `PredictError` for a line that is too long or no UTF-8, and for what cannot be read.
  mutating func next(atMost count: Int) throws -> [String]? {
    var lines: [String] = []
    do {
      while lines.count < count, failure == nil, let line = try line(mayWait: lines.isEmpty) {
        lines.append(line)
      }
    } catch {
      failure = error
    }
    if let failure, lines.isEmpty { throw failure }
    return lines.isEmpty ? nil : lines
  }

  /// The next line; nil after the last, and where it has not arrived and must not be waited for.
  private mutating func line(mayWait: Bool) throws(PredictError) -> String? {
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return try take(upTo: end)
      }
      searched = bytes.count
      if isAtEnd { return start < bytes.count ? try take(upTo: bytes.count) : nil }
      if bytes.count - start > Self.longestLine {
        throw .longLine(number: lineNumber + 1)
      }
      guard mayWait else { return nil }
      try fill()
    }
  }

  private mutating func take(upTo end: Int) throws(PredictError) -> String {
    lineNumber += 1
    var line = bytes[start..<end]
    start = min(end + 1, bytes.count)
    searched = start
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard line.count <= Self.longestLine else { throw .longLine(number: lineNumber) }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .notUTF8(line: lineNumber)
    }
    return text
  }

  /// Waits for more bytes, or for the end.
  private mutating func fill() throws(PredictError) {
    bytes.removeFirst(start)
    (searched, start) = (searched - start, 0)
    var block = [UInt8](repeating: 0, count: Self.block)
    while true {
      let count = read(descriptor, &block, block.count)
      if count >= 0 {
        bytes += block[..<count]
        isAtEnd = count == 0
        return
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, -1)
      default: throw .unreadable(name: name, reason: String(cString: strerror(errno)))
      }
    }
  }
}
