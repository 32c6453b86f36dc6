#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells whether a file is still the one that was read, by what the file system says of it.
struct FileMark: Sendable, Hashable {
  private var device: UInt64
  private var node: UInt64
  private var size: Int64
  private var seconds: Int
  private var nanoseconds: Int

  /// Nil where there is no such file.
  init?(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    device = UInt64(facts.st_dev)
    node = UInt64(facts.st_ino)
    size = Int64(facts.st_size)
    #if canImport(Darwin)
      let time = facts.st_mtimespec
    #else
      let time = facts.st_mtim
    #endif
    seconds = Int(time.tv_sec)
    nanoseconds = Int(time.tv_nsec)
  }

  /// Whether it is the same file, whatever was written to it since.
  func isSameFile(as other: FileMark) -> Bool {
    device == other.device && node == other.node
  }
}
