import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where output goes, and what it can show.
package struct Terminal: Sendable {
  /// Colors and redrawn lines are for people at a terminal.
  let isInteractive: Bool
  let usesColor: Bool
  let usesUnicode: Bool
  /// Columns; 80 where nobody knows.
  let width: Int
  private let descriptor: Int32

  static let output = Terminal(descriptor: STDOUT_FILENO)
  static let errors = Terminal(descriptor: STDERR_FILENO)

  init(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
    usesColor = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    let locale =
      [environment["LC_ALL"], environment["LC_CTYPE"], environment["LANG"]]
      .compactMap { $0 }.first { !$0.isEmpty } ?? ""
    usesUnicode = locale.isEmpty || locale.uppercased().contains("UTF")
    var size = winsize()
    let known = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    width = known ? Int(size.ws_col) : environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }

  package init(isInteractive: Bool, usesColor: Bool, usesUnicode: Bool, width: Int) {
    descriptor = STDOUT_FILENO
    self.isInteractive = isInteractive
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
    self.width = width
  }

  /// Writes a line.
  func line(_ text: String = "") {
    write(text + "\n")
  }

  /// Writes lines, one after the other.
  func lines(_ texts: some Sequence<String>) {
    for text in texts { line(text) }
  }

  /// Writes a text. What standard output loses is remembered by `LostOutput`.
  func write(_ text: String) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Self.put(descriptor, $0) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        if descriptor == STDOUT_FILENO { LostOutput.remember(code: count < 0 ? errno : EIO) }
        return
      }
      start += count
    }
  }

  private static func put(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  // MARK: - Styles

  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
  }

  func styled(_ text: String, _ style: Style) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
