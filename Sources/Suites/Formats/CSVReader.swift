/// Reads CSV and TSV (RFC 4180) with places: quoted fields, line breaks in them, any line ends.
///
/// The first line names the columns. A row with too many or too few fields, with text after a
/// closing quote, over-long or not UTF-8 is named and passed over. Where the text stands in a later
/// line than the quote opens, most likely one quote is missing and others pair up wrongly: the line
/// where it opens is passed over, and the next is read as a row. A quote that is never closed fails
/// the file: what follows cannot be told apart.
package struct CSVReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let skipped: Int
  private let delimiter: UInt8

  /// - Parameter delimiter: The byte between fields: a comma or a tab.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8, skipped: Int = 0) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.skipped = skipped
  }

  /// Hands on the header once, then every row.
  package func forEach(
    header: ([String], Place) throws(FileProblem) -> Void, _ body: (RowSource) -> Void
  ) throws(FileProblem) {
    var scanner = Scanner(bytes: bytes, delimiter: delimiter)
    var columns: [String]?
    while let record = try scanner.next() {
      let place = Place(line: record.line, column: 1)
      if record.isBlank {
        if columns != nil { body(.blank) }
        continue
      }
      guard let names = columns else {
        if let problem = problem(of: record) {
          throw FileProblem(problem: .header(problem), place: place)
        }
        let names = record.fields.map { text($0).trimmed }
        try check(names, place)
        try header(names, place)
        columns = names
        continue
      }
      if let problem = problem(of: record) {
        body(.unusable(place, problem))
      } else if record.fields.count != names.count {
        let problem = RowProblem.fieldCount(
          expected: names.count, found: record.fields.count,
          lastLine: record.lastLine == record.line ? nil : record.lastLine)
        body(.unusable(place, problem))
      } else {
        let entries = zip(names, record.fields).map { name, field in
          SourceValue.Entry(
            key: name, place: place,
            value: SourceValue(content: .scalar(text(field)), place: place))
        }
        body(.row(SourceValue(content: .table(entries), place: place)))
      }
    }
    if columns == nil { throw FileProblem(problem: .noHeader, place: .wholeFile) }
  }

  private func check(_ names: [String], _ place: Place) throws(FileProblem) {
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw FileProblem(problem: .duplicateColumn(name), place: place)
    }
  }

  private func problem(of record: Record) -> RowProblem? {
    if record.range.count > RowLimit.bytes {
      return .tooLong(bytes: record.range.count, limit: RowLimit.bytes)
    }
    let raw = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[record.range])
    if let offset = UTF8Check.firstInvalid(in: raw) {
      return .invalidUTF8(offset: skipped + record.range.lowerBound + offset)
    }
    if let offset = raw.firstIndex(of: 0) {
      return .nulByte(offset: skipped + record.range.lowerBound + offset)
    }
    if let stray = record.stray {
      return .syntax("\(stray.text); write \"\" for a quote within a text")
    }
    if record.fields.count == 1, MergeConflict.isMarker(text(record.fields[0])) {
      return .mergeConflict
    }
    return nil
  }

  private func text(_ field: Field) -> String {
    guard field.hasDoubledQuotes else {
      return String(decoding: bytes[field.range], as: UTF8.self)
    }
    var result: [UInt8] = []
    result.reserveCapacity(field.range.count)
    var i = field.range.lowerBound
    while i < field.range.upperBound {
      result.append(bytes[i])
      i += bytes[i] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension CSVReader {
  /// Where one field's text stands, without the quotes around it.
  fileprivate struct Field {
    var range: Range<Int>
    var hasDoubledQuotes = false
  }

  /// One row as it stands in the file.
  fileprivate struct Record {
    var range: Range<Int>
    var line: Int
    var lastLine: Int
    var fields: [Field]
    var stray: Stray?

    /// Leaves out what an over-long row has beyond its limit.
    mutating func append(_ field: Field) {
      if field.range.lowerBound - range.lowerBound <= RowLimit.bytes { fields.append(field) }
    }

    var isBlank: Bool { fields.count == 1 && range.isEmpty }
  }

  /// Text after a closing quote.
  fileprivate enum Stray {
    /// In the line where the quote opens: the text's column.
    case sameLine(column: Int)
    /// In a later one: the column where the quote opens.
    case laterLine(Int, opened: Int)

    var text: String {
      switch self {
      case .sameLine(let column): "text after the closing quote in column \(column)"
      case .laterLine(let line, let opened):
        "text after the closing quote in line \(line), of the quote that opens in column \(opened)"
      }
    }
  }

  /// Cuts bytes into records.
  fileprivate struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let delimiter: UInt8
    private var offset = 0
    private var line = 1
    private var lineStart = 0

    init(bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
      self.bytes = bytes
      self.delimiter = delimiter
    }

    mutating func next() throws(FileProblem) -> Record? {
      guard offset < bytes.count else { return nil }
      var record = Record(range: offset..<offset, line: line, lastLine: line, fields: [])
      let start = offset
      while true {
        try field(into: &record)
        if case .laterLine = record.stray { break }
        guard offset < bytes.count, bytes[offset] == delimiter else { break }
        offset += 1
      }
      record.range = start..<offset
      record.lastLine = line
      endLine()
      return record
    }

    private mutating func field(into record: inout Record) throws(FileProblem) {
      let start = offset
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
        skipPlain()
        record.append(Field(range: start..<offset))
        return
      }
      let opened = (offset: offset, line: line, lineStart: lineStart)
      offset += 1
      let textStart = offset
      var hasDoubledQuotes = false
      while true {
        guard offset < bytes.count else {
          let column = column(of: opened.offset, from: opened.lineStart)
          throw FileProblem(
            problem: .unclosedQuote, place: Place(line: opened.line, column: column))
        }
        let byte = bytes[offset]
        if byte == UInt8(ascii: "\"") {
          if offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\"") {
            hasDoubledQuotes = true
            offset += 2
            continue
          }
          break
        }
        if byte == 0x0A || (byte == 0x0D && !follows(0x0A)) {
          line += 1
          lineStart = offset + 1
        }
        offset += 1
      }
      record.append(Field(range: textStart..<offset, hasDoubledQuotes: hasDoubledQuotes))
      offset += 1
      let afterQuote = offset
      skipPlain()
      guard offset > afterQuote else { return }
      if line > opened.line {
        let column = column(of: opened.offset, from: opened.lineStart)
        record.stray = .laterLine(line, opened: column)
        (offset, line, lineStart) = opened
        skipLine()
      } else if record.stray == nil, afterQuote - lineStart <= RowLimit.bytes {
        record.stray = .sameLine(column: column(of: afterQuote, from: lineStart))
      }
    }

    private mutating func skipLine() {
      while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
    }

    private mutating func skipPlain() {
      while offset < bytes.count {
        let byte = bytes[offset]
        if byte == delimiter || byte == 0x0A || byte == 0x0D { return }
        offset += 1
      }
    }

    private mutating func endLine() {
      guard offset < bytes.count else { return }
      offset += follows(0x0A) && bytes[offset] == 0x0D ? 2 : 1
      line += 1
      lineStart = offset
    }

    private func follows(_ byte: UInt8) -> Bool {
      offset + 1 < bytes.count && bytes[offset + 1] == byte
    }

    /// The column of an offset in its line, in scalars.
    private func column(of offset: Int, from lineStart: Int) -> Int {
      bytes[lineStart..<offset].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
  }
}
