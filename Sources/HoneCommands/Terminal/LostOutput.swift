import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output that could not be written: a command that lost some of it has failed.
struct LostOutput: Hashable, CustomStringConvertible {
  /// The system's error number.
  let code: Int32

  /// The reader went away, which is no news to anybody.
  var isClosedPipe: Bool { code == EPIPE }

  var description: String {
    "standard output cannot be written (\(String(cString: strerror(code)))), so some of it is "
      + "missing."
  }

  /// The first loss of this process; nil while all is well.
  static var first: LostOutput? { loss.withLock { $0 } }

  static func remember(code: Int32) {
    loss.withLock { if $0 == nil { $0 = LostOutput(code: code) } }
  }

  private static let loss = Mutex<LostOutput?>(nil)
}
