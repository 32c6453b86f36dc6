/// Reads what a behavior expects of all its examples: `expect: refill`, `expect: { not: emergency }`.
struct ExpectationReader {
  private(set) var expectation: Expectation?
  private(set) var errors: [SuiteError] = []
  /// Where a negated label stands, for the errors about it.
  private(set) var negated: SourceLocation?

  /// - Parameter table: The behavior's own; a missing `expect` leaves `expectation` nil.
  init(_ table: TableReader) {
    var table = table
    let before = table.errors.count
    if let entry = table.entry("expect"), entry.value.entries != nil {
      readNegation(entry, table.file)
    } else {
      expectation = table.text("expect", expected: "a label, or { not: … }").map { .label($0) }
    }
    errors += table.errors.dropFirst(before)
  }

  private mutating func readNegation(_ entry: SourceValue.Entry, _ file: String) {
    var table = TableReader(entry.value, file: file, name: "expect", known: ["not"])
    if entry.value.entries?.isEmpty == true {
      table.refuse(.emptyValue(key: "expect"), at: entry.place)
    }
    if let label = table.text("not", expected: "a label"), table.errors.isEmpty {
      expectation = .not(label)
      negated = SourceLocation(file, table.entry("not")?.value.place ?? entry.place)
    }
    errors += table.errors
  }
}
