/// Reads JSON lines: one object a line. Lines that are none are named and passed over.
struct JSONLinesReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// How many bytes stood before `bytes` in the file.
  private let skipped: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, skipped: Int = 0) {
    self.bytes = bytes
    self.skipped = skipped
  }

  func forEach(_ body: (RowSource) -> Void) {
    var start = 0
    var line = 0
    while start < bytes.count {
      line += 1
      let newline = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      body(row(in: start..<newline, line: line))
      start = newline + 1
    }
  }

  private func row(in line: Range<Int>, line number: Int) -> RowSource {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = bytes[line].firstIndex(where: { !isSpace($0) }) else { return .blank }
    let last = bytes[line].lastIndex { !isSpace($0) } ?? first
    let content = first..<last + 1
    let place = Place(line: number, column: first - line.lowerBound + 1)
    if content.count > RowLimit.bytes {
      return .unusable(place, .tooLong(bytes: content.count, limit: RowLimit.bytes))
    }
    let raw = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[content])
    if let offset = UTF8Check.firstInvalid(in: raw) {
      return .unusable(place, .invalidUTF8(offset: skipped + content.lowerBound + offset))
    }
    if let offset = raw.firstIndex(of: 0) {
      return .unusable(place, .nulByte(offset: skipped + content.lowerBound + offset))
    }
    guard bytes[first] == UInt8(ascii: "{") else { return .unusable(place, other(content, number)) }
    var reader = JSONReader(bytes, in: line.lowerBound..<content.upperBound, line: number)
    do {
      return .row(try reader.document())
    } catch {
      return .unusable(error.place, .syntax(error.text))
    }
  }

  /// What a line is that begins with no `{`.
  private func other(_ content: Range<Int>, _ line: Int) -> RowProblem {
    let text = String(decoding: bytes[content.prefix(16)], as: UTF8.self)
    if text.hasPrefix("```") || text.hasPrefix("~~~") { return .fence }
    if MergeConflict.isMarker(text) { return .mergeConflict }
    var reader = JSONReader(bytes, in: content, line: line)
    guard let value = try? reader.document() else {
      return text.hasPrefix("[") ? .notAnObject(found: "a list") : .prose
    }
    return .notAnObject(found: value.kind)
  }
}
