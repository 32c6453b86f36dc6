/// What a reader of rows found at one place.
package enum RowSource {
  /// A mapping of the row's keys, or a plain text.
  case row(SourceValue)
  case unusable(Place, RowProblem)
  /// An empty line; silent, yet counted.
  case blank
}

/// Limits that keep one line from filling the memory.
package enum RowLimit {
  /// The most bytes that a row may have.
  package static let bytes = 1 << 20
}

/// A file that cannot be told apart into rows.
package struct FileProblem: Error {
  package var problem: SuiteError.Problem
  package var place: Place
}
