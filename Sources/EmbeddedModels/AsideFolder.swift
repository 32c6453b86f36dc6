import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where something is made whole before it is renamed to its place.
///
/// Its name ends with the process that works there, so that what processes that are no more have
/// left is known, and goes.
enum AsideFolder {
  /// The place for this process, with nothing there yet; `folder` is made where it does not exist.
  static func place(in folder: URL, prefix: String) throws -> URL {
    let manager = FileManager.default
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    let own = ProcessInfo.processInfo.processIdentifier
    for name in try manager.contentsOfDirectory(atPath: folder.path)
    where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.count).prefix { $0.isNumber }) else {
        continue
      }
      if process == own || (kill(process, 0) != 0 && errno == ESRCH) {
        try? manager.removeItem(at: folder.appendingPathComponent(name))
      }
    }
    return folder.appendingPathComponent("\(prefix)\(own)", isDirectory: true)
  }
}
