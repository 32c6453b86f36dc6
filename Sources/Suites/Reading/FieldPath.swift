/// A dotted name that reaches into a row: `answer.label`, `messages.0.content`.
///
/// A key that itself contains the dots wins over reaching into something.
struct FieldPath {
  let written: String
  private let parts: [String]

  init(_ written: String) {
    self.written = written
    parts = written.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  func value(in row: SourceValue) -> SourceValue? {
    value(in: row, parts: parts[...])
  }

  private func value(in value: SourceValue, parts: ArraySlice<String>) -> SourceValue? {
    if parts.isEmpty { return value }
    switch value.content {
    case .table:
      for count in stride(from: parts.count, through: 1, by: -1) {
        guard let inner = value[parts.prefix(count).joined(separator: ".")] else { continue }
        if let found = self.value(in: inner, parts: parts.dropFirst(count)) { return found }
      }
      return nil
    case .list(let items):
      guard let index = parts.first.flatMap({ Int($0) }), items.indices.contains(index) else {
        return nil
      }
      return self.value(in: items[index], parts: parts.dropFirst())
    case .scalar, .nothing: return nil
    }
  }
}
