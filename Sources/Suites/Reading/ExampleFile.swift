/// Reads one file of rows, whatever its format.
enum ExampleFile {
  /// - Parameters:
  ///   - needsExpected: Whether every row must say what is expected.
  ///   - body: Called for each row in order of place.
  /// - Throws: `SuiteErrors` where the file cannot be told apart into rows. Such a problem is
  ///   never skipped: nobody could say how many rows were lost.
  static func read(
    _ file: ExampleFiles.Found, fields: FieldNames, needsExpected: Bool, _ body: (RowSource) -> Void
  ) throws(SuiteErrors) {
    let (bytes, skipped) = try FileText.bytes(
      of: file.url, file: file.name, limit: FileText.largestData)
    let failure = bytes.withUnsafeBufferPointer { buffer -> FileProblem? in
      do throws(FileProblem) {
        switch file.format {
        case .jsonl, .ndjson: JSONLinesReader(buffer, skipped: skipped).forEach(body)
        case .json: try json(buffer, skipped: skipped, body)
        case .csv, .tsv:
          let delimiter = UInt8(ascii: file.format == .csv ? "," : "\t")
          try CSVReader(buffer, delimiter: delimiter, skipped: skipped).forEach(
            header: { (names, place) throws(FileProblem) in
              try check(names, fields, needsExpected, place)
            }, body)
        }
        return nil
      } catch {
        return error
      }
    }
    if let failure {
      throw SuiteErrors(SuiteError(failure.problem, at: SourceLocation(file.name, failure.place)))
    }
  }

  private static func json(
    _ bytes: UnsafeBufferPointer<UInt8>, skipped: Int, _ body: (RowSource) -> Void
  ) throws(FileProblem) {
    if let offset = UTF8Check.firstInvalid(in: UnsafeRawBufferPointer(bytes)) {
      throw FileProblem(problem: .invalidUTF8(offset: offset + skipped), place: .wholeFile)
    }
    try JSONArrayReader(bytes).forEach(body)
  }

  /// Refuses a header that lacks a column, once, and not row by row.
  private static func check(
    _ names: [String], _ fields: FieldNames, _ needsExpected: Bool, _ place: Place
  ) throws(FileProblem) {
    for (field, column) in [("input", fields.input), ("expected", fields.expected)]
    where !names.contains(column) && (field == "input" || needsExpected) {
      let other = names.count == 1 ? [";", "\t", ",", "|"].first { names[0].contains($0) } : nil
      throw FileProblem(
        problem: .missingColumn(
          column, field: field, has: names, delimiter: other.map { shown(String($0)) }),
        place: place)
    }
  }
}
