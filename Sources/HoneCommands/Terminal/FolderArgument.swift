package import Foundation
import Reports

/// A folder as one writes it in a shell.
package enum FolderArgument {
  /// From here, as one word; nil where it is here.
  ///
  /// - Parameter here: A path; nil is the working directory.
  package static func text(_ folder: URL, from here: String? = nil) -> String? {
    let path = folder.standardizedFileURL.path
    let here = URL(fileURLWithPath: here ?? FileManager.default.currentDirectoryPath)
      .standardizedFileURL.path
    if path == here { return nil }
    var short = path.hasPrefix(here + "/") ? String(path.dropFirst(here.count + 1)) : path
    // Quoted or not, a command takes it for an option.
    if short.hasPrefix("-") { short = "./" + short }
    if short.wholeMatch(of: /[A-Za-z0-9._\/][A-Za-z0-9._\/-]*/) != nil { return short }
    return "'" + short.harmless.replacing("'", with: "'\\''") + "'"
  }
}
