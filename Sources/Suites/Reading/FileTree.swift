import Foundation

/// Lists files by pattern, in an order that no file system and no locale has a say in.
///
/// Hidden entries are passed over. Links to folders are followed, each folder once, so that a link
/// to its own parent ends.
package struct FileTree {
  /// A file that was found.
  struct File: Sendable {
    var url: URL
    /// As errors name it.
    var name: String
  }

  /// Files below a folder, at any depth, sorted by name.
  static func files(below folder: URL, named name: String) -> [File] {
    var visited: Set<String> = []
    var files: [File] = []
    walk(folder, name, &visited) { files.append($0) }
    return files.sorted { $0.name < $1.name }
  }

  /// Files that match a pattern of `*`, `?` and `**`, relative to a folder, sorted by name.
  static func files(matching pattern: String, in folder: URL, named name: String) -> [File] {
    let parts = pattern.split(separator: "/").map(String.init)
    let plain = Array(parts.prefix { !isPattern($0) })
    var start = pattern.hasPrefix("/") ? URL(fileURLWithPath: "/") : folder
    var startName = pattern.hasPrefix("/") ? "/" : name
    for part in plain {
      start.appendPathComponent(part)
      startName = joined(startName, part)
    }
    let rest = Array(parts.dropFirst(plain.count))
    guard !rest.isEmpty else { return [] }
    if !rest.contains("**") && rest.count == 1 {
      return entries(of: start, startName)
        .filter { !$0.isFolder && matches([$0.part], rest) }
        .map { File(url: $0.url, name: $0.name) }
    }
    let prefix = startName.isEmpty || startName.hasSuffix("/") ? startName : startName + "/"
    return files(below: start, named: startName).filter { file in
      matches(file.name.dropFirst(prefix.count).split(separator: "/").map(String.init), rest)
    }
  }

  static func isPattern(_ path: String) -> Bool {
    path.contains { $0 == "*" || $0 == "?" }
  }

  /// `a/b` and `../c` are `a/c`: how errors name a path that is given relative to a file.
  static func joined(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") { return path }
    var parts = folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (folder.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  // MARK: - Walking

  private struct Entry {
    var part: String
    var url: URL
    var name: String
    var isFolder: Bool
  }

  private static func walk(
    _ folder: URL, _ name: String, _ visited: inout Set<String>, _ found: (File) -> Void
  ) {
    guard visited.insert(PlainFile.resolved(folder.path)).inserted else { return }
    for entry in entries(of: folder, name) {
      if entry.isFolder {
        walk(entry.url, entry.name, &visited, found)
      } else {
        found(File(url: entry.url, name: entry.name))
      }
    }
  }

  private static func entries(of folder: URL, _ name: String) -> [Entry] {
    let parts = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return parts.filter { !$0.hasPrefix(".") }.sorted().map { part in
      let url = folder.appendingPathComponent(part)
      return Entry(
        part: part, url: url, name: joined(name, part), isFolder: PlainFile.isFolder(url.path))
    }
  }

  // MARK: - Matching

  /// Whether the parts of a path match those of a pattern; `**` matches any number of them.
  package static func matches(_ path: [String], _ pattern: [String]) -> Bool {
    // reached[j]: the first i parts of the path match the first j of the pattern.
    var reached = [true] + pattern.indices.map { i in pattern[...i].allSatisfy { $0 == "**" } }
    for part in path {
      var next = [false]
      for (j, piece) in pattern.enumerated() {
        next.append(
          piece == "**"
            ? next[j] || reached[j + 1] || reached[j] : reached[j] && isMatch(part, piece)
        )
      }
      reached = next
    }
    return reached[pattern.count]
  }

  /// Whether one name matches a pattern of `*` and `?`.
  static func isMatch(_ name: String, _ pattern: String) -> Bool {
    let name = Array(name)
    let pattern = Array(pattern)
    var (i, j) = (0, 0)
    var star: (name: Int, pattern: Int)?
    while i < name.count {
      if j < pattern.count, pattern[j] == "*" {
        star = (i, j)
        j += 1
      } else if j < pattern.count, pattern[j] == "?" || pattern[j] == name[i] {
        i += 1
        j += 1
      } else if let last = star {
        star = (last.name + 1, last.pattern)
        (i, j) = (last.name + 1, last.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[j...].allSatisfy { $0 == "*" }
  }
}
