/// Finds the known name that somebody probably meant.
enum NearestName {
  /// - Returns: The closest name within a third of its length (at least 1, at most 3 edits), the
  ///   first in order among equals; nil where none is that close.
  static func of(_ written: String, among known: [String]) -> String? {
    let written = Array(written.lowercased().unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for name in known.sorted() {
      let distance = distance(written, Array(name.lowercased().unicodeScalars))
      let allowed = min(3, max(1, (name.unicodeScalars.count + 1) / 3))
      if distance <= allowed && distance < best?.distance ?? .max {
        best = (name, distance)
      }
    }
    return best?.name
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        row[j] = min(
          previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
