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
  /// Whether lines may be redrawn; `NO_COLOR` asks for plain ones.
  var redraws: Bool { isInteractive && usesColor }
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
    width =
      Self.size(of: descriptor)?.columns ?? environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }

  package init(isInteractive: Bool, usesColor: Bool, usesUnicode: Bool, width: Int) {
    descriptor = STDOUT_FILENO
    self.isInteractive = isInteractive
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
    self.width = width
  }

  // MARK: - The screen at this moment

  /// People resize it while a command is at work.
  var size: RedrawnBlock.Size {
    Self.size(of: descriptor) ?? RedrawnBlock.Size(columns: width, rows: 24)
  }

  /// False where the terminal is another command's for now, as after Ctrl-Z and `bg`.
  var isInForeground: Bool {
    let group = tcgetpgrp(descriptor)
    return group < 0 || group == getpgrp()
  }

  private static func size(of descriptor: Int32) -> RedrawnBlock.Size? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return RedrawnBlock.Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  // MARK: - Writing

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
      if count < 0 && errno == EAGAIN {
        // Somebody has made the terminal non-blocking, and it is slow.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
        continue
      }
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
