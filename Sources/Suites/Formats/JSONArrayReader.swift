/// Reads a JSON file of rows: a list of objects, or an object whose one member is such a list.
///
/// Elements are handed on one by one; the document is never a tree as a whole.
struct JSONArrayReader {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// - Throws: `FileProblem` where the file is no JSON, or no list; rows before the place have
  ///   been handed on by then.
  func forEach(_ body: (RowSource) -> Void) throws(FileProblem) {
    var reader = JSONReader(bytes, in: 0..<bytes.count, line: 1)
    do {
      let first = reader.peek()
      let place = reader.place()
      switch first {
      case UInt8(ascii: "["):
        try rows(&reader, body)
      case UInt8(ascii: "{"):
        try rowsInObject(&reader, place, body)
      case nil:
        throw FileProblem(problem: .notRows(found: "an empty file"), place: .wholeFile)
      default:
        let value = try reader.value()
        throw FileProblem(problem: .notRows(found: value.kind), place: place)
      }
      try reader.finish()
    } catch let error as JSONReader.Problem {
      throw FileProblem(problem: .syntax(format: "JSON", problem: error.text), place: error.place)
    } catch let error as FileProblem {
      throw error
    } catch {
      throw FileProblem(problem: .notReadable(reason: "\(error)"), place: .wholeFile)
    }
  }

  private func rows(
    _ reader: inout JSONReader, _ body: (RowSource) -> Void
  ) throws(JSONReader.Problem) {
    try reader.eachElement { (reader) throws(JSONReader.Problem) in
      _ = reader.peek()
      let place = reader.place()
      if let length = reader.skipValue(longerThan: RowLimit.bytes) {
        body(.unusable(place, .tooLong(bytes: length, limit: RowLimit.bytes)))
        return
      }
      let value = try reader.value(depth: 1)
      if value.entries == nil {
        body(.unusable(place, .notAnObject(found: value.kind)))
      } else {
        body(.row(value))
      }
    }
  }

  private func rowsInObject(
    _ reader: inout JSONReader, _ place: Place, _ body: (RowSource) -> Void
  ) throws {
    var members: [String] = []
    var found = "an object without a list"
    try reader.eachMember { (reader, key, _) throws(JSONReader.Problem) in
      members.append(key)
      if members.count == 1, reader.peek() == UInt8(ascii: "[") {
        found = ""
        try self.rows(&reader, body)
      } else if reader.skipValue(longerThan: RowLimit.bytes) == nil {
        _ = try reader.value(depth: 1)
      }
    }
    if members.count > 1 {
      found = "an object of \(members.count) keys (\(list(members, none: "")))"
    }
    if !found.isEmpty { throw FileProblem(problem: .notRows(found: found), place: place) }
  }
}
