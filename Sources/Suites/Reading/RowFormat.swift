/// The formats that examples come in, told by the file's extension.
enum RowFormat: String, CaseIterable {
  case jsonl
  case ndjson
  case json
  case csv
  case tsv

  static let extensions = allCases.map(\.rawValue)

  /// - Returns: Nil where the last part of the path has no known extension.
  init?(path: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }
}
