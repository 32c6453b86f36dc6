/// How much of the examples finds room in a page: texts are cut shorter until all do, and where even
/// short ones do not, the last rows are left out. What passes, as it always did, gets the room that
/// all else leaves.
struct ExampleRoom {
  /// Those that stand in the page, from the first, as they stand there.
  let rows: [ExampleRow]
  /// What is left out, as a sentence with a space before it; empty where nothing is.
  let note: String

  /// Bytes of all rows together.
  private static let bytes = 6_000_000
  private static let lengths = [ExampleRow.longest, 800, 300, 100, 40]
  /// Bytes of a row beside its texts: brackets, quotation marks, numbers, and how long a cut text was.
  private static let frame = 90

  /// - Parameter rows: What passes, as it always did, comes last.
  init(_ rows: [ExampleRow]) {
    // Mostly all fit, and that is seen without a look at each character.
    if rows.reduce(0, { $0 + Self.mostBytes($1) }) <= Self.bytes {
      (self.rows, note) = (rows, "")
      return
    }
    let first = rows.prefix { $0.state != .passes }
    let part = Part(first, bytes: Self.bytes)
    let passing = Part(rows.dropFirst(first.count), bytes: Self.bytes - part.used)
    self.rows = part.rows + passing.rows
    note = part.note(of: "Texts") + passing.note(of: "Texts of what passes")
  }

  private struct Part {
    let length: Int
    let rows: [ExampleRow]
    let used: Int
    private let all: Int

    init(_ rows: ArraySlice<ExampleRow>, bytes: Int) {
      all = rows.count
      var totals = lengths.map { _ in 0 }
      var shortest: [Int] = []
      for row in rows {
        let frame = ExampleRoom.frame + ExampleRoom.sizes(PageContext.place(row.location))[0]
        let sizes = ExampleRoom.sizes(row.input ?? row.example)
        for place in totals.indices { totals[place] += frame + sizes[place] }
        shortest.append(frame + sizes[sizes.count - 1])
      }
      if let place = totals.firstIndex(where: { $0 <= bytes }) {
        let length = lengths[place]
        (self.length, used) = (length, totals[place])
        self.rows = rows.map { ExampleRoom.cut($0, to: length) }
        return
      }
      let length = lengths[lengths.count - 1]
      var (count, used) = (0, 0)
      for size in shortest {
        if used + size > bytes { break }
        used += size
        count += 1
      }
      (self.length, self.used) = (length, used)
      self.rows = rows.prefix(count).map { ExampleRoom.cut($0, to: length) }
    }

    func note(of what: String) -> String {
      if length == ExampleRow.longest { return "" }
      let some = rows.count < all ? "; the first \(rows.count) of \(all) stand here" : ""
      return
        " \(what) are cut after \(length) characters\(some); `hone report --format json` has all."
    }
  }

  private static func cut(_ row: ExampleRow, to length: Int) -> ExampleRow {
    guard let scalars = row.input?.unicodeScalars, scalars.count > length else { return row }
    var row = row
    row.inputLength = row.inputLength ?? scalars.count
    row.input = String(String.UnicodeScalarView(scalars.prefix(length)))
    return row
  }

  /// What a row cannot be longer than.
  private static func mostBytes(_ row: ExampleRow) -> Int {
    frame + 10
      * (PageContext.place(row.location).utf8.count + (row.input ?? row.example).utf8.count)
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
