import Foundation

/// Turns the paths and globs of one behavior into the files to read, each once.
struct ExampleFiles {
  /// A file of rows.
  struct Found {
    var url: URL
    /// Relative to the suite's folder, as errors name it.
    var name: String
    var format: RowFormat
    var role: Role?
  }

  private let file: String
  private let folder: URL
  private let folderName: String
  private(set) var found: [Found] = []
  private(set) var errors: [SuiteError] = []
  private(set) var notes: [SuiteNote] = []

  /// - Parameter file: The behavior's file; paths are relative to its folder.
  init(folderOf file: FileTree.File) {
    self.file = file.name
    folder = file.url.deletingLastPathComponent()
    folderName = file.name.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// Whether an entry of a list is a path, and not an example: it ends as such files do, or nearly,
  /// or there is such a file.
  func isPath(_ text: String) -> Bool {
    guard !text.contains("\n"), text.utf8.count < 1_000 else { return false }
    if RowFormat(path: text) != nil { return true }
    guard !text.contains(" ") else { return false }
    let last = text.split(separator: "/").last ?? ""
    if let dot = last.lastIndex(of: "."), dot > last.startIndex {
      let ending = Array(last[last.index(after: dot)...].lowercased().unicodeScalars)
      if RowFormat.extensions.contains(where: {
        NearestName.distance(ending, Array($0.unicodeScalars)) <= 1
      }) {
        return true
      }
    }
    return (text.contains("/") || text.contains(".")) && PlainFile.exists(url(text).path)
  }

  mutating func add(_ written: String, role: Role?, at place: Place) {
    let path = written.trimmed
    let location = SourceLocation(file, place)
    func refuse(_ problem: SuiteError.Problem) {
      errors.append(SuiteError(problem, at: location))
    }
    if path.isEmpty { return refuse(.emptyValue(key: "examples")) }
    if path.utf8.contains(0) { return refuse(.fileMissing(path)) }
    let name = FileTree.joined(folderName, path)
    if name.hasPrefix("../") || path.hasPrefix("/") {
      notes.append(SuiteNote("reads examples from outside the suite's folder", at: location))
    }
    if FileTree.isPattern(path) && !PlainFile.exists(url(path).path) {
      let matched = FileTree.files(matching: path, in: folder, named: folderName)
      let files = matched.compactMap { file in
        RowFormat(path: file.name).map {
          Found(url: file.url, name: file.name, format: $0, role: role)
        }
      }
      if files.isEmpty { refuse(.nothingMatches(path)) }
      for file in files { append(file) }
      return
    }
    guard let format = RowFormat(path: path) else { return refuse(.unknownFormat(path)) }
    guard PlainFile.exists(url(path).path) else { return refuse(.fileMissing(name)) }
    append(Found(url: url(path), name: name, format: format, role: role))
  }

  private func url(_ path: String) -> URL {
    path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
  }

  /// A file that is listed twice is read once; twice only where it is given two roles.
  private mutating func append(_ file: Found) {
    if !found.contains(where: { $0.name == file.name && $0.role == file.role }) {
      found.append(file)
    }
  }
}
