import Foundation
import Suites

/// The user's browser.
enum Browser {
  /// Opens a file or an address, with what the system has for that.
  ///
  /// - Throws: `BrowserError` where nothing could be started.
  static func open(_ place: String) throws {
    #if os(macOS)
      let name = "open"
    #else
      let name = "xdg-open"
    #endif
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name, place]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      process.waitUntilExit()
    } catch {
      throw BrowserError(program: name, place: place)
    }
    guard process.terminationStatus == 0 else { throw BrowserError(program: name, place: place) }
  }
}

/// No browser could be opened.
struct BrowserError: Error, Hashable {
  var program: String
  var place: String
}

extension BrowserError: DescribedError {
  var description: String { "\(place): `\(program)` could not open it. Open it by hand." }
}
