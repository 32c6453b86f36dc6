package import Foundation

/// A folder that goes away with the value.
package final class ScratchFolder: Sendable {
  package let url: URL

  /// - Parameters:
  ///   - name: A part of the folder's own name; with slashes, folders within it.
  ///   - files: Texts by their paths.
  package init(_ name: String = "scratch", files: [String: String] = [:]) throws {
    root = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-\(UUID().uuidString)")
    url = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (path, text) in files { try write(text, to: path) }
  }

  private let root: URL

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  /// A place within it.
  package func place(_ path: String) -> URL { url.appendingPathComponent(path) }

  package func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Writes a file, and makes the folders that it lies in.
  package func write(_ data: Data, to path: String) throws {
    try FileManager.default.createDirectory(
      at: place(path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: place(path))
  }

  package func text(_ path: String) throws -> String {
    try String(contentsOf: place(path), encoding: .utf8)
  }
}
