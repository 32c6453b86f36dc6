/// How much of the examples finds room in a page: texts are cut shorter until all do, and where even
/// short ones do not, the last rows are left out, which pass by now.
struct ExampleRoom {
  /// Characters of a text at most.
  let length: Int
  /// Rows that stand in the page, from the first.
  let rows: Int
  private let all: Int

  /// Bytes of all rows together.
  private static let bytes = 6_000_000
  private static let lengths = [ExampleRow.longest, 800, 300, 100, 40]
  /// Bytes of a row beside its texts: brackets, quotation marks, numbers, and how long a cut text was.
  private static let frame = 90

  init(_ rows: [ExampleRow]) {
    all = rows.count
    var totals = Self.lengths.map { _ in 0 }
    var shortest: [Int] = []
    for row in rows {
      let frame = Self.frame + Self.sizes(PageContext.place(row.location))[0]
      let sizes = Self.sizes(row.input ?? row.example)
      for place in totals.indices { totals[place] += frame + sizes[place] }
      shortest.append(frame + sizes[sizes.count - 1])
    }
    if let place = totals.firstIndex(where: { $0 <= Self.bytes }) {
      (length, self.rows) = (Self.lengths[place], rows.count)
      return
    }
    length = Self.lengths[Self.lengths.count - 1]
    var (count, used) = (0, 0)
    for size in shortest {
      used += size
      if used > Self.bytes { break }
      count += 1
    }
    self.rows = count
  }

  /// What is left out, as a sentence with a space before it; empty where nothing is.
  var note: String {
    if length == ExampleRow.longest { return "" }
    let some = rows < all ? "; the first \(rows) of \(all) stand here" : ""
    return " Texts are cut after \(length) characters\(some); `hone report --format json` has all."
  }

  /// A row as it stands in the page.
  func cut(_ row: ExampleRow) -> ExampleRow {
    guard let scalars = row.input?.unicodeScalars, scalars.count > length else { return row }
    var row = row
    row.inputLength = row.inputLength ?? scalars.count
    row.input = String(String.UnicodeScalarView(scalars.prefix(length)))
    return row
  }

  /// Bytes of a text as JSON in a page, cut at each of `lengths`.
  private static func sizes(_ text: String) -> [Int] {
    var sizes = lengths.map { _ in 0 }
    for (place, scalar) in text.unicodeScalars.prefix(ExampleRow.longest).enumerated() {
      let size = Self.size(scalar)
      for index in lengths.indices where place < lengths[index] { sizes[index] += size }
    }
    return sizes
  }

  private static func size(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x22, 0x5C: 2
    // Markup, as an escape of JSON.
    case 0x26, 0x3C, 0x3E: 6
    // What misleads is written out, e.g. `\u{202e}`.
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x206F: 10
    default: UTF8.width(scalar)
    }
  }
}
